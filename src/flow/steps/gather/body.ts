/** The body of a gather: TwiML's Gather as data, Ringflow's own keys, and the choices in their long form. */
import { Exit } from "../../language/exit-schema.ts";
import { CHOICE, isChoiceName, type KeyRange, overlap, readKeys } from "../../language/keys.ts";
import { askedToSay } from "../../language/numerals.ts";
import { Prompt, Prompts } from "../../language/prompt-schema.ts";
import { CallLanguage, Env, Keys, LanguageTag, OneOf, VariableName, Whole } from "../../language/schema.ts";
import { Phrases } from "../../language/text-schema.ts";
import { type Static, Type } from "../../language/type.ts";
import { fixedWord, flag, method, shaped, url, whole } from "../../twiml/attributes.ts";
import type { Noun } from "../../twiml/noun.ts";
import { silentPromptIn } from "../../twiml/prompt-nouns.ts";
import { exitsAfter, type Failed } from "../attempts.ts";

/** TwiML Gather. */
export const GATHER = {
  element: "Gather",
  example: "gather: { prompt: Hello., save: answer, otherwise: hangup, … }",
  attributes: {
    input: fixedWord(["dtmf", "speech", "dtmf speech"], 13326),
    timeout: whole(1, 60, 13313),
    numDigits: whole(1, 200, 13314),
    finishOnKey: shaped("^[0-9#*]?$", 'one key of 0-9, * and #, or "" for no key', 13310),
    speechTimeout: Type.Optional(
      Type.Union([OneOf("auto"), Type.Integer({ minimum: 1, maximum: 60, "x-twilio": 13327 }), Env]),
    ),
    speechModel: shaped("^[a-z0-9_-]+$", "one of Twilio's speech models, such as phone_call", 13334),
    language: Type.Optional(Type.Union([OneOf("multi"), LanguageTag])),
    hints: Type.Optional(Phrases),
    profanityFilter: flag(13333),
    enhanced: flag(),
    bargeIn: flag(13332),
    maxSpeechTime: whole(1, 60, 13328),
    partialResultCallback: url,
    partialResultCallbackMethod: method(13329),
    debug: flag(13336),
  },
  own: ["action", "actionOnEmptyResult"],
  children: silentPromptIn((prompt) => `gather: { prompt: ${prompt}, save: answer, otherwise: hangup }`),
} satisfies Noun;

const FullChoice = Keys({
  next: Exit,
  speech: Type.Optional(Phrases),
  language: Type.Optional(CallLanguage),
});
const Choice = Type.Union([Exit, FullChoice]);
type FullChoice = Static<typeof FullChoice>;

export const Body = Keys({
  prompt: Type.Optional(Prompt),
  choices: Type.Optional(
    Type.Record(Type.String({ pattern: CHOICE }), Choice, {
      additionalProperties: false,
      minProperties: 1,
      "x-says":
        "keys of 0-9, * and #, a range such as 1-9, or a name that begins with a letter, for a choice with `speech`",
    }),
  ),
  save: Type.Optional(VariableName()),
  matches: Type.Optional(Type.String({ minLength: 1 })),
  attempts: Type.Optional(Whole(1, 9)),
  noInput: Type.Optional(Prompts),
  noMatch: Type.Optional(Prompts),
  reprompt: Type.Optional(Prompts),
  skip: Type.Optional(Exit),
  otherwise: Type.Optional(Type.Union([Exit, Keys({ silence: Exit, else: Exit })])),
  sensitive: Type.Optional(Type.Boolean()),
  ...GATHER.attributes,
});
export type Gather = Static<typeof Body>;

/** A choice in its long form, with the keys that pick it; none if it is made by words alone. */
export interface KeyedChoice {
  keys: KeyRange | undefined;
  choice: FullChoice;
}

function isFullChoice(choice: Static<typeof Choice>): choice is FullChoice {
  return typeof choice === "object" && "next" in choice;
}

/** A gather's choices in their long form. */
export function choicesOf(body: Gather): KeyedChoice[] {
  return Object.entries(body.choices ?? {}).flatMap(([key, choice]): KeyedChoice[] => {
    const keys = isChoiceName(key) ? undefined : readKeys(key);
    return typeof keys === "string"
      ? []
      : [{ keys, choice: isFullChoice(choice) ? choice : { next: choice } }];
  });
}

/** Whether speech is recognised: because of `input`, of a choice with phrases, or of a prompt that asks to say a key. */
export function hearsSpeech(body: Gather): boolean {
  return body.input?.includes("speech") ?? (hasPhrases(body) || keyToSay(body) !== undefined);
}

function hasPhrases(body: Gather): boolean {
  return choicesOf(body).some(({ choice }) => choice.speech !== undefined);
}

/** The first key of a choice that a prompt asks to say. */
export function keyToSay(body: Gather): string | undefined {
  const asked = textsIn([body.prompt, body.reprompt, body.noInput, body.noMatch]).flatMap(askedToSay);
  return asked.find((key) => keysOf(body).some((keys) => overlap(keys, { from: key, to: key })));
}

/** Every text in a prompt. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The keys of the choices that have some. */
export function keysOf(body: Gather): KeyRange[] {
  return choicesOf(body).flatMap(({ keys }) => keys ?? []);
}

/** TwiML Gather's `input`; undefined for Twilio's default. */
export function inputOf(body: Gather): "dtmf" | "speech" | "dtmf speech" | undefined {
  if (body.input !== undefined || !hearsSpeech(body)) return body.input;
  return keysOf(body).length === 0 && body.skip === undefined ? "speech" : "dtmf speech";
}

/** The exits after the last attempt. */
export function failedOf({ otherwise = "hangup" }: Gather): Failed {
  return exitsAfter(otherwise);
}
