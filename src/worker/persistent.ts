/** Persistent variables: read when a call begins, written after the reply when a turn sets them. */
import { personAt } from "../engine/caller.ts";
import type { PersistentValue } from "../engine/effect.ts";
import { scopesOf } from "../engine/scope.ts";
import { convert, jsonIn } from "../engine/values.ts";
import type { Caller } from "../program/call.ts";
import type { Json } from "../program/json.ts";
import type { Program, Variable } from "../program/program.ts";
import { load, replace, type Store, type Written } from "./store.ts";

/** The values found, by the names they are stored under; `store` is why a value could not be read. */
export interface Persistent {
  kept?: Record<string, Json>;
  store?: string | undefined;
}

// Other addresses, such as a name that a carrier sends, can belong to many.
const KNOWN = /^(\+\d{6,15}$|(sip|client|whatsapp|rcs|messenger):.)/;

/** The key that a persistent value is stored under; undefined for a stranger: two of them must not share a memory. */
export function keyOf(name: string, { number, hidden }: Caller): string | undefined {
  const [whose, variable] = name.split(":");
  if (whose === "flow") return `keep:${name}`;
  return !hidden && KNOWN.test(number) ? `keep:caller:${personAt(number)}:${variable}` : undefined;
}

/** Reads a program's persistent variables for this caller. Never rejects: one that cannot be read has its default. */
export async function readPersistent(
  store: Store,
  program: Program,
  caller: Caller,
  arrived: number,
): Promise<Persistent> {
  const found: Persistent = {};
  const variables = scopesOf(program).flatMap((scope) => Object.values(scope.variables));
  await Promise.all(
    variables.map(({ keep, ...variable }) => keep && readOne(store, keep, variable, caller, found, arrived)),
  );
  return found;
}

async function readOne(
  store: Store,
  name: string,
  variable: Variable,
  caller: Caller,
  found: Persistent,
  arrived: number,
): Promise<void> {
  const key = keyOf(name, caller);
  if (!key) return;
  const { value, store: why } = await load(store, key, arrived);
  found.store ??= why;
  if (value === undefined) return;
  // Another version of the flow, or an edit in Cloudflare's dashboard, can have stored something else.
  const converted = convert(variable, jsonIn(value));
  if (converted) found.kept = { ...found.kept, [name]: converted.value };
  else found.store = `${name} is not of type ${variable.type}`;
}

/** Writes a persistent variable. Never rejects. */
export async function writePersistent(
  store: Store,
  { name, value }: PersistentValue,
  caller: Caller,
): Promise<Written> {
  const key = keyOf(name, caller);
  return key ? replace(store, key, JSON.stringify(value)) : {};
}
