/** Sub-flows and roads: one that speaks cannot answer a text message, and one that asks by text message cannot run in a call. */
import type { Checked } from "../analysis/checked.ts";
import { edgesOf, isTakenOn, stepsFrom } from "../analysis/graph.ts";
import type { Problem } from "../language/diagnostic.ts";
import type { Medium } from "../language/side-roads.ts";
import { type Step, valueAt } from "../model/flow.ts";

/** What a step of a sub-flow does that does not fit, and which one it is. */
interface Misfit {
  step: string;
  does: string;
}

/**
 * The problem with where a step runs a sub-flow. The steps of a sub-flow itself are judged where another flow runs that.
 * @param parts the sub-flow, and those that it can run in turn
 */
export function misplacedPart(
  step: Step,
  { graph }: Checked,
  parts: readonly Checked[],
): Problem<"voice-part" | "text-part"> | undefined {
  if (!graph.isEntry) return undefined;
  const [part] = parts;
  const spoken = graph.beside.get("message")?.has(step.name) ? firstOf(parts, "text", spokenBy) : undefined;
  if (spoken) {
    const message = `this answers a text message, and "${spoken.step}" of "${part?.flow.name}" ${spoken.does}; run a flow that only asks and answers by text`;
    return { code: "voice-part", message };
  }
  const written = graph.main.has(step.name) ? firstOf(parts, "voice", writtenBy) : undefined;
  if (!written) return undefined;
  const message = `a call runs this, and "${written.step}" of "${part?.flow.name}" ${written.does}; run it only on the road of \`onMessage\``;
  return { code: "text-part", message };
}

function firstOf(
  parts: readonly Checked[],
  on: Medium,
  does: (step: Step) => string | undefined,
): Misfit | undefined {
  for (const { flow, graph } of parts) {
    for (const step of graph.start === undefined ? [] : stepsFrom(graph.start, flow, on)) {
      const what = does(step);
      if (what !== undefined) return { step: step.name, does: what };
    }
  }
  return undefined;
}

/** What only a call can do. */
function spokenBy(step: Step): string | undefined {
  const { kind } = step;
  if (!kind.beside?.includes("message")) return `is a \`${kind.name}\``;
  if (kind.speaksFirst !== undefined && valueAt(step, kind.speaksFirst))
    return `speaks its \`${kind.speaksFirst}\``;
  const exits = edgesOf(step).filter((edge) => isTakenOn(edge, "text"));
  const exit = exits.find(({ to }) => to === "hangup" || to === "back")?.to;
  return exit === undefined ? undefined : `takes the exit \`${exit}\``;
}

/** What only a text message can do. */
function writtenBy({ kind }: Step): string | undefined {
  return kind.waitsForMessage && `asks by text message`;
}
