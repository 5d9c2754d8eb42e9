/** The body of a question by text message, and its choices in their long form. */
import { secondsOf } from "../../../program/duration.ts";
import { Exit } from "../../language/exit-schema.ts";
import { CallLanguage, Keys, Shaped, VariableName, Whole } from "../../language/schema.ts";
import { type Phrase, Phrases, ReadText, ReadTexts, RequestUrl } from "../../language/text-schema.ts";
import { type Static, Type } from "../../language/type.ts";
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
      "x-says": "words as people write them, such as EN, 1, 👍 or book a table, or a range such as 1-5",
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
/** The fewest seconds to answer. */
export const SHORTEST = 60;
/** The most seconds to answer. */
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
interface WrittenChoice {
  word: string;
  phrases: readonly Phrase[];
  choice: FullChoice;
}

/** The choices in their long form. */
export function choicesOf({ choices = {} }: Ask): WrittenChoice[] {
  return Object.entries(choices).map(([word, choice]) => {
    const full = isFullChoice(choice) ? choice : { next: choice };
    return { word, phrases: [...wordsOfKey(word), ...phrasesIn(full.words)], choice: full };
  });
}

/** The most numbers of a range. */
export const MOST_NUMBERS = 100;

/** The first and the last number of a choice such as `0-10`. */
export function rangeOf(key: string): { from: number; to: number } | undefined {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(key) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

/** The words that a choice's key stands for: itself, or the numbers of its range. */
export function wordsOfKey(key: string): string[] {
  const range = rangeOf(key);
  if (range === undefined) return [key];
  const length = Math.min(range.to - range.from + 1, MOST_NUMBERS);
  return Array.from({ length: Math.max(length, 0) }, (_, i) => String(range.from + i));
}

/** A range as a choice for each number, and one for its other words; another choice as it is. */
export function byNumber(written: WrittenChoice): WrittenChoice[] {
  const { word, phrases, choice } = written;
  if (rangeOf(word) === undefined) return [written];
  const numbers = wordsOfKey(word);
  const rest = phrases.slice(numbers.length);
  return [
    ...numbers.map((number) => ({ word: number, phrases: [number], choice })),
    ...(rest.length > 0 ? [{ word, phrases: rest, choice }] : []),
  ];
}

function isFullChoice(choice: Static<typeof Choice>): choice is FullChoice {
  return typeof choice === "object" && "next" in choice;
}
