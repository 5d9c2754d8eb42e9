/** What a dial can get wrong beyond its shape and its destinations. */

import { edgesOf, stepsFrom } from "../../analysis/graph.ts";
import { groupsOf, isNumber } from "../../compile/destination.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import { sideStep } from "../../language/schema.ts";
import { splitText } from "../../language/text.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Leg } from "../../twiml/leg.ts";
import { playsKeys } from "../../twiml/prompt.ts";
import type { Dial } from "./body.ts";
import { lintTargets, TOO_MANY } from "./targets.ts";

const flow = (to: string, more: string, steps = ""): string =>
  `destinations:\n  reception: +14155550100\nsteps:\n  connect:\n    dial:\n      to: ${to}\n${more}      status: { else: hangup }\n    next: hangup\n${steps}`;
const SCREEN =
  "  screen:\n    gather:\n      prompt: To take the call, press 1.\n      choices: { 1: return }\n      otherwise: hangup\n";

/** The findings that only a dial makes. */
export const FINDINGS: readonly FindingDoc[] = [
  {
    code: "accept-without-whisper",
    severity: "error",
    summary: "A dial with `accept` and without `whisper`: nobody tells the callee which key to press.",
    bad: flow("reception", "      accept: 1\n"),
    good: flow("reception", "      whisper: Press 1 to take the call.\n      accept: 1\n"),
  },
  {
    code: "accept-with-step",
    severity: "error",
    summary: "A dial with `accept` whose `whisper` is a step: the step asks for keys by itself.",
    bad: flow("reception", "      whisper: { step: screen }\n      accept: 1\n", SCREEN),
    good: flow("reception", "      whisper: { step: screen }\n", SCREEN),
  },
  {
    code: "partly-computed",
    severity: "error",
    summary: "A `to` of which a part is computed: a computed number is checked as a whole.",
    bad: flow('"+1{{ input.digits }}"', '      allow: ["+1415*"]\n'),
    good: flow("\"{{ '+1' + input.digits }}\"", '      allow: ["+1415*"]\n'),
  },
  {
    code: "accept-in-queue",
    severity: "error",
    summary: "A dial to a queue with `accept`: Twilio asks nobody for a key who waits in a queue.",
    bad: flow("{ queue: support }", "      whisper: Here we are.\n      accept: 1\n"),
    good: flow("{ queue: support }", "      whisper: Here we are.\n"),
  },
  {
    code: "whisper-in-queue",
    severity: "error",
    summary:
      "A dial to a queue whose `whisper` is a step that asks or hangs up: Twilio only speaks to whoever is taken out of a queue.",
    bad: flow("{ queue: support }", "      whisper: { step: screen }\n", SCREEN),
    good: flow(
      "{ queue: support }",
      "      whisper: { step: screen }\n",
      "  screen:\n    say: Here we are.\n    next: return\n",
    ),
  },
  {
    code: "whisper-in-conference",
    severity: "warning",
    summary: "A dial to a conference with a `whisper`: the caller joins it, and nobody is called.",
    bad: flow("{ conference: standup }", "      whisper: A call.\n"),
    good: flow("{ conference: standup }", ""),
  },
  {
    code: "two-whispers",
    severity: "error",
    summary: "A `whisper`, and a leg with a `url` of its own: only one can be heard.",
    bad: flow("{ client: ada, url: https://example.com/hello }", "      whisper: A call.\n"),
    good: flow("{ client: ada }", "      whisper: A call.\n"),
  },
  TOO_MANY,
];

/** Looks at one dial. */
export function lint(step: Step<Dial>, flow: Flow, report: Report): void {
  lintComputed(step, report);
  lintAccept(step, report);
  lintLegs(step, flow, report);
  lintTargets(step, flow, report);
}

function lintAccept(step: Step<Dial>, report: Report): void {
  const { accept, whisper } = step.body;
  if (accept === undefined) return;
  if (whisper === undefined) {
    const message = "`accept` needs a `whisper` that tells the callee which key takes the call";
    report({ code: "accept-without-whisper", at: valueAt(step, "accept") ?? step.bodyNode, message });
    return;
  }
  const begin = sideStep(whisper);
  if (begin !== undefined) {
    const message = `"${begin}" asks for keys by itself; remove \`accept\`, and lead to \`return\` to connect, to \`hangup\` to refuse`;
    report({ code: "accept-with-step", at: valueAt(step, "accept") ?? step.bodyNode, message });
  } else if (playsKeys(whisper)) {
    const message = "keys cannot be played while the callee is asked for one; leave them out";
    report({ code: "twilio-13320", at: valueAt(step, "whisper") ?? step.bodyNode, message });
  }
}

/** What a dial's own keys do not go with, in any of the legs that it may ring. */
function lintLegs(step: Step<Dial>, flow: Flow, report: Report): void {
  const { accept, whisper } = step.body;
  const at = valueAt(step, "to") ?? step.bodyNode;
  const tell = (code: string, message: string): void => report({ code, at, message });
  for (const leg of legsOf(step.body, flow)) {
    if (typeof leg !== "object") continue;
    if (accept !== undefined && "queue" in leg) {
      tell("accept-in-queue", "who waits in a queue is not asked for a key; remove `accept`");
    }
    const asking = "queue" in leg ? askingStep(step.body, flow) : undefined;
    if (asking !== undefined) {
      const message = `"${asking}" asks or hangs up, and who is taken out of a queue only listens; whisper by \`say\` or \`play\``;
      tell("whisper-in-queue", message);
    }
    if (whisper !== undefined && "conference" in leg && !isComputed(step.body)) {
      const message = "nobody is called where a conference is joined, so nobody hears `whisper`; remove it";
      report({ code: "whisper-in-conference", severity: "warning", at, message });
    }
    if (whisper !== undefined && "url" in leg && leg.url !== undefined) {
      tell("two-whispers", "`whisper` is heard from here and a leg's `url` from elsewhere; remove one");
    }
    if ("wait" in leg && leg.wait !== undefined && leg.waitUrl !== undefined) {
      tell(
        "two-waits",
        "a conference's `wait` is heard from here and its `waitUrl` from elsewhere; remove one",
      );
    }
  }
}

/** TwiML Queue, "url": Play, Say, Pause and Redirect, as in a conference's waiting room. The step that says more. */
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

function lintComputed(step: Step<Dial>, report: Report): void {
  const { to } = step.body;
  if (typeof to !== "string" || !to.includes("{{") || splitText(to.trim()).parts.length === 1) return;
  const message = isNumber(to)
    ? "part of this number is computed; compute all of it in one `{{ }}` and name what is allowed in `allow`"
    : "a computed destination is one whole `{{ }}`; write the rest inside it";
  report({ code: "partly-computed", at: valueAt(step, "to") ?? step.bodyNode, message });
}
