/** Completion in an expression: fields, functions, and the names that functions take. */
import { FIELDS, MOMENT, RECORDING, ROOTS } from "../../flow/analysis/environment.ts";
import { functionDocs } from "../../flow/language/functions.ts";
import { withoutLinks } from "../markdown.ts";
import type { Entry } from "./item.ts";
import type { Names } from "./names.ts";

/** Entries, and how many characters before the cursor they replace. */
interface Completed {
  entries: Entry[];
  typed: number;
}

/** The part of a text that is in an open `{{`; undefined outside. */
export function openHole(before: string): string | undefined {
  const at = before.lastIndexOf("{{");
  return at < 0 || before.includes("}}", at) ? undefined : before.slice(at + 2);
}

/** What can continue an expression. */
export function completeExpression(before: string, names: Names): Completed {
  const argument = /(\w+)\(\s*(["'])([^"']*)$/.exec(before);
  if (argument)
    return { entries: argumentEntries(argument[1] ?? "", names), typed: argument[3]?.length ?? 0 };
  if (isInText(before)) return { entries: [], typed: 0 };
  const member = /([A-Za-z_][\w.]*(?:\([^()]*\))?)\.(\w*)$/.exec(before);
  if (member) return { entries: memberEntries(member[1] ?? "", names), typed: member[2]?.length ?? 0 };
  return {
    entries: [...rootEntries(), ...functionEntries(names)],
    typed: /\w*$/.exec(before)?.[0].length ?? 0,
  };
}

/** Whether a text in quotes is open at the end. */
function isInText(before: string): boolean {
  let quote = "";
  for (const character of before.replaceAll(/\\./g, "")) {
    if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
  }
  return quote !== "";
}

function argumentEntries(name: string, { hours }: Names): Entry[] {
  const names = functionDocs.find((one) => one.name === name)?.names;
  if (names === "hours") return named(hours);
  return names === "zone" ? zoneEntries() : [];
}

/** Every time zone. */
export function zoneEntries(): Entry[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")].map((label) => ({ label, sort: "name" }));
}

/** Entries of names with their details. */
export function named(names: ReadonlyMap<string, string>, sort: Entry["sort"] = "name"): Entry[] {
  return [...names].map(([label, detail]) => ({ label, sort, detail }));
}

function memberEntries(chain: string, { variables }: Names): Entry[] {
  if (chain === "vars") return named(variables, "field");
  if (/^(now|date)\(/.test(chain)) return fields(MOMENT);
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = FIELDS;
  if (Object.hasOwn(known, chain)) {
    const own = chain === "call" ? { parameters: "map" } : {};
    return fields({ ...known[chain], ...own });
  }
  const variable = /^vars\.(\w+)$/.exec(chain)?.[1];
  return variable !== undefined && variables.get(variable) === "recording" ? fields(RECORDING) : [];
}

function fields(types: Readonly<Record<string, string>>): Entry[] {
  return Object.entries(types).map(([label, detail]) => ({ label, sort: "field", detail }));
}

function rootEntries(): Entry[] {
  return ROOTS.map((label) => ({ label, sort: "field" }));
}

function functionEntries({ functions }: Names): Entry[] {
  const known = functionDocs.map(({ name, call, gives }) =>
    functionEntry(name, call, `${withoutLinks(gives)}.`),
  );
  const own = functions.map(({ name, takes, summary }) =>
    functionEntry(name, `${name}(${takes.join(", ")})`, summary),
  );
  return [...known, ...own];
}

function functionEntry(name: string, call: string, doc: string | undefined): Entry {
  const text = call.endsWith("()") ? `${name}()` : `${name}($0)`;
  return { label: name, sort: "function", detail: call, text, ...(doc !== undefined && { doc }) };
}
