/** Where a name is defined and used, in the file and in those that belong to it. */

import { flowName } from "../../flow/shape/validate.ts";
import { topValue } from "../place/scan.ts";
import type { Project } from "../project/project.ts";
import type { FileRead } from "../project/read.ts";
import { type Occurrence, occurrenceAt, occurrencesIn, type Sort } from "./occurrences.ts";

/** Something that has a name, and the flow that it belongs to. */
export interface Named {
  sort: Sort;
  name: string;
  /** The flow's path; of a flow, its own. */
  flow: string;
  /** The occurrence that was asked about. */
  at: Occurrence;
}

/** An occurrence and its file. */
export interface Place {
  path: string;
  occurrence: Occurrence;
}

/** What is named at an offset of a file; undefined for nothing, or for an unknown flow. */
export async function namedAt(project: Project, path: string, offset: number): Promise<Named | undefined> {
  const read = await project.read(path);
  const at = read && occurrenceAt(read, offset);
  if (!read || !at) return undefined;
  const flows = await project.flowsAround(path);
  const name =
    at.sort === "flow" ? at.name : read.kind === "test" ? topValue(read.file.text, "flow") : undefined;
  const flow = name === undefined ? path : flows.get(name);
  return flow === undefined ? undefined : { sort: at.sort, name: at.name, flow, at };
}

/** The file of a name's definition, with the occurrence; a flow is its whole file. */
export async function definitionOf(
  project: Project,
  { sort, name, flow }: Named,
): Promise<Place | undefined> {
  if (sort === "flow") {
    return { path: flow, occurrence: { sort, name, span: { start: 0, end: 0 }, isDefinition: true } };
  }
  const read = await project.read(flow);
  const found = read && occurrencesIn(read).filter((one) => one.sort === sort && one.name === name);
  // A variable that is not declared begins where it is first saved.
  const first =
    found?.find(({ isDefinition }) => isDefinition) ?? (sort === "variable" ? found?.[0] : undefined);
  return first && { path: flow, occurrence: first };
}

/** Every place that names it: in its flow, in that flow's tests and, of a flow, in the flows that run it. */
export async function placesOf(project: Project, { sort, name, flow }: Named): Promise<Place[]> {
  const own = sort === "flow" ? [...(await project.flowsAround(flow)).values()] : [flow];
  const files = [...own, ...(await testsOf(project, flow))];
  const reads = await Promise.all(files.map((path) => project.read(path)));
  return reads.flatMap((read) =>
    read === undefined
      ? []
      : occurrencesIn(read)
          .filter((one) => one.sort === sort && one.name === name)
          .map((occurrence) => ({ path: read.file.path, occurrence })),
  );
}

/** The tests of a flow. */
export async function testsOf(project: Project, flow: string): Promise<string[]> {
  const tests = await Promise.all(
    (await project.testsAround(flow)).map(async (path): Promise<string[]> => {
      const text = await project.textOf(path);
      return text !== undefined && topValue(text, "flow") === flowName(flow) ? [path] : [];
    }),
  );
  return tests.flat();
}

/** The files that have to be read whole before a name in them is changed, and cannot be. */
export function unreadable(reads: readonly (FileRead | undefined)[]): string[] {
  return reads.flatMap((read) => (read && !read.root ? [read.file.path] : []));
}
