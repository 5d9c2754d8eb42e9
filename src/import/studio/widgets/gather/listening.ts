/** How a gather listens: keys, recognition, and when an answer is complete. */
import { textIn, type Widget, wholeIn } from "../../definition.ts";
import { languageOf } from "../../prompts.ts";
import type { Tree } from "../../step.ts";

/** What a gather listens to. */
interface Heard {
  keys: boolean;
  speech: boolean;
  isMenu: boolean;
  /** The length of the longest choice. */
  longest: number;
  /** The phrases of the choices, which are hints anyway. */
  phrases?: readonly string[];
}

/** The keys of YAML; those that Twilio assumes anyway are left out. */
export function listening(widget: Widget, heard: Heard): Record<string, Tree | undefined> {
  const timeout = wholeIn(widget, "timeout") ?? 5;
  return {
    input: inputOf(heard),
    timeout: timeout === 5 || timeout < 1 ? undefined : Math.min(timeout, 60),
    ...(heard.keys && keysOf(widget, heard)),
    ...(heard.speech && speechOf(widget, heard.phrases ?? [])),
  };
}

/** Keys are listened to anyway, and so are words if a choice has some. */
function inputOf({ keys, speech, isMenu }: Heard): Tree | undefined {
  if (!speech) return undefined;
  if (!keys) return "speech";
  return isMenu ? undefined : "dtmf speech";
}

function keysOf(widget: Widget, { isMenu, longest }: Heard): Record<string, Tree | undefined> {
  const digits = wholeIn(widget, "number_of_digits");
  const isKept = digits !== undefined && digits >= 1 && digits <= 200 && !(isMenu && digits === longest);
  const isOpen = textIn(widget, "stop_gather") === "false";
  const key = isOpen ? "" : textIn(widget, "finish_on_key");
  const isStated = widget.properties.finish_on_key !== undefined || isOpen;
  return {
    numDigits: isKept ? digits : undefined,
    finishOnKey: isMenu || !isStated || key === "#" || !/^[0-9*#]?$/.test(key) ? undefined : key,
  };
}

function speechOf(widget: Widget, phrases: readonly string[]): Record<string, Tree | undefined> {
  const timeout = textIn(widget, "speech_timeout");
  const model = textIn(widget, "speech_model");
  const hints = textIn(widget, "hints")
    .split(",")
    .flatMap((one) => (one.trim() === "" || phrases.includes(one.trim()) ? [] : [one.trim()]));
  const hasModel = model !== "" && model !== "default";
  return {
    speechTimeout: speechTimeout(timeout, hasModel),
    speechModel: hasModel ? model : undefined,
    language: languageOf(textIn(widget, "gather_language")) || undefined,
    hints: hints.length === 0 ? undefined : hints,
    profanityFilter: textIn(widget, "profanity_filter") === "false" ? false : undefined,
  };
}

/** Twilio refuses `auto` with a model. */
function speechTimeout(timeout: string, hasModel: boolean): Tree | undefined {
  if (timeout === "auto") return hasModel ? undefined : "auto";
  return /^\d+$/.test(timeout) && Number(timeout) >= 1 ? Math.min(Number(timeout), 60) : undefined;
}
