/** Send & Wait For Reply → `ask`. */
import { optOutWord } from "../../../../program/opt-out.ts";
import { type Conversion, exitTo, textFor } from "../../conversion.ts";
import { textIn, transitionOf, type Widget } from "../../definition.ts";
import { noteOnce } from "../../notes.ts";
import type { Menu } from "../../shape/menu.ts";
import { compact, Exit, type Step, type Tree } from "../../step.ts";
import { valuesOf } from "../../values/compared.ts";
import { messageCel } from "../../values/replies.ts";
import { noteSender } from "../message.ts";
import { stepFor } from "../widget.ts";
import { againOf } from "./again.ts";
import { shapeOf } from "./shape.ts";
import { timeoutOf } from "./timeout.ts";

/** Converts a Send & Wait For Reply; calls have no counterpart. */
export function convertReply(c: Conversion, widget: Widget): Step[] | undefined {
  if (c.road !== "text") return undefined;
  const shape = shapeOf(c, widget);
  const { menu, picture, next, wrong } = shape;
  const prompt = textFor(c, widget, textIn(widget, "body")).text.trim() || "{{ '' }}";
  const media = textIn(widget, "media_url").trim();
  noteSender(c, widget);
  noteFailure(c, widget);
  noteReserved(c, widget);
  if (menu)
    c.notes.phrases.set(
      widget.name,
      menu.options.flatMap(({ answers }) => answers),
    );
  const kept = keptBy(c, widget);
  const isOpen = menu === undefined && (picture === undefined || wrong === undefined);
  const body = compact({
    prompt,
    mediaUrl: media === "" ? undefined : textFor(c, widget, media).text,
    choices: menu && choicesOf(c, menu),
    picture: picture && exitTo(c, picture.next),
    timeout: timeoutOf(c, widget),
    ...againOf(c, widget, shape, prompt),
  });
  const widgets = [widget.name, picture?.split ?? [], menu?.split ?? []].flat();
  const ask = stepFor(widget, { kind: "ask", body, widgets });
  if (!isOpen) return [ask];
  if (!kept) return [{ ...ask, next: exitTo(c, next) }];
  return [
    { ...ask, next: new Exit(kept.key) },
    { ...kept, next: exitTo(c, next) },
  ];
}

/** The choices: an option's first word is its name. */
function choicesOf(c: Conversion, { options }: Menu): Tree {
  return Object.fromEntries(
    options.map(({ answers: [first = "", ...more], next }) => {
      const [word, another] = more;
      const exit = exitTo(c, next);
      const full = compact({ next: exit, words: another === undefined ? word : more });
      return [` ${first}`, more.length === 0 ? exit : full];
    }),
  );
}

/** Keeps what is read after the next question. */
function keptBy(c: Conversion, widget: Widget): Step | undefined {
  const pairs = ["MediaUrl0", "NumMedia"].flatMap((field): [string, string][] => {
    const cel = messageCel(["inbound", field]);
    if (!cel || !c.values.sources.isKept(widget, field)) return [];
    return [[c.values.keptOf(widget, field, cel).name, `{{ ${cel.cel} }}`]];
  });
  if (pairs.length === 0) return undefined;
  const key = `${widget.name}/kept`;
  return stepFor(widget, {
    key,
    wish: `${widget.name} kept`,
    widgets: [],
    kind: "set",
    body: Object.fromEntries(pairs),
  });
}

/** Twilio reports a failed delivery later, and the question has no exit for it. */
function noteFailure(c: Conversion, widget: Widget): void {
  const { next } = transitionOf(widget, "deliveryFailure");
  if (next === undefined) return;
  c.notes.changedExits.add(`${widget.name} deliveryFailure`);
  if (next === transitionOf(widget, "timeout").next)
    c.notes.changed.push({
      widget: widget.name,
      was: `a message that was not delivered led to ${next} at once`,
      is: "it leads there after the `timeout`",
    });
  else
    noteOnce(c.notes.left, {
      widget: widget.name,
      text: `the exit of a message that was not delivered, to \`${next}\``,
    });
}

/** Reports words that never reach a flow. */
function noteReserved(c: Conversion, widget: Widget): void {
  for (const word of c.values.sources
    .comparedWith(["widgets", widget.name, "inbound", "Body"])
    .flatMap(valuesOf))
    if (optOutWord(word) !== undefined)
      noteOnce(c.notes.mistakes, {
        widget: widget.name,
        text: `Twilio itself acts on the reply \`${word}\`, so it leads nowhere`,
      });
}
