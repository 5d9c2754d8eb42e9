/** Which calls are one node: those that differ only in what cannot matter any more. */
import { scopeAt, scopesOf } from "../engine/scope.ts";
import type { Call, Memory } from "../program/call.ts";
import type { Json } from "../program/json.ts";
import type { Program, Scope } from "../program/program.ts";
import { stateOf } from "./clocks.ts";
import type { Begin } from "./exploration.ts";
import type { Live } from "./live/live.ts";
import type { Liveness } from "./live/liveness.ts";

/** A call that waits, with where it can continue. */
export interface Waits {
  step: string;
  /** The blocks that the next event can resume. */
  blocks: readonly string[];
  call: Call;
  begin: Begin;
}

/** A text that is the same for calls that go the same ways from here. */
export type Fold = (waits: Waits) => string;

/** Folds the calls of a program. */
export function foldOf(program: Program, liveness: Liveness): Fold {
  const factOf = factsOf(program);
  return ({ step, blocks, call, begin }) => {
    const live = union(blocks.map((block) => liveness({ step, block })));
    const frames = (call.frames ?? []).map((frame) => {
      const below = liveness(frame);
      for (const [key, decides] of below)
        if (!isLocal(key) || !frame.waits) live.set(key, decides || live.get(key) === true);
      const scope = scopeAt(program, frame.step);
      return [frame.step, frame.block, frame.waits ? memoryOf(frame.waits, scope, below) : null];
    });
    const own = memoryOf(call, scopeAt(program, step), live);
    return JSON.stringify([own, frames, call.failed ?? false, restOf(factOf, call, begin, live)]);
  };
}

function union(all: readonly Live[]): Map<string, boolean> {
  const live = new Map<string, boolean>();
  for (const one of all) for (const [key, decides] of one) live.set(key, decides || live.get(key) === true);
  return live;
}

function isLocal(key: string): boolean {
  return /^(vars|slot)(\.|$)|^trail$/.test(key);
}

function memoryOf({ vars, slots, trail }: Memory, scope: Scope, live: Live): Json {
  const kept: Json[] = [];
  const sorted = [...live].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, decides] of sorted) {
    if (key === "trail") kept.push(trail);
    else if (key === "vars") kept.push(vars);
    else if (key.startsWith("slot.")) kept.push(slots[key.slice("slot.".length)] ?? "");
    else if (key.startsWith("vars.")) {
      const name = key.slice("vars.".length);
      kept.push(seen(vars[name] ?? scope.variables[name]?.default ?? "", decides));
    }
  }
  return kept;
}

/** A value that decides nothing is only empty or not. */
function seen(value: Json, decides: boolean): Json {
  if (decides || typeof value === "boolean") return value;
  return isEmpty(value) ? "" : "…";
}

/** Whether nothing would be heard of a value. */
export function isEmpty(value: Json): boolean {
  if (value === "" || value === null) return true;
  if (typeof value !== "object") return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0 || value.url === "";
}

/** What is of the call and not of the flow that runs. */
function restOf(factOf: FactOf, call: Call, begin: Begin, live: Live): Json {
  const facts: Record<string, Json> = {};
  for (const [key, decides] of live) {
    const fact = factOf(key, call, begin);
    if (fact !== undefined) facts[key] = seen(fact, decides);
  }
  return Object.keys(facts)
    .sort()
    .map((key) => [key, facts[key] ?? ""]);
}

type FactOf = (key: string, call: Call, begin: Begin) => Json | undefined;

/** Reads what is live of a call. What hours are at a moment is found once. */
function factsOf(program: Program): FactOf {
  const known = new Map<string, Json>();
  const hoursAt = (name: string, at: number): Json => {
    const key = `${at} ${name}`;
    const states =
      known.get(key) ??
      scopesOf(program)
        .flatMap(({ hours }) => hours[name] ?? [])
        .map((one) => stateOf(one, at));
    known.set(key, states);
    return states;
  };
  return (key, call, begin) => factOf(key, call, begin, hoursAt);
}

function factOf(
  key: string,
  call: Call,
  begin: Begin,
  hoursAt: (name: string, at: number) => Json,
): Json | undefined {
  const [root = "", ...rest] = key.split(".");
  const name = rest.join(".");
  switch (root) {
    case "hours":
      return hoursAt(name, begin.at);
    case "clock":
      return begin.at;
    case "language":
      return call.language ?? "";
    case "kept":
      return call.kept?.[name] ?? null;
    case "input":
      return call.input ? { ...call.input } : "";
    case "queue":
      return [call.queue ? { ...call.queue } : "", { ...begin.queue }];
    case "secrets":
      return begin.env[name] ?? "";
    case "caller":
    case "call":
      return name === "language" ? (call.language ?? "") : { ...begin.params };
    default:
      return undefined;
  }
}
