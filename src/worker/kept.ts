/** Variables that outlive calls: read when a call begins, written behind the reply where a turn set them. */
import { scopesOf } from "../engine/scope.ts";
import { convert, jsonIn } from "../engine/values.ts";
import type { Json, Program, Variable } from "../program/program.ts";
import { keep, load, type Saved, type Store } from "./store.ts";

/** What was found, by the names that it is kept under; `store` says what could not be read. */
export interface Kept {
  kept?: Record<string, Json>;
  store?: string | undefined;
}

// A caller who hides the number is nobody in particular; Twilio spells ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and
// UNAVAILABLE on a phone's keys.
const KNOWN = /^(?!\+(266696687|7378742833|2562533|8656696|86282452253)$)(\+\d{6,15}$|sip:.|client:.)/;

function keyOf(name: string, number: string): string | undefined {
  const [whose, variable] = name.split(":");
  if (whose === "flow") return `keep:${name}`;
  return KNOWN.test(number) ? `keep:caller:${number}:${variable}` : undefined;
}

/** Reads what a program keeps, for this caller. Never rejects: what cannot be read has its default. */
export async function readKept(store: Store, program: Program, number: string): Promise<Kept> {
  const found: Kept = {};
  const kept = scopesOf(program).flatMap(({ variables }) =>
    Object.values(variables).filter((one) => one.keep),
  );
  await Promise.all(kept.map((variable) => readOne(store, variable, number, found)));
  return found;
}

async function readOne(store: Store, variable: Variable, number: string, found: Kept): Promise<void> {
  const { keep: name = "" } = variable;
  const key = keyOf(name, number);
  if (!key) return;
  const { value, store: why } = await load(store, key);
  found.store ??= why;
  if (value === undefined) return;
  // Another version of the flow, or a hand in Cloudflare's dashboard, may have kept something else.
  const converted = convert(variable, jsonIn(value));
  if (converted) found.kept = { ...found.kept, [name]: converted.value };
  else found.store = `${name} is no ${variable.type}`;
}

/** Writes what a turn set, one key after another. */
export async function writeKept(
  store: Store,
  names: readonly string[],
  kept: Readonly<Record<string, Json>>,
  number: string,
): Promise<Saved> {
  const outcomes = [...new Set(names)].map((name): Saved | Promise<Saved> => {
    const key = keyOf(name, number);
    return !key ? {} : keep(store, key, JSON.stringify(kept[name]));
  });
  return (await Promise.all(outcomes)).find((one) => one.store) ?? {};
}
