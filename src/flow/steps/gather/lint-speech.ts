/** What a gather can get wrong in speech recognition: hints, models and their languages (TwiML Gather). */

import type { FindingDoc } from "../../language/diagnostic.ts";
import { isEnv } from "../../language/schema.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Gather } from "./body.ts";
import { expectedIn, HINT_LENGTH, MOST_HINTS } from "./speech.ts";

const ask = (more: string): string =>
  `steps:\n  ask:\n    gather:\n      prompt: Your account?\n      save: account\n      input: speech\n${more}      otherwise: bye\n    next: bye\n  bye:\n    hangup: Goodbye.\n`;

/** The findings of speech recognition. */
export const SPEECH_FINDINGS: readonly FindingDoc[] = [
  {
    code: "twilio-13330",
    severity: "warning",
    summary: `More than ${MOST_HINTS} hints, phrases of choices among them, or one of more than ${HINT_LENGTH} characters: Twilio takes no more.`,
    bad: ask(`      hints: ${"a very long hint ".repeat(7).trim()}\n`),
    good: ask("      hints: a short hint\n"),
  },
  {
    code: "twilio-13331",
    severity: "error",
    summary:
      "The language `multi` with another model than `deepgram_nova-3`: no other hears several at once.",
    bad: ask("      language: multi\n"),
    good: ask("      language: multi\n      speechModel: deepgram_nova-3\n"),
  },
  {
    code: "twilio-13335",
    severity: "error",
    summary: "`speechTimeout: auto` together with a `speechModel`: Twilio wants a number of seconds there.",
    bad: ask("      speechModel: phone_call\n      speechTimeout: auto\n"),
    good: ask("      speechModel: phone_call\n      speechTimeout: 2\n"),
  },
  {
    code: "model-language",
    severity: "warning",
    summary: "A speech model that does not know the gather's language: Twilio may refuse to listen.",
    bad: ask("      speechModel: phone_call\n      language: it-IT\n"),
    good: ask("      speechModel: phone_call\n      language: fr-FR\n"),
  },
];

const EXPERIMENTAL =
  "ar da-DK de-DE en-AU en-GB en-IN en-US es-ES es-US fi-FI fr-CA fr-FR hi-IN ja-JP ko-KR mk-MK nl-NL no-NO pl-PL pt-BR pt-PT ro-RO ru-RU th-TH tr-TR uk-UA vi-VN".split(
    " ",
  );
/** Models that know some languages only; the others know all that their provider does. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  phone_call: "en-US en-GB en-AU fr-FR fr-CA ja-JP ru-RU es-US es-ES pt-BR".split(" "),
  experimental_conversations: EXPERIMENTAL,
  experimental_utterances: EXPERIMENTAL,
};

/** Looks at what one gather hears. */
export function lintSpeech(step: Step<Gather>, flow: Flow, report: Report): void {
  const { speechTimeout, speechModel } = step.body;
  if (speechTimeout === "auto" && speechModel !== undefined) {
    const message =
      "with a `speechModel` Twilio wants seconds here, not auto; write 2, or leave out the model";
    report({ code: "twilio-13335", at: valueAt(step, "speechTimeout") ?? step.bodyNode, message });
  }
  if (step.body.enhanced === true && speechModel !== "phone_call" && !isEnv(speechModel)) {
    const message = "`enhanced` does nothing without `speechModel: phone_call`; add that, or remove this";
    report({
      code: "idle-attribute",
      severity: "warning",
      at: valueAt(step, "enhanced") ?? step.bodyNode,
      message,
    });
  }
  lintHints(step, report);
  lintLanguage(step, flow.settings.language ?? "en-US", report);
}

function lintHints(step: Step<Gather>, report: Report): void {
  const lists = [...expectedIn(step.body).values()];
  const long = lists.flat().find((hint) => hint.length > HINT_LENGTH && !hint.includes("{{"));
  const many = lists.find((list) => list.length > MOST_HINTS);
  if (long === undefined && !many) return;
  const at = valueAt(step, "hints") ?? valueAt(step, "choices") ?? step.bodyNode;
  const message = many
    ? `Twilio listens for ${MOST_HINTS} hints and phrases, and these are ${many.length}; the rest does not help it`
    : `"${long?.slice(0, 20)}…" is longer than the ${HINT_LENGTH} characters that Twilio listens for; shorten it`;
  report({ code: "twilio-13330", severity: "warning", at, message });
}

function lintLanguage(step: Step<Gather>, own: string, report: Report): void {
  const { speechModel, language = own } = step.body;
  const at = valueAt(step, "language") ?? valueAt(step, "speechModel") ?? kindKey(step);
  if (language === "multi" && speechModel !== "deepgram_nova-3" && !isEnv(speechModel)) {
    const message =
      "several languages at once are heard by `speechModel: deepgram_nova-3` only; name it, or one language";
    report({ code: "twilio-13331", at, message });
  }
  const known = typeof speechModel === "string" ? LANGUAGES[speechModel] : undefined;
  if (!known || known.some((tag) => language === tag || language.startsWith(`${tag}-`))) return;
  const message = `the model ${speechModel} knows ${known.join(", ")}, and not ${language}; choose another model`;
  report({ code: "model-language", severity: "warning", at, message });
}
