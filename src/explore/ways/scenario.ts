/** A way through a flow as a scenario of a test file, which `ringflow test` and the page play. */
import type { NewScenario } from "../../flow/scenarios/scenario-file.ts";
import type { ScriptStep } from "../../phone/script/scenario.ts";
import type { Json } from "../../program/json.ts";
import type { Template } from "../../program/op.ts";
import { opsIn } from "../../program/ops.ts";
import type { Program } from "../../program/program.ts";
import { readsClock } from "../clocks.ts";
import type { Edge, Exploration, Heard, ServiceAnswer } from "../exploration.ts";
import { sideBlocksOf } from "./side-roads.ts";
import { wholeWay } from "./way.ts";

/** How much of a way is written down. */
export interface ScenarioOptions {
  name?: string;
  /** The name that the flow has for an address that is dialled; the address itself if left out. */
  nameOf?(address: string): string;
}

const MOST_WORDS = 8;

/** Writes a way as a scenario. The call ends where the way does: a caller who is still asked hangs up. */
export function scenarioOf(
  { program, begins, replay }: Pick<Exploration, "program" | "begins" | "replay">,
  explored: readonly Edge[],
  { name, nameOf = (address) => address }: ScenarioOptions = {},
): NewScenario {
  const begin = begins[explored[0]?.begin ?? 0];
  const way = replay(explored);
  const whole = wholeWay(way);
  const requests = {
    ...requestsOf(whole.flatMap(({ answers }) => answers)),
    ...besides(program, new Set(whole.flatMap(({ path }) => path))),
  };
  const script: Json[] = [];
  for (const [at, edge] of way.entries()) {
    const heard = lastWords(way[at - 1]?.heard ?? []);
    if (heard !== undefined && edge.asides.length === 0) script.push({ hear: heard });
    const lines = wholeWay([edge]).flatMap(({ event }) => event.lines);
    script.push(...plain(lines, nameOf));
  }
  const last = way.at(-1);
  const heard = lastWords(last?.heard ?? []);
  if (heard !== undefined) script.push({ hear: heard });
  if (last?.event.kind !== "hangup") script.push("end");
  const labels = explored.map(({ event }) => event.label).slice(1);
  return {
    name: name ?? (labels.length > 0 ? labels.join(", ") : "the call begins"),
    // A flow without hours is the same at any time.
    ...((readsClock(program) || begins.some(({ at }) => at !== begin?.at)) && {
      at: `${new Date(begin?.at ?? 0).toISOString().slice(0, 16)}Z`,
    }),
    ...begin?.scenario,
    ...(Object.keys(requests).length > 0 && { requests }),
    script,
  };
}

function plain(lines: readonly ScriptStep[], nameOf: (address: string) => string): Json[] {
  const named = lines.map((line) =>
    typeof line === "object" && "dial" in line ? { ...line, dial: nameOf(line.dial) } : line,
  );
  return JSON.parse(JSON.stringify(named));
}

/** The first words of the last text that was said; undefined if nothing was. */
function lastWords(heard: readonly Heard[]): string | undefined {
  const text = heard.flatMap((one) => (one.kind === "said" ? [one.text] : [])).at(-1);
  return text?.split(" ").slice(0, MOST_WORDS).join(" ");
}

/** The answers of each service, in order. */
function requestsOf(answers: readonly ServiceAnswer[]): Record<string, Json[]> {
  const requests: Record<string, Json[]> = {};
  for (const answer of answers) {
    const url = patternOf(answer.url);
    const list = requests[url] ?? [];
    requests[url] = [...list, ...Array.from({ length: answer.tries }, () => writtenAnswer(answer))];
  }
  return Object.fromEntries(Object.entries(requests).map(([url, list]) => [url, withoutLastAgain(list)]));
}

/** The last of a list answers all later requests, too. */
function withoutLastAgain(list: readonly Json[]): Json[] {
  const last = JSON.stringify(list.at(-1));
  return list.slice(0, list.findLastIndex((one) => JSON.stringify(one) !== last) + 2);
}

/** The URL as a test names it: what is of this call only is left open. */
function patternOf(url: string): string {
  return url.replace(/CA0{31}1/g, "*").replace(/%2Fcontinue%2F.*$/i, "*");
}

/** The requests of side roads that begin at the steps of a way: they are answered well. */
function besides(program: Program, path: ReadonlySet<string>): Record<string, Json[]> {
  const blocks = [...path].flatMap((step) => sideBlocksOf(program, step));
  const requests = blocks.flatMap(({ ops }) => opsIn(ops).filter((op) => op.op === "request"));
  return Object.fromEntries(requests.map(({ url }) => [templateOf(url), [{}]]));
}

function templateOf(url: Template): string {
  return url.map((part) => (typeof part === "string" ? part : "*")).join("");
}

function writtenAnswer({ status, body, text }: ServiceAnswer): Json {
  if (status === "timeout" || status === "failed") return { status };
  if (status === "invalid") return { text: "not JSON" };
  const code = status === "200" ? {} : { status: Number(status) };
  if (text !== undefined) return { ...code, text };
  return body === null ? { ...code, json: {} } : { ...code, json: body };
}
