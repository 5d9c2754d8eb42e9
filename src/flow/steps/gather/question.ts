/** A gather as the question that its callers meet, for rules that know no kinds. */
import { normalise } from "../../../program/speech.ts";
import { isChoiceName, readKeys } from "../../language/keys.ts";
import { type OfferedChoice, type Question, type Step, valueAt } from "../../model/flow.ts";
import { ATTEMPTS } from "../attempts.ts";
import { finishOnKeyOf } from "./ask.ts";
import { failedOf, type Gather, hearsSpeech, inputOf } from "./body.ts";

/** What a gather asks. */
export function questionOf(step: Step<Gather>): Question {
  const { body } = step;
  const finish = finishOnKeyOf(body) ?? "#";
  return {
    prompt: valueAt(step, "prompt"),
    noInput: valueAt(step, "noInput"),
    noMatch: valueAt(step, "noMatch"),
    reprompt: valueAt(step, "reprompt"),
    choices: offeredBy(step),
    attempts: body.attempts ?? ATTEMPTS,
    hears: { keys: inputOf(body) !== "speech", speech: hearsSpeech(body) },
    finishKey: typeof finish === "string" ? finish : "",
    failed: failedOf(body),
    failedAt: valueAt(step, "otherwise"),
  };
}

function offeredBy(step: Step<Gather>): OfferedChoice[] {
  const node = valueAt(step, "choices");
  if (node?.type !== "map") return [];
  const spoken = phrasesByChoice(step);
  return node.pairs.flatMap(({ key }) => {
    const choice = step.body.choices?.[key.text];
    if (choice === undefined) return [];
    const keys = isChoiceName(key.text) ? undefined : readKeys(key.text);
    const { next, language } = typeof choice === "object" && "next" in choice ? choice : { next: choice };
    const phrases = spoken.get(key.text) ?? [];
    return typeof keys === "string" ? [] : [{ at: key, keys, phrases, language, next }];
  });
}

/** The phrases of each choice, by its key. */
function phrasesByChoice({ marks }: Step): Map<string | number | undefined, string[]> {
  const all = new Map<string | number | undefined, string[]>();
  for (const { mark, node, path } of marks) {
    const [group, key, speech] = path;
    if (mark !== "spoken" || group !== "choices" || speech !== "speech" || node.type !== "scalar") continue;
    const phrases = all.get(key) ?? [];
    phrases.push(normalise(node.text));
    all.set(key, phrases);
  }
  return all;
}
