/** The body of a question by text message, and its choices in their long form. */
import Type, { type Static } from "typebox";
import { secondsOf } from "../../../program/duration.ts";
import {
  CallLanguage,
  Exit,
  Keys,
  type Phrase,
  Phrases,
  ReadText,
  ReadTexts,
  RequestUrl,
  Shaped,
  VariableName,
  Whole,
} from "../../language/schema.ts";
import { phrasesIn } from "../phrases.ts";

const FullChoice = Keys({
  next: Exit,
  words: Type.Optional(Phrases),
  language: Type.Optional(CallLanguage),
});
const Choice = Type.Union([Exit, FullChoice]);
type FullChoice = Static<typeof FullChoice>;

export const Body = Keys({
  prompt: ReadText,
  mediaUrl: Type.Optional(RequestUrl),
  choices: Type.Optional(
    Type.Record(Type.String(), Choice, {
      minProperties: 1,
      "x-says": "words as people write them, such as EN, 1 or book a table",
    }),
  ),
  save: Type.Optional(VariableName()),
  matches: Type.Optional(Type.String({ minLength: 1 })),
  picture: Type.Optional(Exit),
  timeout: Type.Optional(Shaped("^[1-9]\\d{0,3}[smhd]$", "a duration such as 30m, 4h or 2d")),
  attempts: Type.Optional(Whole(1, 9)),
  noMatch: Type.Optional(ReadTexts),
  otherwise: Type.Optional(Type.Union([Exit, Keys({ silence: Exit, else: Exit })])),
});
export type Ask = Static<typeof Body>;

/** The default time to answer: as long as Twilio keeps a cookie. */
const TIMEOUT = 4 * 3600;
/** The least and the most seconds to answer. */
export const SHORTEST = 60;
export const LONGEST = 30 * 86_400;

/** The seconds within which an answer is awaited. */
export function secondsToAnswer({ timeout }: Ask): number {
  return (timeout === undefined ? undefined : secondsOf(timeout)) ?? TIMEOUT;
}

/** Whether people have from a minute to 30 days to answer. */
export function isInRange(seconds: number): boolean {
  return seconds >= SHORTEST && seconds <= LONGEST;
}

/** A choice in its long form: its own word, and that with those that it adds. */
export interface WrittenChoice {
  word: string;
  phrases: readonly Phrase[];
  choice: FullChoice;
}

/** The choices in their long form. */
export function choicesOf({ choices = {} }: Ask): WrittenChoice[] {
  return Object.entries(choices).map(([word, choice]) => {
    const full = isFullChoice(choice) ? choice : { next: choice };
    return { word, phrases: [word, ...phrasesIn(full.words)], choice: full };
  });
}

function isFullChoice(choice: Static<typeof Choice>): choice is FullChoice {
  return typeof choice === "object" && "next" in choice;
}
