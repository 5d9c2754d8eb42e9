/** How calls begin: at each moment that matters, and with each side of what is unknown before a call. */
import type { Program } from "../../program/program.ts";
import { momentsOf, readsClock } from "../clocks.ts";
import type { Begin, Cut, ExploreOptions } from "../exploration.ts";
import { timesCompared } from "../times.ts";
import type { ToldApart } from "../told/told-apart.ts";
import { secretsOf, standInsFor } from "./stand-ins.ts";
import { callerOf } from "./unknown-callers.ts";
import { variablesOf } from "./unknown-variables.ts";
import type { Choice, Draft, Unknown } from "./unknowns.ts";

const MOST_BEGINS = 48;
const MINUTE = 60_000;

/** The ways in which a call can begin. */
export function beginsOf(
  program: Program,
  told: ToldApart,
  options: ExploreOptions,
): { begins: Begin[]; cut: Cut[] } {
  const {
    now,
    env = {},
    mostBegins = MOST_BEGINS,
    moments = momentsOf(program, now, timesCompared(program, told)),
  } = options;
  const standIns = standInsFor(program, env);
  const first: Draft = {
    label: "",
    at: Math.floor(now / MINUTE) * MINUTE,
    kept: {},
    env: { ...secretsOf(program), ...standIns, ...env },
    params: {},
    scenario: Object.keys(standIns).length > 0 ? { env: standIns } : {},
  };
  const unknowns: Unknown[] = [
    moments.map(({ at, label }) => ({
      label: moments.length > 1 ? label : "",
      change: (begin) => ({ ...begin, at }),
    })),
    ...variablesOf(program, told),
    ...callerOf(told),
  ];
  const all = unknowns.reduce((count, { length }) => count * length, 1);
  const chosen = (all <= mostBegins ? everyWay(unknowns) : oneByOne(unknowns)).slice(0, mostBegins);
  const begins = chosen.map((way, id) => ({
    ...way.reduce((begin, { change }) => change(begin), first),
    id,
    label: labelOf(way),
  }));
  return { begins, cut: cutOf(program, { moments: moments.length, all, begins: begins.length }) };
}

/** What is not explored, by how many moments and begins there are. */
function cutOf(program: Program, count: { moments: number; all: number; begins: number }): Cut[] {
  const cut: Cut[] = [];
  if (readsClock(program)) {
    const moments = count.moments === 1 ? "one moment" : `${count.moments} moments`;
    const message = `The flow reads the time itself, and was explored at ${moments} only.`;
    cut.push({ what: "clock", message });
  }
  if (JSON.stringify(program.steps).includes('["random"'))
    cut.push({ what: "random", message: "The flow draws random numbers, and each was drawn once only." });
  const message = `Calls can begin in ${count.all} ways, and ${count.begins} of them were explored.`;
  if (count.all > count.begins) cut.push({ what: "begins", message });
  return cut;
}

/** Each choice of each unknown with each of the others. */
function everyWay(unknowns: readonly Unknown[]): Choice[][] {
  return unknowns.reduce<Choice[][]>(
    (ways, unknown) => ways.flatMap((way) => unknown.map((one) => [...way, one])),
    [[]],
  );
}

/** The usual call, and those that differ from it in one choice. */
function oneByOne(unknowns: readonly Unknown[]): Choice[][] {
  const usual = unknowns.flatMap((unknown) => unknown.slice(0, 1));
  return [usual, ...unknowns.flatMap((unknown, at) => unknown.slice(1).map((one) => usual.with(at, one)))];
}

function labelOf(way: readonly Choice[]): string {
  return way
    .map(({ label }) => label)
    .filter((label) => label !== "")
    .join(", ");
}
