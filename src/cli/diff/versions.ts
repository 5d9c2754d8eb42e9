/** The two versions of a project that are compared. */
import { dirname } from "node:path";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { Problem } from "../problem.ts";
import { type BuiltFiles, buildFiles } from "../project/build-files.ts";
import { flowFiles, readFiles } from "../project/files.ts";
import { buildProject } from "../project/project.ts";
import { atRevision } from "./revision.ts";

/** A project as it was. */
export interface Earlier {
  /** What it is called: `HEAD`, or a path. */
  name: string;
  built: BuiltFiles;
  tests: readonly SourceFile[];
}

/** A flow in both versions. One of them is missing if the flow is new, gone, or has an error there. */
export interface Versions {
  name: string;
  was: BuiltFlow | undefined;
  now: BuiltFlow | undefined;
  /** Why one is missing, if not because the flow is new or gone. */
  wrong?: string;
}

/** Builds the project at a revision, and uses it. */
export function withRevision<Result>(
  revision: string,
  use: (was: Earlier) => Promise<Result>,
): Promise<Result> {
  return atRevision(revision, async ({ flows, tests }) =>
    use({ name: revision, built: await buildFiles(flows), tests }),
  );
}

/**
 * Builds a file and the flows next to it, which it can run.
 * @param as the flow that it is compared with: the one of its name if left out, or the only one that can be called
 * @throws Problem if there is no such file, or it could be a version of several flows
 */
export async function fromFile(path: string, as: string | undefined, now: BuiltFiles): Promise<Earlier> {
  const siblings = (await flowFiles([dirname(path)])).filter(
    (one) => dirname(one) === dirname(path) && one !== path,
  );
  const [file, ...others] = await readFiles([path, ...siblings]);
  if (!file) throw new Problem(`No file ${path}.`);
  const name = as ?? counterpartOf(path, now);
  // Under the name of the flow that it is compared with.
  const named = { ...file, path: `${dirname(path)}/${name}.yaml` };
  const rest = others.filter((one) => flowName(one.path) !== name);
  return { name: path, built: await buildFiles([named, ...rest]), tests: [] };
}

function counterpartOf(path: string, now: BuiltFiles): string {
  const own = flowName(path);
  if (isRead(now, own)) return own;
  const [only, ...others] = now.flows.filter(({ program }) => !program.isPart).map(({ flow }) => flow.name);
  if (only !== undefined && others.length === 0) return only;
  throw new Problem(
    `There is no flow "${own}" here. Name the flow that ${path} is compared with: npx ringflow diff ${path} ${only ?? "<flow>"}`,
  );
}

/** The project as it is. */
export async function present(): Promise<BuiltFiles> {
  return buildProject();
}

/**
 * Pairs the flows of both by name. Parts are compared within the flows that run them.
 * @param names the flows that are wanted; all if empty
 * @throws Problem if one is in neither version
 */
export function pairFlows(was: BuiltFiles, now: BuiltFiles, names: readonly string[]): Versions[] {
  const known = new Set([...was.read, ...now.read].map(({ flow }) => flow.name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new Problem(`No flow "${unknown}" in either version. There are ${[...known].sort().join(", ")}.`);
  const wanted = names.length > 0 ? names : [...known].sort();
  return wanted.flatMap((name) => {
    const [before, after] = [flowIn(was, name), flowIn(now, name)];
    const isPart = [before, after].some((one) => one?.program.isPart);
    if (isPart && names.length === 0) return [];
    const missing = [
      ...(before || !isRead(was, name) ? [] : [errorIn(was, name, "before")]),
      ...(after || !isRead(now, name) ? [] : [errorIn(now, name, "now")]),
    ];
    return [{ name, was: before, now: after, ...(missing[0] !== undefined && { wrong: missing[0] }) }];
  });
}

function flowIn({ flows }: BuiltFiles, name: string): BuiltFlow | undefined {
  return flows.find(({ flow }) => flow.name === name);
}

function isRead({ read }: BuiltFiles, name: string): boolean {
  return read.some(({ flow }) => flow.name === name);
}

function errorIn({ read, diagnostics }: BuiltFiles, name: string, when: string): string {
  const file = read.find(({ flow }) => flow.name === name)?.flow.file;
  const own = diagnostics.find((one) => one.severity === "error" && one.file === file);
  const why = own ? own.message : "a flow that it runs has an error";
  return `It cannot be compared, because it has an error ${when}: ${why}.`;
}
