/** What a gather does after silence and wrong answers: it asks again, or leads on. */
import { type Conversion, exitTo, leadsOf } from "../../conversion.ts";
import { textIn, type Widget } from "../../definition.ts";
import type { Names } from "../../liquid/cel.ts";
import { saidBy, spoken } from "../../prompts.ts";
import { type Circle, circleTo } from "../../shape/circle.ts";
import { type Exit, Prompt, type PromptItem, REPEAT, type Tree } from "../../step.ts";

/** Where a gather leads without a right answer. */
interface Otherwise {
  silence: string | undefined;
  wrong: string | undefined;
  /** What wrong words lead to, if that is not where wrong keys lead. */
  spoken?: string | undefined;
  /** Whether an answer can be wrong. */
  hasWrong: boolean;
  /** How what is said after a wrong answer is translated, if it reads the answer. */
  prompt?: (text: string, names: Names) => string;
}

/** How often a question without end is asked. */
const ATTEMPTS = 3;

/** `attempts`, `noInput`, `noMatch` and `otherwise`. */
export function againOf(c: Conversion, widget: Widget, to: Otherwise): Record<string, Tree | undefined> {
  const goals = goalsOf(c, widget);
  const silent = circleTo(c, to.silence, goals);
  const wrong = to.hasWrong ? (circleTo(c, to.wrong, goals) ?? circleTo(c, to.spoken, goals)) : undefined;
  const isExact = c.exact && (silent ?? wrong)?.attempts === undefined;
  if (isExact || !(silent || wrong)) return once(c, widget, to);
  if (silent && to.hasWrong && !wrong && to.wrong !== undefined) return once(c, widget, to);
  if (!silent && to.silence !== undefined) return once(c, widget, to);
  return several(c, widget, to, { silent, wrong });
}

function goalsOf(c: Conversion, widget: Widget): Set<string> {
  const leads = leadsOf(c, widget.name);
  return new Set([widget.name, ...leads]);
}

/** One attempt: both lead elsewhere, or are to stay as they were. */
function once(
  c: Conversion,
  widget: Widget,
  { silence, wrong, hasWrong }: Otherwise,
): Record<string, Tree | undefined> {
  const goals = goalsOf(c, widget);
  const exit = (name: string | undefined): Exit =>
    name !== undefined && goals.has(name) ? REPEAT : exitTo(c, name);
  const [silent, other] = [exit(silence), exit(wrong)];
  const isSame = !hasWrong || (silent.to === other.to && silent.isWord === other.isWord);
  return { attempts: 1, otherwise: isSame ? silent : { silence: silent, else: other } };
}

/** Several attempts, and then on. */
function several(
  c: Conversion,
  widget: Widget,
  to: Otherwise,
  { silent, wrong }: { silent: Circle | undefined; wrong: Circle | undefined },
): Record<string, Tree | undefined> {
  const limited = [silent, wrong].find((circle) => circle?.attempts !== undefined);
  const attempts = limited?.attempts ?? ATTEMPTS;
  noteChanges(c, widget, to, { silent, wrong, attempts, isLimited: limited !== undefined });
  return {
    attempts: attempts === ATTEMPTS ? undefined : attempts,
    noInput: promptIn(silent?.prompt),
    noMatch: promptIn(wrong && to.prompt ? reread(c, wrong, to.prompt) : wrong?.prompt),
    otherwise: exitTo(c, limited?.after),
  };
}

/** One prompt for every attempt: a list would have one entry for each. */
function promptIn(items: readonly PromptItem[] = []): Tree | undefined {
  const together = joinedText(items);
  if (together) return new Prompt([together]);
  return items.length === 0 ? undefined : [new Prompt(items)];
}

/** Texts of one voice as one text; undefined if they differ, or are recordings. */
function joinedText(items: readonly PromptItem[]): PromptItem | undefined {
  const [first] = items;
  if (!first || !("say" in first)) return undefined;
  const isOne = (item: PromptItem): item is typeof first =>
    "say" in item &&
    item.voice === first.voice &&
    item.language === first.language &&
    item.loop === undefined;
  const texts = items.filter(isOne);
  return texts.length === items.length ? { ...first, say: texts.map(({ say }) => say).join(" ") } : undefined;
}

/** What is said after a wrong answer, with the answer that was not saved. */
function reread(
  c: Conversion,
  { widgets }: Circle,
  translate: NonNullable<Otherwise["prompt"]>,
): PromptItem[] {
  return widgets.flatMap((name): PromptItem[] => {
    const widget = c.graph.widgets.get(name);
    const text = widget ? spoken(translate(textIn(widget, "say"), c.values.namesIn(name))) : "";
    return widget && text !== "" ? [saidBy(widget, text)] : [];
  });
}

interface Found {
  silent: Circle | undefined;
  wrong: Circle | undefined;
  attempts: number;
  isLimited: boolean;
}

function noteChanges(c: Conversion, widget: Widget, to: Otherwise, found: Found): void {
  const { silent, wrong, attempts, isLimited } = found;
  const { name } = widget;
  if (!isLimited) {
    const after = silent && wrong ? "silence and wrong answers" : silent ? "silence" : "wrong answers";
    c.notes.changed.push({
      widget: name,
      was: `after ${after} the question is asked again without end`,
      is: `${attempts} attempts, then ${c.end.to === "return" ? "the end" : "a hang-up"}`,
    });
  }
  if (!silent && to.silence === undefined)
    changedExit(c, name, "timeout", "silence ended the call", "silence counts as an attempt");
  if (to.hasWrong && !wrong && to.wrong === undefined)
    changedExit(c, name, "noMatch", "a wrong key ended the call at once", "a wrong key counts as an attempt");
  else if (to.hasWrong && to.wrong === undefined && to.spoken !== undefined)
    changedExit(
      c,
      name,
      "noMatch",
      "a wrong key ended the call at once",
      "a wrong key counts as an attempt, as wrong words do",
    );
}

function changedExit(c: Conversion, name: string, event: string, was: string, is: string): void {
  c.notes.changed.push({ widget: name, was, is });
  c.notes.changedExits.add(`${name} ${event}`);
}
