/** Programs rewritten: refactored, so that callers notice nothing, or mutated, so that they do. */

import type { Json } from "../../src/program/json.ts";
import type { Program } from "../../src/program/program.ts";

type Path = readonly string[];

/** How values, keys and the order of keys are rewritten. A value that is given back is not looked into. */
interface Rewriting {
  value?(value: Json, path: Path): Json | undefined;
  key?(key: string, path: Path): string;
  isReversed?(path: Path): boolean;
}

function rewrite(program: Program, { value: change, key: rename, isReversed }: Rewriting): Program {
  const walk = (value: Json, path: Path): Json => {
    const changed = change?.(value, path);
    if (changed !== undefined) return changed;
    if (Array.isArray(value)) return value.map((one, at) => walk(one, [...path, `${at}`]));
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value).map(
      ([key, one]) => [rename?.(key, path) ?? key, walk(one, [...path, key])] as const,
    );
    return Object.fromEntries(isReversed?.(path) ? entries.reverse() : entries);
  };
  const json: Json = JSON.parse(JSON.stringify(program));
  const rewritten: Program = JSON.parse(JSON.stringify(walk(json, [])));
  return { ...rewritten, hash: "rewritten" };
}

const STEP_KEYS = new Set(["start", "onError", "onHangup", "onMessage", "onMachine", "onUnanswered"]);

/** Steps and variables that nothing outside knows have other names; steps, variables and cases are in another order. */
export function refactored(program: Program): Program {
  const steps = new Map(
    Object.keys(program.steps).map((name, at) => [name, name.replace(/[^.]+$/, `other${at}`)]),
  );
  const step = (name: string): string => steps.get(name) ?? name;
  const scopes = [program, ...Object.values(program.parts ?? {})];
  const kept = scopes.flatMap(({ variables }) =>
    Object.entries(variables).flatMap(([name, { keep }]) => (keep === undefined ? [] : [name])),
  );
  const outside = new Set([...(program.takes ?? []), ...kept]);
  const own = new Set(scopes.flatMap(({ variables }) => Object.keys(variables)));
  const variable = (name: string): string => (own.has(name) && !outside.has(name) ? `other_${name}` : name);
  const isScope = (path: Path): boolean => path.length === 0 || (path[0] === "parts" && path.length === 2);
  return rewrite(program, {
    value: (value, path) => {
      const key = path.at(-1) ?? "";
      const isVariable = key === "variable" || key === "given" || path.at(-2) === "gives";
      if (typeof value === "string" && isVariable) return variable(value);
      if (typeof value === "string" && STEP_KEYS.has(key) && isScope(path.slice(0, -1))) return step(value);
      if (typeof value === "string" && key === "step") return step(value);
      if (!Array.isArray(value) || value[0] !== "$" || value[1] !== "vars") return undefined;
      return ["$", "vars", variable(String(value[2])), ...value.slice(3)];
    },
    key: (key, path) => {
      if (path.length === 1 && path[0] === "steps") return step(key);
      const holdsVariables =
        path.at(-1) === "with" || (path.at(-1) === "variables" && isScope(path.slice(0, -1)));
      return holdsVariables ? variable(key) : key;
    },
    isReversed: (path) => /^(steps|variables|cases|with|hours)$/.test(path.at(-1) ?? ""),
  });
}

/** A change of what callers get. */
export interface Mutation {
  name: string;
  program: Program;
}

/** One mutation of each sort that fits the program, in a step that calls enter. */
export function mutationsOf(
  program: Program,
  entered: ReadonlySet<string>,
  pick: (count: number) => number,
): Mutation[] {
  const found: Record<string, Path[]> = { text: [], key: [], swap: [], number: [], hours: [] };
  rewrite(program, {
    value: (value, path) => {
      if (path[0] === "steps" && path[1] !== undefined && !entered.has(path[1])) return value;
      if (typeof value === "string" && path.at(-2) === "parts" && path[0] === "steps") {
        if (/<Say[^>]*>[^<]*[a-z]{4}/.test(value)) found.text?.push(path);
        if (/<Number[^>]*>\+\d{8,}/.test(value)) found.number?.push(path);
      }
      const cases = choicesOf(value);
      const [one, other] = keysIn(cases);
      const here = [...path, "cases"];
      if (one !== undefined && one !== "0") found.key?.push(here);
      if (one !== undefined && other !== undefined && differs(cases[one], cases[other]))
        found.swap?.push(here);
      if (path.at(-1) === "open" && path.at(-3) === "hours" && Array.isArray(value)) found.hours?.push(path);
      return undefined;
    },
  });
  return Object.entries(found).flatMap(([name, paths]) => {
    const path = paths[pick(paths.length)];
    const change = CHANGES[name];
    if (!path || !change) return [];
    const value = (one: Json, at: Path): Json | undefined =>
      at.join() === path.join() ? change(one) : undefined;
    return [{ name: `${name} at ${path.join(".")}`, program: rewrite(program, { value }) }];
  });
}

const CHANGES: Readonly<Record<string, (value: Json) => Json>> = {
  text: (value) => String(value).replace(/(<Say[^>]*>[^<]*?)[a-z]{4}/, "$1other"),
  number: (value) =>
    String(value).replace(
      /(<Number[^>]*>\+\d+)\d/,
      (_, all: string) => `${all}${value === `${all}5` ? 6 : 5}`,
    ),
  key: (value) => {
    const [key] = keysIn(value);
    const free = [..."7654321"].find((one) => !keysIn(value).includes(one)) ?? "8";
    return renamedKeys(value, (one) => (one === key ? free : one));
  },
  swap: (value) => {
    const [one, other] = keysIn(value);
    return renamedKeys(value, (key) => (key === one ? (other ?? key) : key === other ? (one ?? key) : key));
  },
  hours: (value) =>
    Array.isArray(value)
      ? value.map((_, day) => (day === 3 ? [{ from: 180, to: 240 }] : (value[day] ?? [])))
      : value,
};

/** The cases of a `switch` on keys. */
function choicesOf(value: Json): { [key: string]: Json } {
  if (value === null || typeof value !== "object" || Array.isArray(value) || value.op !== "switch") return {};
  const { cases, on } = value;
  const isKeys = /"heard"|"Digits"/.test(JSON.stringify(on));
  return isKeys && typeof cases === "object" && cases !== null && !Array.isArray(cases) ? cases : {};
}

function differs(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function keysIn(value: Json): string[] {
  return Object.keys(value ?? {}).filter((key) => /^\d$/.test(key));
}

function renamedKeys(value: Json, rename: (key: string) => string): Json {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [rename(key), one]));
}
