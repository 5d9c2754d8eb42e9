/** `ringflow paths [flow]`: every way of a call through a flow, what it takes, and what no call or test reaches. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { exploreFlow } from "../paths/explored.ts";
import { type PathsReport, pathsReport } from "../paths/report.ts";
import { playTests, type WrittenTests, writeTests } from "../paths/tests.ts";
import { textOfPaths } from "../paths/text.ts";
import { Problem } from "../problem.ts";
import { chooseFlow } from "../project/choose-flow.ts";
import { buildProject, type Project } from "../project/project.ts";
import { plural } from "../project/report.ts";
import { workerVariables } from "../project/variables.ts";

/** A flow of a thousand steps takes about as long. */
const MOST_SECONDS = 4;

/** Options of `ringflow paths`. */
export interface PathsOptions {
  json?: boolean;
  /** Append a test for each exit that calls take and no test does. */
  writeTests?: boolean;
  /** Bounds of the search. */
  states?: number;
  seconds?: number;
  /** Coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Shows the ways of calls through a flow.
 * @param now milliseconds since 1970
 * @returns the exit code, 0
 * @throws Problem if there is no such flow
 */
export async function paths(
  name: string | undefined,
  { json = false, writeTests: writes = false, states, seconds = MOST_SECONDS, out }: PathsOptions,
  now = Date.now(),
): Promise<number> {
  const project = await buildProject();
  const built = callableFlow(project, name);
  const variables = await workerVariables();
  const exploration = exploreFlow(built, project.audio, {
    now,
    env: variables,
    ...(states !== undefined && { mostNodes: states }),
    mostMilliseconds: seconds * 1000,
  });
  const written = writes ? await writeTests(built, exploration, project, variables) : undefined;
  const tested = await playTests(built.flow.name, project, variables);
  const { report } = pathsReport(built, exploration, tested);
  out.write(
    json ? jsonOf(report, written) : `${textOfPaths(report, out)}\n${written ? textOf(written) : ""}`,
  );
  return 0;
}

function jsonOf(report: PathsReport, written: WrittenTests | undefined): string {
  return `${JSON.stringify({ ...report, ...(written && { written }) }, null, 2)}\n`;
}

function textOf({ file, names, left }: WrittenTests): string {
  const done =
    names.length === 0 ? `${file} has nothing to add.` : `${plural(names.length, "test")} added to ${file}.`;
  const open = left.map(({ exit, why }) => `No test for ${exit.from} → ${exit.to}: ${why}`);
  return `\n${[done, ...open].join("\n")}\n`;
}

/** The flow to explore, which callers can call. */
function callableFlow(project: Project, name: string | undefined): BuiltFlow {
  const part = project.flows.find(({ flow, graph }) => flow.name === name && !graph.isEntry);
  if (part) throw new Problem(`Only other flows run ${part.flow.name}. Name a flow that can be called.`);
  const flows = project.flows.filter(({ graph }) => graph.isEntry);
  return chooseFlow(project, name, { flows, which: "that can be called" });
}
