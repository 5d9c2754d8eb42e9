/** Stage 7: the test calls of a flow, and what the original would let the caller hear in each. */
import { type Plain, type PlainMap, writePair } from "../../write/yaml.ts";
import type { Draft } from "../convert.ts";
import { type Definition, textIn } from "../definition.ts";
import { firstOfMessages } from "../graph.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { passedOn } from "../values/assigned.ts";
import { pathsIn } from "../values/paths.ts";
import { exampleUrl } from "./address.ts";
import { callsFrom } from "./explore.ts";
import { CALLER, LINE } from "./original.ts";
import type { Line, Played } from "./played.ts";
import type { World } from "./world.ts";

/** A call of a test file. */
export interface Scenario {
  name: string;
  /** All that the caller hears in the original. */
  heard: readonly string[];
  value: PlainMap;
}

/** The calls and the text conversations of a flow that no other one runs. */
export function scenariosOf(definition: Definition, draft: Draft): Scenario[] {
  if (draft.isPart) return [];
  const call = draft.graph.roads.get("incomingCall");
  const message = firstOfMessages(draft.graph);
  const names = new Map<string, number>();
  return [
    ...(call === undefined ? [] : callsFrom(draft.graph, worldOf(definition, draft, false), call)),
    ...(message === undefined ? [] : callsFrom(draft.graph, worldOf(definition, draft, true), message)),
  ].map((played) => {
    const wish = nameOf(played);
    const count = (names.get(wish) ?? 0) + 1;
    names.set(wish, count);
    const name = count === 1 ? wish : `${wish} (${count})`;
    return { name, heard: played.heard, value: scenarioOf(name, played) };
  });
}

function worldOf(definition: Definition, draft: Draft, isText: boolean): World {
  return {
    isText,
    values: draft.values,
    notes: draft.notes,
    paths: pathsIn(definition.widgets),
    dialled: dialledIn(definition, draft),
  };
}

/** The test file with these calls; empty without one. */
export function writeScenarios(flow: string, { notes }: Draft, scenarios: readonly Scenario[]): string {
  if (scenarios.length === 0) return "";
  const env = Object.fromEntries(
    notes.settings.flatMap(({ kind, name }) => (kind === "env" ? [[name, exampleOf(name)]] : [])),
  );
  const pairs: [string, Plain][] = [
    ["flow", flow],
    ...(Object.keys(env).length > 0 ? [["env", env] satisfies [string, Plain]] : []),
    ["scenarios", scenarios.map(({ value }) => value)],
  ];
  return pairs.map(([key, value]) => writePair(key, value, "")).join("");
}

function exampleOf(name: string): string {
  return /URL$/.test(name) ? exampleUrl(name) : `WW${"0".repeat(32)}`;
}

/** The paths of the numbers that Connect Call To dials. */
function dialledIn({ widgets }: Definition, { values }: Draft): Set<string> {
  return new Set(
    widgets.flatMap((widget) => {
      const path = passedOn(parseLiquid(textIn(widget, "to")) ?? [])?.path;
      return widget.type === "connect-call-to" && path ? [values.sources.sourceOf(path).join(".")] : [];
    }),
  );
}

function nameOf({ choices, isText }: Played): string {
  const labels = choices.flatMap(({ label }) => (label === "" ? [] : [label]));
  const name = labels.slice(0, 5).join(", ");
  return name === "" ? (isText ? "a text message" : "the usual call") : name;
}

function scenarioOf(name: string, { lines, answers }: Played): PlainMap {
  return {
    name,
    from: CALLER,
    to: LINE,
    ...(answers.size > 0 && {
      requests: Object.fromEntries([...answers].map(([url, list]) => [url, list.map(plain)])),
    }),
    script: lines.map((line: Line): Plain => (typeof line === "string" ? line : plain(line))),
  };
}

/** A value as plain YAML. */
function plain(value: unknown): Plain {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
