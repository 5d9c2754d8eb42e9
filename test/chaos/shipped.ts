/** The flows and templates that ship, with what their tests say about services and environment variables. */
import { buildFiles } from "../../src/cli/project/build-files.ts";
import { flowFiles, readFiles, testFiles } from "../../src/cli/project/files.ts";
import { workerVariables } from "../../src/cli/project/variables.ts";
import { secretReads } from "../../src/flow/analysis/worker-reads.ts";
import type { BuiltFlow } from "../../src/flow/pipe/link.ts";
import { readScenarios, type WrittenScenario } from "../../src/flow/scenarios/scenarios.ts";
import { flowName } from "../../src/flow/shape/validate.ts";
import { indexPrograms, type Programs } from "../../src/worker/programs.ts";
import type { Answers } from "./services.ts";

/** Every secret begins with this: no log and no document may have it. */
export const SECRET = "a-secret-never-to-be-seen-";

const SHIPPED = ["flows", "src/cli/templates"];

/** A flow that can be called, and what its tests set. */
export interface ShippedFlow extends BuiltFlow {
  scenarios: readonly WrittenScenario[];
  /** The names of the elements that its documents can have. */
  elements: ReadonlySet<string>;
}

/** All of them. */
export interface Shipped {
  flows: readonly ShippedFlow[];
  programs: Programs;
  answers: Answers;
  env: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
}

/** Reads and builds them. */
export async function readShipped(): Promise<Shipped> {
  const files = await readFiles(await flowFiles(SHIPPED));
  const built = await buildFiles(files);
  const names = files.map(({ path }) => flowName(path));
  const tests = await readFiles(await testFiles(SHIPPED));
  const scenarios = tests.flatMap((file) => readScenarios(file, names).scenarios);
  const secrets = built.flows.flatMap(({ flow }) => secretReads(flow).map(({ name }) => name));
  const parts = new Set(built.programs.flatMap(({ parts = {} }) => Object.keys(parts)));
  const called = built.flows.filter(({ flow }) => !parts.has(flow.name));
  return {
    flows: called.map((one) => ({
      ...one,
      scenarios: scenarios.filter(({ flow }) => flow === one.flow.name),
      elements: elementsIn(one),
    })),
    programs: indexPrograms(built.programs),
    answers: scenarios.flatMap(({ scenario }) => Object.entries(scenario.requests ?? {})),
    env: await workerVariables(),
    secrets: Object.fromEntries(secrets.map((name) => [name, SECRET + name.toLowerCase()])),
  };
}

/** What the compiled TwiML of a flow names, and what the Worker adds by itself. */
function elementsIn({ program }: BuiltFlow): Set<string> {
  const written = JSON.stringify(program).matchAll(/<([A-Za-z][\w:-]*)/g);
  return new Set(["Response", "Say", "Hangup", "Redirect", ...[...written].map(([, name = ""]) => name)]);
}
