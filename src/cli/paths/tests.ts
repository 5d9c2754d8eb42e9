/** A flow's tests: the calls that they make, and new ones for the exits that none of them takes. */
import type { Edge, Exploration } from "../../explore/exploration.ts";
import { scenarioOf } from "../../explore/ways/scenario.ts";
import { wayTo } from "../../explore/ways/way.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { destinationNames } from "../play/destination-addresses.ts";
import type { Outcome } from "../play/outcome.ts";
import { type Playable, playInForms } from "../play/said.ts";
import { addFoundCall, replaceTestFile, type Tried, testFileOf } from "../play/test-file.ts";
import { FLOWS, readFiles, testFiles } from "../project/files.ts";
import { type ShownExit, untestedExits } from "./report.ts";

/** What writing tests gave. */
export interface WrittenTests {
  file: string;
  /** The names of the new tests. */
  names: string[];
  /** Exits for which no test could be written, and why. */
  left: { exit: ShownExit; why: string }[];
}

/** Plays all tests of a flow. */
export async function playTests(
  flow: string,
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome[]> {
  const files = await readFiles(await testFiles([FLOWS]));
  const names = project.flows.map((one) => one.flow.name);
  const scenarios = files.flatMap((file) => readScenarios(file, names).scenarios);
  const own = scenarios.filter((written) => written.flow === flow);
  return Promise.all(own.map((written) => playInForms(written, project, variables)));
}

/** Adds a test for each exit that calls take and no test does; all of them pass. */
export async function writeTests(
  built: BuiltFlow,
  exploration: Exploration,
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<WrittenTests> {
  let file = await testFileOf(built.flow.file);
  const outcomes = await playTests(built.flow.name, project, variables);
  const written: WrittenTests = { file: file.path, names: [], left: [] };
  const given = new Set<string>();
  for (;;) {
    const open = untestedExits(built, exploration, outcomes).filter(
      (one) => !given.has(`${one.from} ${one.to}`),
    );
    const exit = farthest(open, built.flow.name, exploration);
    if (!exit) break;
    given.add(`${exit.from} ${exit.to}`);
    const added = await addFor(exit, built, exploration, project, variables, file);
    if ("why" in added) written.left.push({ exit, why: added.why });
    else {
      file = added.file;
      outcomes.push(added.outcome);
      written.names.push(added.name);
    }
  }
  if (written.names.length > 0) await replaceTestFile(file);
  return written;
}

/** The exit that most answers lead to: its test takes those on the way as well. */
function farthest(
  exits: readonly ShownExit[],
  flow: string,
  exploration: Exploration,
): ShownExit | undefined {
  const answers = (exit: ShownExit): number => {
    const edge = edgeThrough(exploration, flow, exit);
    return edge ? wayTo(exploration, edge).length : 0;
  };
  const far = exits.map((exit) => ({ exit, answers: answers(exit) }));
  return far.sort((a, b) => b.answers - a.answers)[0]?.exit;
}

async function addFor(
  exit: ShownExit,
  { flow }: BuiltFlow,
  exploration: Exploration,
  project: Playable,
  variables: Readonly<Record<string, string>>,
  file: SourceFile,
): Promise<Tried> {
  const edge = edgeThrough(exploration, flow.name, exit);
  if (!edge) return { why: "it was not explored" };
  const name = `${exit.from}${exit.label === "" ? "" : `, ${exit.label}`}: ${exit.to}`;
  const scenario = scenarioOf(exploration, wayTo(exploration, edge), {
    name,
    nameOf: destinationNames(flow, exploration.begins[0]?.env ?? {}),
  });
  return addFoundCall(file, flow.name, scenario, project, variables);
}

/** The edge with the shortest way that takes an exit. */
function edgeThrough({ edges, nodes }: Exploration, flow: string, { from, to }: ShownExit): Edge | undefined {
  const answers = (edge: Edge): number =>
    edge.from === undefined ? 0 : (nodes[edge.from]?.answers ?? 0) + 1;
  const own = (step: string): string => (step.startsWith(`${flow}.`) ? step.slice(flow.length + 1) : step);
  const takes = (path: readonly string[]): boolean =>
    path.some(
      (step, at) => at > 0 && path[at - 1] === from && (own(step) === to || to === "back" || to === "return"),
    );
  const through = edges.filter(({ path, asides }) => takes(path) || asides.some(takes));
  return through.sort((a, b) => answers(a) - answers(b) || a.id - b.id)[0];
}
