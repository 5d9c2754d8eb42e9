/** The checks of a dial, beyond its schema and its destinations. */

import { edgesOf, stepsFrom } from "../../analysis/graph.ts";
import { groupsOf, isNumber } from "../../compile/destination.ts";
import { sideStep } from "../../language/prompt-schema.ts";
import { splitText } from "../../language/text.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Leg } from "../../twiml/leg.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import type { Dial } from "./body.ts";
import type { Code } from "./findings.ts";
import { lintTargets } from "./targets.ts";

/** The codes of other parts that a dial can report. */
export type Shared = "idle-attribute" | "not-allowed" | "twilio-13320" | "two-waits";

/** Checks one dial. */
export function lint(step: Step<Dial>, flow: Flow, report: Report<Code | Shared>): void {
  lintComputed(step, report);
  lintAccept(step, report);
  lintLegs(step, flow, report);
  lintTargets(step, flow, report);
}

function lintAccept(step: Step<Dial>, report: Report<Code | Shared>): void {
  const { accept, whisper } = step.body;
  if (accept === undefined) return;
  if (whisper === undefined) {
    const message = "`accept` needs a `whisper`; add one that says which key takes the call";
    report({ code: "accept-without-whisper", at: valueAt(step, "accept") ?? step.bodyNode, message });
    return;
  }
  const begin = sideStep(whisper);
  if (begin !== undefined) {
    const message = `the step "${begin}" asks for keys itself; remove \`accept\`, and use \`return\` to connect, \`hangup\` to decline`;
    report({ code: "accept-with-step", at: valueAt(step, "accept") ?? step.bodyNode, message });
  } else if (playsKeys(whisper)) {
    const message = "tones cannot be played while the callee is asked for a key; remove them";
    report({ code: "twilio-13320", at: valueAt(step, "whisper") ?? step.bodyNode, message });
  }
}

/** Checks the dial's keys against every leg that it can ring. */
function lintLegs(step: Step<Dial>, flow: Flow, report: Report<Code | Shared>): void {
  const { accept, whisper } = step.body;
  const at = valueAt(step, "to") ?? step.bodyNode;
  const reportLeg = (code: Code | Shared, message: string): void => report({ code, at, message });
  for (const leg of legsOf(step.body, flow)) {
    if (typeof leg !== "object") continue;
    if (accept !== undefined && "queue" in leg) {
      reportLeg("accept-in-queue", "a caller in a queue cannot be asked for a key; remove `accept`");
    }
    const asking = "queue" in leg ? askingStep(step.body, flow) : undefined;
    if (asking !== undefined) {
      const message = `"${asking}" asks or hangs up, but a caller who leaves a queue can only listen; use \`say\` or \`play\``;
      reportLeg("whisper-in-queue", message);
    }
    if (whisper !== undefined && "conference" in leg && !isComputed(step.body)) {
      const message = "a dial to a conference calls nobody, so nobody hears `whisper`; remove it";
      report({ code: "whisper-in-conference", severity: "warning", at, message });
    }
    if (whisper !== undefined && "url" in leg && leg.url !== undefined) {
      reportLeg("two-whispers", "`whisper` and a leg's `url` exclude each other; remove one");
    }
    if ("wait" in leg && leg.wait !== undefined && leg.waitUrl !== undefined) {
      reportLeg("two-waits", "`wait` and `waitUrl` of a conference exclude each other; remove one");
    }
  }
}

/** The step of a whisper that does more than TwiML Queue's "url" allows: Play, Say, Pause and Redirect. */
function askingStep({ whisper }: Dial, flow: Flow): string | undefined {
  const begin = whisper === undefined ? undefined : sideStep(whisper);
  if (begin === undefined) return undefined;
  const steps = stepsFrom(begin, flow);
  const hangsUp = (step: Step): boolean => edgesOf(step).some(({ to }) => to === "hangup");
  return steps.find((step) => !step.kind.beside?.includes("room") || hangsUp(step))?.name;
}

function isComputed({ to }: Pick<Dial, "to">): boolean {
  return typeof to === "string" && to.includes("{{");
}

function legsOf({ to }: Dial, { settings }: Flow): Leg[] {
  const named = settings.destinations ?? {};
  const targets = isComputed({ to }) ? Object.values(named) : [to];
  return targets.flatMap((target) => groupsOf(named, target, false).flat());
}

function lintComputed(step: Step<Dial>, report: Report<Code | Shared>): void {
  const { to } = step.body;
  if (typeof to !== "string" || !to.includes("{{") || splitText(to.trim()).parts.length === 1) return;
  const message = isNumber(to)
    ? "only part of this number is computed; compute all of it in one `{{ }}`, and list the allowed numbers in `allow`"
    : "a computed destination must be one whole `{{ }}`; move the rest inside it";
  report({ code: "partly-computed", at: valueAt(step, "to") ?? step.bodyNode, message });
}
