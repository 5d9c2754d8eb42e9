/** A file in place of a sub-flow that was not imported. */
import { GAP } from "../../flow/language/gap.ts";
import { type PlainMap, writePair } from "../write/yaml.ts";
import type { PartNeeded } from "./conversion.ts";

/** A part that takes and gives what is wanted of it, and only returns. */
export function stubOf({ sid, takes, gives }: PartNeeded): string {
  const names = [...new Set([...takes, ...gives])];
  const variables: PlainMap = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  return [
    `# ${GAP} the sub-flow ${sid || "without a SID"} was not imported. Import it, and put its steps here.\n`,
    ...(takes.size > 0 || gives.size === 0 ? [writePair("takes", [...takes], "")] : []),
    ...(gives.size > 0 ? [writePair("gives", [...gives], "")] : []),
    ...(names.length > 0 ? [writePair("variables", variables, "")] : []),
    "steps:\n  begin:\n    branch: [{ next: return }]\n",
  ].join("");
}
