/** Renaming a step, a destination or hours, wherever they are named. */

import { EXIT_WORDS } from "../../flow/language/exit-schema.ts";
import { NAME } from "../../flow/language/name.ts";
import type { Project } from "../project/project.ts";
import { occurrencesIn, type Sort } from "./occurrences.ts";
import { type Named, type Place, placesOf, testsOf, unreadable } from "./references.ts";

/** What can be renamed. A variable can be a part of other flows' files, and a flow is a file. */
const RENAMED: readonly Sort[] = ["step", "destination", "hours"];

/** Why it cannot be renamed; undefined if it can. */
export function refusal({ sort, name }: Pick<Named, "sort" | "name">): string | undefined {
  if (RENAMED.includes(sort)) return undefined;
  return sort === "flow"
    ? `"${name}" is a flow: rename its file.`
    : `"${name}" is a variable: only steps, destinations and hours can be renamed.`;
}

/** The places to change, or why the new name cannot be used. */
export async function renamed(project: Project, named: Named, newName: string): Promise<Place[] | string> {
  const wrong = refusal(named) ?? wrongName(named, newName);
  if (wrong !== undefined) return wrong;
  const files = [named.flow, ...(await testsOf(project, named.flow))];
  const reads = await Promise.all(files.map((path) => project.read(path)));
  const broken = unreadable(reads);
  if (broken.length > 0) return `${broken.join(", ")} cannot be read: repair its YAML first.`;
  const taken = reads.some(
    (read) =>
      read &&
      occurrencesIn(read).some((one) => one.sort === named.sort && one.isDefinition && one.name === newName),
  );
  return taken ? `There is already a ${named.sort} "${newName}".` : placesOf(project, named);
}

function wrongName({ sort }: Named, name: string): string | undefined {
  if (sort === "step" && EXIT_WORDS.some((word) => word === name))
    return `"${name}" is an exit and cannot name a step.`;
  if (new RegExp(NAME).test(name)) return undefined;
  return `"${name}" cannot be a name: write lower-case words with hyphens, such as front-desk.`;
}
