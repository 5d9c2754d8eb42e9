/** Gather Input On Call → `gather`: a menu if splits follow, else an answer that is saved. */
import { type Conversion, exitTo, leadsOf } from "../../conversion.ts";
import { textIn, transitionOf, type Widget, wholeIn } from "../../definition.ts";
import { promptOf } from "../../prompts.ts";
import { type Menu, menuOf } from "../../shape/menu.ts";
import { compact, Exit, Prompt, type Step, type Tree } from "../../step.ts";
import { againOf } from "./again.ts";
import { choicesOf } from "./choices.ts";
import { lengthOf } from "./length.ts";
import { listening } from "./listening.ts";

/** Converts a gather. */
export function convertGather(c: Conversion, widget: Widget): Step[] {
  const [pressed, said] = ["keypress", "speech"].map((event) => transitionOf(widget, event).next);
  const keys = menuOf(c, widget, pressed, "Digits");
  const words = menuOf(c, widget, said, "SpeechResult");
  if (keys && (!said || words || isAgain(c, widget, said, keys))) return [menu(c, widget, { keys, words })];
  if (words && !pressed) return [menu(c, widget, { words })];
  const isBack = pressed !== undefined && said !== undefined && leadsBack(c, widget, said);
  if (isBack) c.notes.changedExits.add(`${widget.name} speech`);
  return answer(c, widget, pressed, isBack ? undefined : said, isBack);
}

function leadsBack(c: Conversion, widget: Widget, said: string): boolean {
  return said === widget.name || leadsOf(c, widget.name).includes(said);
}

/** Whether what is said leads to where a wrong key does, or back to the question. */
function isAgain(c: Conversion, widget: Widget, said: string, { other }: Menu): boolean {
  return said === other || leadsBack(c, widget, said);
}

/** A gather with choices. */
function menu(c: Conversion, widget: Widget, menus: { keys?: Menu; words?: Menu | undefined }): Step {
  const { keys, words } = menus;
  const silence = transitionOf(widget, "timeout").next;
  const wrong = words?.other ?? keys?.other;
  const again = againOf(c, widget, {
    silence,
    wrong: (keys ?? words)?.other,
    spoken: words?.other,
    hasWrong: true,
  });
  const phrases = words?.options.flatMap(({ answers }) => answers) ?? [];
  c.notes.phrases.set(widget.name, phrases);
  if (!words && keys) deafTo(c, widget, transitionOf(widget, "speech").next, wrong);
  const body = compact({
    prompt: promptIn(c, widget),
    choices: choicesOf(c, keys, words),
    ...listening(widget, {
      keys: keys !== undefined,
      speech: words !== undefined,
      isMenu: true,
      longest: longestOf(keys),
      phrases,
    }),
    ...again,
  });
  return stepOf(
    widget,
    body,
    [keys, words].flatMap((one) => (one ? [one.split] : [])),
  );
}

function longestOf(keys: Menu | undefined): number {
  return Math.max(0, ...(keys?.options ?? []).flatMap(({ answers }) => answers.map(({ length }) => length)));
}

/** A gather whose answer is a value. */
function answer(
  c: Conversion,
  widget: Widget,
  pressed: string | undefined,
  said: string | undefined,
  isDeaf = false,
): Step[] {
  const length = said === undefined ? lengthOf(c, widget, pressed) : undefined;
  const silence = transitionOf(widget, "timeout").next;
  const again = againOf(c, widget, {
    silence,
    wrong: length?.wrong,
    hasWrong: length !== undefined,
    ...(length && { prompt: length.prompt }),
  });
  const isBoth = pressed !== undefined && said !== undefined;
  if (pressed !== undefined && said === undefined && !isDeaf) deafTo(c, widget, undefined, undefined);
  const body = compact({
    prompt: promptIn(c, widget),
    matches: length?.matches,
    ...listening(widget, { keys: !said || isBoth, speech: said !== undefined, isMenu: false, longest: 0 }),
    ...again,
  });
  const step = stepOf(widget, body, length?.widgets ?? []);
  if (!isBoth || pressed === said)
    return [{ ...step, next: exitTo(c, length ? length.next : (pressed ?? said)) }];
  return [{ ...step, next: new Exit(`${widget.name}/how`) }, howAnswered(c, widget, pressed, said)];
}

/** Keys and speech lead to different places. */
function howAnswered(c: Conversion, widget: Widget, pressed: string, said: string): Step {
  const body: Tree = [{ when: 'input.speech != ""', next: exitTo(c, said) }, { next: exitTo(c, pressed) }];
  return {
    key: `${widget.name}/how`,
    wish: `${widget.name} said`,
    widgets: [widget.name],
    kind: "branch",
    body,
  };
}

function stepOf(widget: Widget, body: Tree, widgets: readonly string[]): Step {
  return { key: widget.name, wish: widget.name, widgets: [widget.name, ...widgets], kind: "gather", body };
}

/** Own words, or those of the Say/Play that only leads here. */
function promptIn(c: Conversion, widget: Widget): Prompt | undefined {
  const leads = leadsOf(c, widget.name);
  const items = [...leads, widget.name].flatMap((name) => {
    const one = c.graph.widgets.get(name);
    return one ? promptOf(c, one) : [];
  });
  return items.length === 0 ? undefined : new Prompt(items);
}

/** Studio listens for words everywhere; a flow only where they lead somewhere. */
function deafTo(c: Conversion, widget: Widget, said: string | undefined, wrong: string | undefined): void {
  c.notes.changedExits.add(`${widget.name} speech`);
  if (said !== undefined && said === wrong) return;
  const was = said === undefined ? "a caller who said something was hung up on" : `words led to ${said}`;
  c.notes.changed.push({ widget: widget.name, was, is: "only keys are listened to" });
  if (wholeIn(widget, "timeout") === 0) c.notes.changedExits.add(`${widget.name} timeout`);
  if (/\bsay\b/i.test(textIn(widget, "say")) && said === undefined)
    c.notes.mistakes.push({
      widget: widget.name,
      text: "it asks the caller to say something, and has no exit for speech",
    });
}
