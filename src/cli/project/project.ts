/** Reads and builds the project in this folder: its flows, and the environment variables that they read. */

import type { Checked } from "../../flow/analysis/checked.ts";
import { type WorkerRead, workerReads } from "../../flow/analysis/worker-reads.ts";
import type { Finding } from "../../flow/catalogue.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { checkConstants, type Values } from "../../flow/rules/constants.ts";
import { unwatchedTimeouts } from "../../flow/rules/unwatched-timeouts.ts";
import { Problem } from "../problem.ts";
import { type BuiltFiles, buildFiles, type ReadFile } from "./build-files.ts";
import { devVarsFile, varsTable } from "./environment.ts";
import { FLOWS, flowFiles, readFiles } from "./files.ts";
import { hasObject, workerVariables } from "./variables.ts";

/** The result of building `flows/`. */
export interface Project extends BuiltFiles {
  files: SourceFile[];
}

/** The files that findings can be in: the flows, and the calendars that they name. */
export function sourcesOf({ files, calendars }: Project): SourceFile[] {
  return [...files, ...calendars];
}

/**
 * Builds everything in `flows/`.
 * @throws Problem if there is no flow, or two flows have the same name
 */
export async function buildProject(readOne?: ReadFile): Promise<Project> {
  const paths = await flowFiles([FLOWS]);
  if (paths.length === 0)
    throw new Problem(
      `No flows found in ${FLOWS}/. Write one in ${FLOWS}/<name>.yaml, or from a template: npx ringflow new`,
    );
  const files = await readFiles(paths);
  const built = await buildFiles(files, readOne);
  refuseNamesakes(built.flows);
  return { ...built, files };
}

// A number's webhook has the flow's name alone, without its folder.
function refuseNamesakes(flows: readonly BuiltFlow[]): void {
  const [first, second] =
    Object.values(Object.groupBy(flows, ({ flow }) => flow.name)).find((same) => same && same.length > 1) ??
    [];
  if (!first || !second) return;
  const { name, file } = second.flow;
  throw new Problem(
    `${first.flow.file} and ${file} would both be the flow "${name}". Rename one of the files.`,
  );
}

/** A project to run on this machine, and the variables of its Worker. */
export interface LocalProject extends Project {
  variables: Readonly<Record<string, string>>;
}

/** Builds the project to run on this machine: a variable set neither in wrangler.toml nor in .dev.vars is an error. */
export async function buildHere(readOne?: ReadFile): Promise<LocalProject> {
  const project = await buildProject(readOne);
  const variables = await workerVariables();
  const unset = findUnset(project.flows, (name) => Boolean(variables[name]), adviseHere);
  const wrong = findWrong(project.flows, variables);
  return { ...project, diagnostics: [...project.diagnostics, ...unset, ...wrong], variables };
}

function adviseHere(variable: string, isSecret: boolean): string {
  return isSecret
    ? `Set it in ${devVarsFile()}: ${variable}=…`
    : `Set it in wrangler.toml under ${varsTable()}: ${variable} = "…". A secret goes into ${devVarsFile()}: ${variable}=…`;
}

/**
 * An error for every unset variable and secret that a flow reads, at the first place that reads it; what a part reads is
 * reported for the part. `advice` says how to set one.
 */
export function findUnset(
  flows: readonly BuiltFlow[],
  isSet: (variable: string) => boolean,
  advice: (variable: string, isSecret: boolean) => string,
): Finding[] {
  return flows.flatMap(({ flow }) => {
    const unset = workerReads(flow).filter(({ name }) => !isSet(name));
    const names = Object.groupBy(unset, ({ name }) => name);
    return Object.values(names).flatMap((reads = []) => unsetFinding(flow, reads, advice));
  });
}

function unsetFinding(
  { name: flow, file }: BuiltFlow["flow"],
  reads: readonly WorkerRead[],
  advice: (variable: string, isSecret: boolean) => string,
): Finding[] {
  const first = reads.find(({ isSecret }) => !isSecret) ?? reads[0];
  if (!first) return [];
  const { name, isSecret, span } = first;
  const message = `the flow "${flow}" reads the ${isSecret ? "secret" : "variable"} ${name}, which is not set`;
  const hint = advice(name, isSecret);
  return [{ code: "unset-variable", severity: "error", file, span, message, hint }];
}

/** A warning for every time-out that no one watches, because the Worker has no Durable Object for it. */
export async function findUnwatched(flows: readonly Checked[]): Promise<Finding[]> {
  return (await hasObject("CONVERSATIONS")) === false ? flows.flatMap(unwatchedTimeouts) : [];
}

/** An error for every variable whose value does not fit the place that reads it. */
export function findWrong(flows: readonly Checked[], variables: Values): Finding[] {
  return flows.flatMap(({ flow }) => checkConstants(flow, variables));
}
