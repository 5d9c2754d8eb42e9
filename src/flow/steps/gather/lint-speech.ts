import { isEnv } from "../../language/schema.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Gather } from "./body.ts";
import { expectedIn, HINT_LENGTH, MOST_HINTS } from "./speech.ts";
import type { SpeechCode } from "./speech-findings.ts";

const EXPERIMENTAL =
  "ar da-DK de-DE en-AU en-GB en-IN en-US es-ES es-US fi-FI fr-CA fr-FR hi-IN ja-JP ko-KR mk-MK nl-NL no-NO pl-PL pt-BR pt-PT ro-RO ru-RU th-TH tr-TR uk-UA vi-VN".split(
    " ",
  );
/** Models that support only some languages; other models support all languages of their provider. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  phone_call: "en-US en-GB en-AU fr-FR fr-CA ja-JP ru-RU es-US es-ES pt-BR".split(" "),
  experimental_conversations: EXPERIMENTAL,
  experimental_utterances: EXPERIMENTAL,
};

/** Checks the speech recognition of one gather. */
export function lintSpeech(
  step: Step<Gather>,
  flow: Flow,
  report: Report<SpeechCode | "idle-attribute">,
): void {
  const { speechTimeout, speechModel } = step.body;
  if (speechTimeout === "auto" && speechModel !== undefined) {
    const message =
      "with a `speechModel` Twilio needs a number of seconds here; write for example 2, or remove the model";
    report({ code: "twilio-13335", at: valueAt(step, "speechTimeout") ?? step.bodyNode, message });
  }
  if (step.body.enhanced === true && speechModel !== "phone_call" && !isEnv(speechModel)) {
    const message = "`enhanced` has no effect without `speechModel: phone_call`; add that, or remove this";
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

function lintHints(step: Step<Gather>, report: Report<SpeechCode | "idle-attribute">): void {
  const lists = [...expectedIn(step.body).values()];
  const long = lists.flat().find((hint) => hint.length > HINT_LENGTH && !hint.includes("{{"));
  const many = lists.find((list) => list.length > MOST_HINTS);
  if (long === undefined && !many) return;
  const at = valueAt(step, "hints") ?? valueAt(step, "choices") ?? step.bodyNode;
  const message = many
    ? `Twilio uses ${MOST_HINTS} hints and phrases, and these are ${many.length}; remove the least important ones`
    : `"${long?.slice(0, 20)}…" has more than ${HINT_LENGTH} characters, the most that Twilio accepts; shorten it`;
  report({ code: "twilio-13330", severity: "warning", at, message });
}

function lintLanguage(step: Step<Gather>, own: string, report: Report<SpeechCode | "idle-attribute">): void {
  const { speechModel, language = own } = step.body;
  const at = valueAt(step, "language") ?? valueAt(step, "speechModel") ?? kindKey(step);
  if (language === "multi" && speechModel !== "deepgram_nova-3" && !isEnv(speechModel)) {
    const message =
      "only `speechModel: deepgram_nova-3` recognises several languages at once; use it, or name one language";
    report({ code: "twilio-13331", at, message });
  }
  const known = typeof speechModel === "string" ? LANGUAGES[speechModel] : undefined;
  if (!known || known.some((tag) => language === tag || language.startsWith(`${tag}-`))) return;
  const message = `the model ${speechModel} supports ${known.join(", ")}, but not ${language}; choose another model`;
  report({ code: "model-language", severity: "warning", at, message });
}
