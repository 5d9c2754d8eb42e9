/** What a question by text message does after a wrong answer, and after none. */
import { type Conversion, exitTo } from "../../conversion.ts";
import { textIn, transitionOf, type Widget } from "../../definition.ts";
import type { Names } from "../../liquid/cel.ts";
import { translate } from "../../liquid/text.ts";
import { type Circle, circleTo } from "../../shape/circle.ts";
import type { Exit, Tree } from "../../step.ts";
import { messageCel } from "../../values/replies.ts";
import type { Shape } from "./shape.ts";

/** How often a question is asked if it says nothing else, and the most that can be said in a message. */
const [ATTEMPTS, LONGEST] = [3, 1600];

/** `attempts`, `noMatch` and `otherwise`. */
export function againOf(
  c: Conversion,
  widget: Widget,
  { wrong }: Shape,
  prompt: string,
): Record<string, Tree | undefined> {
  const silence = exitTo(c, transitionOf(widget, "timeout").next);
  if (!wrong) return { otherwise: otherwiseOf(silence, silence) };
  const circle = circleOf(c, widget, wrong.to);
  const said = circle ? saidIn(c, widget, circle) : "";
  const noMatch = said === "" ? undefined : `${said} ${prompt}`;
  if (!circle || (noMatch ?? "").length > LONGEST)
    return { attempts: 1, otherwise: otherwiseOf(silence, exitTo(c, wrong.to)) };
  const { attempts = ATTEMPTS, after } = circle;
  if (noMatch !== undefined) c.notes.joinedTexts.add(wrong.edge);
  if (circle.attempts === undefined)
    c.notes.changed.push({
      widget: widget.name,
      was: "after wrong answers the question is asked again without end",
      is: `${attempts} attempts, then the end`,
    });
  return {
    attempts: attempts === ATTEMPTS ? undefined : attempts,
    noMatch,
    otherwise: otherwiseOf(silence, exitTo(c, after)),
  };
}

/** The road from a wrong answer back to the question, unless it has to stay as it is. */
function circleOf(c: Conversion, widget: Widget, wrong: string | undefined): Circle | undefined {
  const goals = new Set([widget.name]);
  const circle = circleTo(c, wrong, goals);
  if (!circle || (c.exact && circle.attempts === undefined)) return undefined;
  // A counter that silence counts up, too, cannot be the attempts.
  const silent = circleTo(c, transitionOf(widget, "timeout").next, goals);
  const isShared = circle.attempts !== undefined && silent?.attempts !== undefined;
  return isShared ? undefined : circle;
}

/** What is sent on the way back; the answer that did not match is the last message. */
function saidIn(c: Conversion, reply: Widget, { widgets }: Circle): string {
  const texts = widgets.flatMap((name) => {
    const widget = c.graph.widgets.get(name);
    if (widget?.type !== "send-message") return [];
    return [translate(textIn(widget, "body"), lastMessage(c, reply, c.values.namesIn(name))).text.trim()];
  });
  return texts.filter((text) => text !== "").join(" ");
}

function lastMessage({ values }: Conversion, { name }: Widget, names: Names): Names {
  return {
    ...names,
    refer: (path) => {
      const [root, widget, ...rest] = values.sources.sourceOf(path);
      const cel = root === "widgets" && widget === name ? messageCel(rest) : undefined;
      return cel ?? names.refer(path);
    },
  };
}

/** The end is what a question leads to anyway. */
function otherwiseOf(silence: Exit, other: Exit): Tree | undefined {
  const isSame = silence.to === other.to && silence.isWord === other.isWord;
  if (!isSame) return { silence, else: other };
  return silence.isWord && silence.to === "return" ? undefined : silence;
}
