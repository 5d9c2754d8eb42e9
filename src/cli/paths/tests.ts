/** A flow's tests: the calls that they make, and new ones for the exits that none of them takes. */
import { readFile, rename, writeFile } from "node:fs/promises";
import type { Edge, Exploration } from "../../explore/exploration.ts";
import { scenarioOf } from "../../explore/ways/scenario.ts";
import { wayTo } from "../../explore/ways/way.ts";
import type { Built, BuiltFlow } from "../../flow/build.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { addScenario, type NewScenario } from "../../flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { addressesOf } from "../play/destination-addresses.ts";
import type { Outcome } from "../play/outcome.ts";
import { playInForms } from "../play/said.ts";
import { FLOWS, readFiles, testFiles } from "../project/files.ts";
import { type ShownExit, untestedExits } from "./report.ts";

/** A project whose flows can be played. */
export type Playable = Pick<Built, "flows" | "audio">;

/** What writing tests gave. */
export interface WrittenTests {
  file: string;
  /** The names of the new tests. */
  names: string[];
  /** Exits for which no test could be written, and why. */
  left: { exit: ShownExit; why: string }[];
}

/** The test file beside a flow's; without text if it does not exist yet. */
async function testFileOf(flow: string): Promise<SourceFile> {
  const path = flow.replace(/\.(ya?ml)$/, ".test.$1");
  return { path, text: await readFile(path, "utf8").catch(() => "") };
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
  if (written.names.length > 0) await replace(file);
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

type Tried = { file: SourceFile; outcome: Outcome; name: string } | { why: string };

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
  const scenario: NewScenario = scenarioOf(exploration, wayTo(exploration, edge), {
    name,
    nameOf: namesOf(flow, exploration),
  });
  const added = addScenario(
    file,
    flow.name,
    scenario,
    project.flows.map((one) => one.flow.name),
  );
  if ("problem" in added) return { why: added.problem };
  const [outcome] = (await playLast(added.file, project, variables)).slice(-1);
  if (!outcome) return { why: "the test cannot be read" };
  return outcome.failure ? { why: outcome.failure.message } : { file: added.file, outcome, name: added.name };
}

/** The flow's own names of the addresses that it dials. */
function namesOf(flow: BuiltFlow["flow"], { begins }: Exploration): (address: string) => string {
  const names = Object.keys(flow.settings.destinations ?? {});
  const env = begins[0]?.env ?? {};
  const known = new Map(
    names.flatMap((name) => {
      const addresses = addressesOf(flow, name, env);
      return addresses.length === 1 ? addresses.map((address) => [address, name] as const) : [];
    }),
  );
  return (address) => known.get(address) ?? address;
}

async function playLast(
  file: SourceFile,
  project: Playable,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome[]> {
  const { scenarios } = readScenarios(
    file,
    project.flows.map(({ flow }) => flow.name),
  );
  return Promise.all(scenarios.slice(-1).map((written) => playInForms(written, project, variables)));
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

async function replace({ path, text }: SourceFile): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}
