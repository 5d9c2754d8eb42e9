/** What `ringflow paths` says of a flow, as data. */
import type { Edge, Ending, Exploration } from "../../explore/exploration.ts";
import { countWays, distinct, forwardEdges } from "../../explore/ways/longest.ts";
import { sideSteps } from "../../explore/ways/side-roads.ts";
import type { Soonest } from "../../explore/ways/soonest.ts";
import { spokenEmpty } from "../../explore/ways/spoken-empty.ts";
import { answersOn, wayTo } from "../../explore/ways/way.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { type CoveredExit, coverageOf, uncovered, type Walked } from "../play/coverage.ts";
import { type NotableWays, notableWays } from "./notable.ts";

/** A way for people: what is done on it, and where it leads. */
export interface ShownWay {
  /** What the caller, called people and services do, in order. */
  does: string[];
  /** The steps, in order. */
  steps: string[];
  answers: number;
  seconds: number;
}

/** What is measured, and the ways that are. */
export interface Measured {
  report: PathsReport;
  notable: NotableWays;
}

/** The ways of calls through a flow. */
export interface PathsReport {
  flow: string;
  /** States in which calls wait, and the turns that differ between them. */
  states: number;
  turns: number;
  /** Ways from the beginning to an end without a circle, as far as JSON counts. */
  ways: number;
  hasCircles: boolean;
  /** What calls begin with, if they can begin in several ways. */
  begins: string[];
  ends: { ending: Ending; turns: number }[];
  /** States by the answers on the shortest way to them, from none on. */
  byAnswers: number[];
  longest: { answers: ShownWay; seconds: ShownWay };
  /** Until callers can choose, and until somebody is rung or they wait in a queue. */
  choice?: ShownWay;
  person?: ShownWay & { to: readonly string[] };
  /** The questions by text message, which no call reaches; absent if there are none. */
  questions?: string[];
  unreachedSteps: string[];
  unreachedExits: ShownExit[];
  empty: { step: string; variable: string; way: ShownWay }[];
  /** Exits that calls take, and no test does. */
  untested: ShownExit[];
  /** What was not explored. */
  cut: string[];
}

/** An exit of a step. */
export type ShownExit = Omit<CoveredExit, "taken">;

/**
 * Measures an exploration.
 * @param tested the calls of the flow's tests
 */
export function pathsReport(built: BuiltFlow, exploration: Exploration, tested: readonly Walked[]): Measured {
  const { nodes, edges, begins, cut } = exploration;
  const forward = forwardEdges(exploration);
  const notable = notableWays(exploration, forward);
  const { choice, person, longest } = notable;
  const turns = distinct(edges);
  const taken = exitsTaken(built, exploration);
  const questions = Object.entries(exploration.program.steps).flatMap(([name, { asks }]) =>
    asks ? [name] : [],
  );
  const report = {
    flow: built.flow.name,
    states: nodes.filter(({ ended }) => ended === undefined).length,
    turns: turns.length,
    ways: Math.min(countWays(forward), Number.MAX_SAFE_INTEGER),
    hasCircles: forward.hasCircles,
    begins: begins.length > 1 ? begins.map(({ label }) => label) : [],
    ends: endsOf(exploration, turns),
    byAnswers: byAnswers(exploration),
    longest: { answers: shown(longest.answers), seconds: shown(longest.seconds) },
    ...(choice && { choice: shownSoonest(choice) }),
    ...(person && { person: { ...shownSoonest(person), to: person.to } }),
    ...(questions.length > 0 && { questions }),
    unreachedSteps: unreachedSteps(built, exploration),
    unreachedExits: taken.filter((exit) => !exit.taken).map(withoutTaken),
    empty: spokenEmpty(exploration).map(({ step, variable, edge }) => ({
      step,
      variable,
      way: shown(wayTo(exploration, edge)),
    })),
    untested: untestedExits(built, exploration, tested),
    cut: cut.map(({ message }) => message),
  };
  return { report, notable };
}

/** The exits that calls take, and no test does. */
export function untestedExits(
  built: BuiltFlow,
  exploration: Exploration,
  tested: readonly Walked[],
): ShownExit[] {
  const taken = new Set(exitsTaken(built, exploration).flatMap((exit) => (exit.taken ? [keyOf(exit)] : [])));
  const coverage = coverageOf([built], tested, new Set([built.flow.name]));
  return coverage
    .flatMap(uncovered)
    .filter((exit) => taken.has(keyOf(exit)))
    .map(withoutTaken);
}

function keyOf({ from, to }: ShownExit): string {
  return `${from} ${to}`;
}

function withoutTaken({ from, label, to }: CoveredExit): ShownExit {
  return { from, label, to };
}

/** The exits of the flow's own steps, but for those of side roads that were not explored. */
function exitsTaken(built: BuiltFlow, { program, edges }: Exploration): CoveredExit[] {
  const paths = edges.flatMap(({ path, asides }) => [[...path], ...asides.map((one) => [...one])]);
  const walked: Walked = { written: { flow: built.flow.name }, paths };
  const beside = sideSteps(program);
  const exits = coverageOf([built], [walked], new Set()).flatMap((one) => one.exits);
  return exits.filter(({ from, taken }) => taken || !beside.has(from));
}

function unreachedSteps({ graph }: BuiltFlow, { program, edges }: Exploration): string[] {
  const beside = sideSteps(program);
  const visited = new Set(edges.flatMap(({ path, asides }) => [...path, ...asides.flat()]));
  return [...graph.steps.keys()].filter((step) => !visited.has(step) && !beside.has(step));
}

function endsOf({ nodes }: Exploration, edges: readonly Edge[]): PathsReport["ends"] {
  const ends = new Map<Ending, number>();
  for (const { to } of edges) {
    const ending = nodes[to]?.ended;
    if (ending) ends.set(ending, (ends.get(ending) ?? 0) + 1);
  }
  return [...ends].map(([ending, turns]) => ({ ending, turns })).sort((a, b) => b.turns - a.turns);
}

function byAnswers({ nodes }: Exploration): number[] {
  const counts: number[] = [];
  for (const { answers, ended } of nodes) if (!ended) counts[answers] = (counts[answers] ?? 0) + 1;
  return Array.from(counts, (count = 0) => count);
}

function shownSoonest({ way, seconds }: Soonest): ShownWay {
  return { ...shown(way), seconds: Math.round(seconds) };
}

/** A way for people. */
export function shown(way: readonly Edge[]): ShownWay {
  const does = way.flatMap((edge) => [
    ...(edge.event.kind === "begins" ? [] : [edge.event.label]),
    ...answersOn(edge).map(({ label }) => `the service answers ${label}`),
  ]);
  const steps = way.flatMap(({ path }, at) => path.slice(at === 0 ? 0 : 1));
  const seconds = way.reduce((sum, edge) => sum + edge.seconds, 0);
  return { does, steps, answers: Math.max(0, way.length - 1), seconds: Math.round(seconds) };
}
