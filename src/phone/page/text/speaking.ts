/** Which step is being heard: several steps may be in one document, and only the last of them waits. */
import type { FlowView } from "../contract/flow.ts";
import type { StepView } from "../contract/steps.ts";
import type { TurnView } from "../contract/turn.ts";
import { mainOf } from "./route.ts";

/** A place in the path of the last turn. */
export interface Speaking {
  step: string;
  index: number;
}

/** The step that says a text or plays a file, at the place before or after it; undefined if none is known to. */
export function speakingIn(
  text: string,
  turns: readonly TurnView[],
  before: Speaking | undefined,
  flows: readonly FlowView[],
): Speaking | undefined {
  const last = mainOf(turns).at(-1);
  if (!last) return undefined;
  const { path, flow } = last;
  for (let index = before?.index ?? 0; index < path.length; index++) {
    const step = path[index] ?? "";
    if (stepOf(step, flow, flows)?.speaks?.some((one) => isHeard(one, text))) return { step, index };
  }
  return before;
}

function stepOf(name: string, entry: string, flows: readonly FlowView[]): StepView | undefined {
  const dot = name.indexOf(".");
  const [flow, own] = dot < 0 ? [entry, name] : [name.slice(0, dot), name.slice(dot + 1)];
  return flows.find((one) => one.name === flow)?.steps.find((one) => one.name === own);
}

const HOLE = /\{\{.*?\}\}/gs;

/** Whether a text of the flow, with holes, can be what is heard. */
function isHeard(written: string, heard: string): boolean {
  if (written === heard || written.endsWith(`/${heard}`)) return true;
  const parts = plain(written)
    .split(HOLE)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "is").test(plain(heard));
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
