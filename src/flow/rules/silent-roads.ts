/** Side roads on which nobody listens, and for which nobody waits: what is said or set there is lost. */
import { expressionsIn, readsOf, type Written } from "../analysis/expressions.ts";
import { variableKept } from "../analysis/facts.ts";
import type { Mark } from "../language/mark.ts";
import { HEARD } from "../language/side-roads.ts";
import { type Step, valueAt } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";

const lost = (road: string, meanwhile: string): string =>
  `${road}: tell\nsteps:\n  greet:\n    hangup: Hello.\n  tell:\n    request: { url: "https://crm.example.com/lost", ${meanwhile}status: { else: return } }\n    next: return\n`;
const MEANWHILE = "meanwhile: One moment., ";
const late = (variable: string): string =>
  `onHangup: note\nvariables:\n  lost: { ${variable} }\nsteps:\n  greet:\n    say: "{{ vars.lost }}"\n    next: hangup\n  note:\n    set: { lost: true }\n    next: return\n`;
const part = (setting: string): string =>
  `takes: [name]\n${setting}variables:\n  name: { type: string }\nsteps:\n  greet:\n    say: "{{ vars.name }}"\n    next: return\n`;

export const silentRoads: Rule = {
  findings: [
    {
      code: "unheard-prompt",
      severity: "warning",
      summary: "A prompt on a side road that nobody hears.",
      bad: lost("onHangup", MEANWHILE),
      good: lost("onHangup", ""),
    },
    {
      code: "spoken-message",
      severity: "error",
      summary: "A prompt where a text message is answered: Twilio takes no speech there.",
      bad: lost("onMessage", MEANWHILE),
      good: lost("onMessage", ""),
    },
    {
      code: "lost-variable",
      severity: "warning",
      summary:
        "A variable that a call reads, and that nothing sets but a side road for which no call waits: `notify`, " +
        "`onHangup` and `onMessage` run on a copy of the variables.",
      bad: late("type: bool"),
      good: late("type: bool, keep: caller"),
    },
    {
      code: "message-to-part",
      severity: "warning",
      summary:
        "`onMessage` in a flow that others run: text messages are answered by the flow that the number points at.",
      bad: `${part("onMessage: answer\n")}  answer:\n    sms: { body: Hello. }\n    next: return\n`,
      good: part(""),
    },
  ],
  check(context) {
    for (const step of context.flow.steps) checkPrompt(step, context);
    checkLost(context);
    checkPart(context);
  },
};

function checkPrompt(step: Step, { graph, report }: RuleContext): void {
  const key = step.kind.speaksFirst;
  const at = key === undefined ? undefined : valueAt(step, key);
  if (!at) return;
  if (graph.beside.get("message")?.has(step.name)) {
    const message = `\`${key}\` is spoken, and a text message is answered here; remove it, or write another step for calls`;
    report({ code: "spoken-message", at, message });
  } else if (graph.reached.has(step.name) && !isHeard(step, graph)) {
    const message = `nobody is there to hear \`${key}\`; remove it`;
    report({ code: "unheard-prompt", severity: "warning", at, message });
  }
}

/** Whether a call comes to a step, or goes on with what it set. */
function isHeard({ name }: Step, { main, beside }: RuleContext["graph"]): boolean {
  return main.has(name) || HEARD.some((road) => beside.get(road)?.has(name));
}

function checkLost({ flow, graph, facts, report }: RuleContext): void {
  // Where a step could not be read, nobody knows what it sets.
  if (flow.broken.length > 0) return;
  const heard = flow.steps.filter((step) => isHeard(step, graph));
  const others = flow.steps.filter((step) => !isHeard(step, graph) && graph.reached.has(step.name));
  const kept = new Set([...heard.flatMap(setBy), ...(flow.settings.takes ?? [])]);
  const read = new Set(heard.flatMap(({ marks }) => marks.flatMap(expressionsIn)).flatMap(namesIn));
  for (const step of others) {
    for (const mark of step.marks) {
      const name = setIn(mark);
      if (name === undefined || kept.has(name) || !read.has(name)) continue;
      if (facts.variables[name]?.keep !== undefined) continue;
      const message = `no call that reads ${name} ever sees what is set here; set it where the call goes, or \`keep\` it for the next call`;
      report({ code: "lost-variable", severity: "warning", at: mark.node, message });
    }
  }

  function namesIn({ text }: Written): string[] {
    if (!text.includes("vars") || !facts.environment.check(text).valid) return [];
    return readsOf(facts.environment.parse(text).ast).flatMap(({ root, field }) =>
      root === "vars" && field !== undefined ? [field] : [],
    );
  }
}

function setBy({ marks }: Step): string[] {
  return marks.flatMap((mark) => setIn(mark) ?? []);
}

/** The variable that a marked value assigns, if it does. */
function setIn(mark: Mark): string | undefined {
  return mark.mark === "value" ? mark.path.at(-1) : variableKept(mark);
}

function checkPart({ flow, graph, report }: RuleContext): void {
  if (!graph.isPart || flow.settings.onMessage === undefined) return;
  const at = flow.root.pairs.find(({ key }) => key.text === "onMessage")?.key ?? flow.root;
  const message =
    "other flows run this one, and it is theirs that the number's text messages go to; write `onMessage` there";
  report({ code: "message-to-part", severity: "warning", at, message });
}
