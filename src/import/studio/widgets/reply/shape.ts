/** What follows a Send & Wait For Reply decides what kind of question it is: a menu, one for a picture, or an open one. */
import { formsOf } from "../../../../flow/steps/phrases.ts";
import { optOutWord } from "../../../../program/opt-out.ts";
import type { Conversion } from "../../conversion.ts";
import { transitionOf, type Widget } from "../../definition.ts";
import { reachedFrom } from "../../graph.ts";
import { circleTo } from "../../shape/circle.ts";
import { type Menu, menuOf, type Option } from "../../shape/menu.ts";
import { isReply } from "../../values/replies.ts";
import { type Picture, pictureOf } from "./picture.ts";

/** A question, and where its answers lead. */
export interface Shape {
  menu: Menu | undefined;
  picture: Picture | undefined;
  /** Where any words lead, without a menu. */
  next: string | undefined;
  /** The exit of a wrong answer, as `widget event`; undefined if no answer is wrong. */
  wrong: { edge: string; to: string | undefined } | undefined;
}

/** Reads what follows. */
export function shapeOf(c: Conversion, widget: Widget): Shape {
  const first = transitionOf(widget, "incomingMessage").next;
  const picture = c.values.sources.isKept(widget, "Body") ? undefined : pictureOf(c, widget, first);
  const next = picture ? picture.words : first;
  const found = menuOf(c, widget, next, "inbound.Body");
  const menu = found && withWords(found);
  if (menu && isKeeping(c, widget, menu)) return { menu, picture, next, wrong: wrongOf(menu) };
  const isAgain = picture !== undefined && circleTo(c, next, new Set([widget.name])) !== undefined;
  return {
    menu: undefined,
    picture,
    next,
    wrong: isAgain ? { edge: picture.edge, to: next } : undefined,
  };
}

function wrongOf({ split, other }: Menu): Shape["wrong"] {
  return { edge: `${split} noMatch`, to: other };
}

/** A wrong answer is not saved: if a later step reads it, the menu has to ask again. */
function isKeeping(c: Conversion, widget: Widget, { other }: Menu): boolean {
  if (["MediaUrl0", "NumMedia"].some((field) => c.values.sources.isKept(widget, field))) return false;
  if (c.values.sources.readersOf(["widgets", widget.name, "inbound", "Body"]).includes(widget.name))
    return false;
  return !c.values.sources.isKept(widget, "Body") || circleTo(c, other, new Set([widget.name])) !== undefined;
}

/** The menu with the words that can be chosen: each has one option, and Twilio keeps some to itself. */
function withWords({ options, ...menu }: Menu): Menu | undefined {
  const seen = new Set<string>();
  const kept: Option[] = [];
  for (const { answers, next } of options) {
    const words = answers.filter((word) => {
      const forms = formsOf(word, ["en-US"]);
      const isNew = optOutWord(word) === undefined && !forms.some((form) => seen.has(form));
      for (const form of forms) seen.add(form);
      return isNew;
    });
    const same = kept.findIndex((one) => one.next === next);
    if (same >= 0) kept[same] = { answers: [...(kept[same]?.answers ?? []), ...words], next };
    else if (words.length > 0) kept.push({ answers: words, next });
  }
  return seen.has("") || kept.length === 0 ? undefined : { ...menu, options: kept };
}

/** The replies whose words later steps read from the message. */
export function readInPlace(c: Conversion): Set<string> {
  const replies = [...c.graph.widgets.values()].filter(isReply);
  return new Set(replies.filter((widget) => isReadInPlace(c, widget)).map(({ name }) => name));
}

function isReadInPlace(c: Conversion, widget: Widget): boolean {
  if (c.values.sources.isKept(widget, "Body")) return false;
  const { picture, wrong } = shapeOf(c, widget);
  // If answers can be wrong, only the choices and the picture are right: the question saves nothing.
  if (wrong) return true;
  if (picture?.next === undefined) return false;
  // The question saves the picture's URL, not the words that came with it.
  const shown = reachedFrom(picture.next, c.graph.widgets, (name) => name === widget.name);
  return c.values.sources
    .readersOf(["widgets", widget.name, "inbound", "Body"])
    .some((name) => shown.has(name));
}
