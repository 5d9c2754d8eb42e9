/** The flow that a command is about. */
import { hasError } from "../../flow/build.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { Problem } from "../problem.ts";
import type { Project } from "./project.ts";

/** The flows that a command can be about. */
interface Choosable {
  flows: readonly BuiltFlow[];
  /** What they have in common, after "flow": `that can be called`. */
  which: string;
}

/**
 * Chooses a flow by its name, or the only one there is.
 * @param among the flows to choose from; all of the project if left out
 * @throws Problem if no flow has this name, or it is left out and there are several
 */
export function chooseFlow(
  project: Pick<Project, "flows" | "diagnostics">,
  name: string | undefined,
  among: Choosable = { flows: project.flows, which: "" },
): BuiltFlow {
  const found = among.flows.filter(({ flow }) => name === undefined || flow.name === name);
  const [first] = found;
  if (first && found.length === 1) return first;
  const kind = among.which === "" ? "flow" : `flow ${among.which}`;
  const names = among.flows.map(({ flow }) => flow.name).join(", ");
  const known = names === "" ? `There is no ${kind}.` : `Name a ${kind}: ${names}.`;
  const isWrong = hasError(project.diagnostics);
  throw new Problem(isWrong ? `${known} Flows with errors do not count. See: npx ringflow check` : known);
}
