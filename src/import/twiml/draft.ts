/** A flow in the making, from TwiML and from twimlets. */
import { GAP } from "../../flow/language/gap.ts";
import { studioName } from "../../flow/language/studio-names.ts";
import { Taken, variableName } from "../studio/names.ts";
import { Exit, HANGUP, Prompt, type PromptItem, type Step, type Tree } from "../studio/step.ts";
import type { Variable } from "../studio/values/declared.ts";

/** The steps so far. */
export interface TwimlDraft {
  steps: Step[];
  keys: Taken;
  variables: Map<string, Variable>;
  /** The steps of URLs, so that a circle of URLs is one of steps. */
  urls: Map<string, Exit>;
  /** What is different, or to be done. */
  notes: string[];
}

/** A draft without steps. */
export function newTwimlDraft(): TwimlDraft {
  return { steps: [], keys: new Taken(), variables: new Map(), urls: new Map(), notes: [] };
}

/** Adds a step, and gives the exit to it. */
export function addStep(
  draft: TwimlDraft,
  wish: string,
  kind: string,
  body: Tree,
  more: Pick<Step, "next" | "comment"> = {},
): Exit {
  const exit = new Exit(draft.keys.take(wish));
  draft.steps.push({ key: exit.to, wish, widgets: [], kind, body, ...more });
  return exit;
}

/** A prompt, and what follows it; what follows if there is nothing to hear. */
export function spokenThen(draft: TwimlDraft, wish: string, items: readonly PromptItem[], next: Exit): Exit {
  if (items.length === 0) return next;
  return addStep(draft, wish, "say", new Prompt(items), { next });
}

/** A text or the URL of a recording, as a prompt. */
export function itemOf(draft: TwimlDraft, text: string, voice = "", language = ""): PromptItem[] {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "") return [];
  if (/^https?:\/\/\S+$/.test(plain)) return [{ play: plain }];
  return [{ say: withNames(draft, plain), voice, language }];
}

/** The templates of TwiML Bins, such as `{{From}}`, as expressions. */
export function withNames(draft: TwimlDraft, text: string): string {
  return text.replace(/\{\{\s*([#/]?)\s*([\w.]+)\s*\}\}/g, (_, section: string, name: string) => {
    if (section !== "") return "";
    const here = studioName(`trigger.call.${name}`)?.here;
    if (here !== undefined && /^(?:caller|call)\./.test(here)) return `{{ ${here} }}`;
    const taken = variableName(name);
    draft.variables.set(taken, { name: taken, type: "string", isTaken: true });
    return `{{ vars.${taken} }}`;
  });
}

/** A marked step for what has no counterpart; the call continues. */
export function gapStep(draft: TwimlDraft, wish: string, why: string, next: Exit = HANGUP): Exit {
  draft.notes.push(why);
  return addStep(draft, wish, "branch", [{ next }], { comment: [`${GAP} ${why}`] });
}

/** A number in full; ten digits are American. */
export function fullNumber(text: string): string {
  if (text.includes("{{") || text.trim().startsWith("+")) return text.trim().replace(/[^+\d{}\w. ]/g, "");
  const digits = text.replace(/\D/g, "");
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}
