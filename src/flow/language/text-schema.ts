/** The schemas of texts and URLs: what is spoken, sent or fetched, each with its variants by language. */

import { MOST_MESSAGE } from "../../program/shorten.ts";
import { BY_LANGUAGE, Env, EnvName, Keys, marked } from "./schema.ts";
import { type Schema, type Static, Type } from "./type.ts";

/** Variants by language tag. */
export function byLanguage<T extends Schema>(one: T) {
  return Type.Record(Type.String({ pattern: BY_LANGUAGE }), one, {
    ...marked("variants"),
    additionalProperties: false,
    minProperties: 1,
    "x-says": "language tags such as en-US",
  });
}

/** A spoken text, the same in every language. */
export const spokenOne = Type.String({ ...marked("spoken"), "x-text": "sentences", minLength: 1 });

const phraseOne = Type.String({ ...marked("spoken"), "x-text": "phrases", minLength: 1 });

const textOne = Type.String(marked("text"));

const urlOne = Type.String({ ...marked("url"), minLength: 1 });

const playedOne = Type.String({ ...marked("url"), "x-file": true, minLength: 1 });

/** A spoken text; it can hold `{{ }}` and SSML and differ by language. */
export const Spoken = Type.Union([spokenOne, byLanguage(spokenOne), Env], { title: "text" });

/** A phrase that a caller can say; it can differ by language. */
export const Phrase = Type.Union([phraseOne, byLanguage(phraseOne)], { title: "phrase" });

/** One or several phrases; each, or the whole list, can differ by language. */
export const Phrases = Type.Union([
  phraseOne,
  Type.Array(Phrase, { minItems: 1 }),
  byLanguage(Type.Union([phraseOne, Type.Array(phraseOne, { minItems: 1 })])),
]);

/** A plain text; it can hold `{{ }}` and differ by language. */
export const Text = Type.Union([textOne, byLanguage(textOne), Env], { title: "text" });

/** A voice: a text that Twilio knows. */
export const Voice = Type.Union([textOne, byLanguage(textOne), Env], { title: "text", ...marked("voice") });

/** A text that is shorter than this, together with its name. */
export function TextBelow(characters: number) {
  const one = Type.String({ ...marked("text"), "x-below": characters });
  return Type.Union([one, byLanguage(one), Env], { title: "text" });
}

/** A URL; it can hold `{{ }}` in its path and query and differ by language. */
export const Url = Type.Union([urlOne, byLanguage(urlOne), Env], { title: "address" });

/** A URL or an audio file to play; it can differ by language. */
export const Played = Type.Union([playedOne, byLanguage(playedOne), Env], { title: "URL or file" });

export type Spoken = Static<typeof Spoken>;

export type Phrase = Static<typeof Phrase>;

export type Phrases = Static<typeof Phrases>;

export type Text = Static<typeof Text>;

export type Url = Static<typeof Url>;

const secretOne = Type.String({ ...marked("text"), "x-secret": true });

/** A text that is sent to another service, and can contain secrets. */
export const SecretText = Type.Union([secretOne, Env], { title: "text" });

const sentOne = Type.String({ ...marked("text"), minLength: 1 });

/** A text that is sent: one, the same in every language. */
export const SentText = Type.Union([sentOne, Env], { title: "text" });

const readOne = Type.String({
  ...marked("text"),
  "x-text": "sentences",
  "x-most": MOST_MESSAGE,
  minLength: 1,
});

/** A text that is sent to be read; it can differ by language. */
export const ReadText = Type.Union([readOne, byLanguage(readOne), Env], { title: "text" });

export type ReadText = Static<typeof ReadText>;

/** Texts that are sent to be read, by attempt: the nth failure takes the nth, later ones the last. */
export const ReadTexts = Type.Union(
  [readOne, byLanguage(readOne), Env, Type.Array(ReadText, { minItems: 1 })],
  { title: "texts by attempt" },
);

const requestedOne = Type.String({ ...marked("url"), "x-worker": true, minLength: 1 });

/** The URL of a request, the same in every language. */
export const RequestUrl = Type.Union([requestedOne, Env], { title: "address" });

/** The rest of a URL whose beginning is an environment variable. */
const UrlPath = Type.String({
  pattern: "^/",
  "x-says": "the rest of a URL, such as /callers/{{ caller.number }}",
  ...marked("text"),
});

/** A URL that begins with an environment variable, the same for many requests. */
const BasedUrl = Keys({ env: EnvName, path: UrlPath }, { title: "address" });

/** A URL in two parts: an environment variable, and the rest. */
export type BasedUrl = Static<typeof BasedUrl>;

/** The URL of a request, whole or in two parts. */
export const AnyRequestUrl = Type.Union([requestedOne, Env, BasedUrl], { title: "address" });
