/**
 * The building blocks for the schemas of step kinds. A schema's `x-mark` gives a value its meaning (a prompt's
 * text, an exit, an expression …), so that names, types and exits are checked in one place for every kind.
 */
import Type, { type Static, type TSchema } from "typebox";
import type { Json, VariableType } from "../../program/program.ts";
import { MOST_MESSAGE } from "../../program/shorten.ts";
import type { Marked, MarkName } from "./mark.ts";
import { NAME } from "./name.ts";
import type { SideRoad } from "./side-roads.ts";

const marked = (mark: MarkName): Marked => ({ "x-mark": mark });

/** A scalar whose reading depends on its variable's type: as written, and as YAML types it. */
export interface Literal {
  text: string;
  value: Json;
}

/** Whether a marked value is a literal. */
export function isLiteral(value: unknown): value is Literal {
  return typeof value === "object" && value !== null && "text" in value && "value" in value;
}

/** A map with exactly these keys. */
export function Keys<P extends Type.TProperties>(
  properties: P,
  options: Type.TObjectOptions = {},
): Type.TObject<P> {
  return Type.Object(properties, { ...options, additionalProperties: false });
}

/** A text that must match a pattern; `says` completes the sentence "must be …". */
export function Shaped(pattern: string, says: string, extra: Marked = {}): Type.TString {
  return Type.String({ pattern, "x-says": says, ...extra });
}

/** One of a few words. */
export function OneOf<const W extends string[]>(...words: W): Type.TUnsafe<W[number]> {
  return Type.Unsafe<W[number]>(Type.String({ enum: words }));
}

/** A whole number within bounds, both included. */
export function Whole(minimum: number, maximum?: number): Type.TInteger {
  return Type.Integer(maximum === undefined ? { minimum } : { minimum, maximum });
}

/** The title of the schema of `{ env: NAME }`. */
export const CONSTANT = "constant";
const ENV_NAME = "^[A-Z][A-Z0-9_]*$";
const EnvName = Shaped(ENV_NAME, "the name of an environment variable, in capitals");

/** A constant from an environment variable. */
export const Env = Keys({ env: EnvName }, { title: CONSTANT });
export type Env = Static<typeof Env>;

const isEnvName = new RegExp(ENV_NAME);

/** Whether a value is a constant from an environment variable; a map can have its own `env`. */
export function isEnv(value: unknown): value is Env {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return false;
  return "env" in value && typeof value.env === "string" && isEnvName.test(value.env);
}

/** A literal constant, or an environment variable. */
export function Constant<T extends TSchema>(schema: T) {
  return Type.Union([schema, Env]);
}

/** A language tag. Of three-letter words only `arb` is one: `say` and `env` are keys. */
export const BY_LANGUAGE = "^([a-z]{2}|arb|[a-z]{2,3}(-[A-Za-z0-9]{2,8})+)$";
const Language = Shaped(BY_LANGUAGE, "a language tag such as en-US", marked("tag"));

function byLanguage<T extends TSchema>(one: T) {
  return Type.Record(Type.String({ pattern: BY_LANGUAGE }), one, {
    ...marked("variants"),
    additionalProperties: false,
    minProperties: 1,
    "x-says": "language tags such as en-US",
  });
}

const spokenOne = Type.String({ ...marked("spoken"), "x-text": "sentences", minLength: 1 });
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
/** A language tag. */
export const LanguageTag = Language;
/** A language that the call changes to: a tag, or one whole `{{ }}`. */
export const CallLanguage = Shaped(
  `${BY_LANGUAGE}|^\\{\\{.*\\}\\}$`,
  "a language tag such as es-US",
  marked("language"),
);

export type Spoken = Static<typeof Spoken>;
export type Phrase = Static<typeof Phrase>;
export type Phrases = Static<typeof Phrases>;
export type Text = Static<typeof Text>;
export type Url = Static<typeof Url>;

/** The number of repetitions; 0 repeats until the caller hangs up, at most 1,000 times. */
export function Loop(twilio: number) {
  return Constant(Type.Integer({ minimum: 0, maximum: 1000, "x-twilio": twilio }));
}
/** TwiML Play: `w` waits half a second, `W` a second. */
export const DtmfTones = Constant(
  Shaped("^[0-9A-DwW#*]+$", "keys to play, such as ww1234#", { "x-twilio": 13430 }),
);
/** TwiML Pause: seconds of silence. */
export const Silence = Constant(Type.Integer({ minimum: 1, maximum: 600, "x-twilio": 13910 }));
export type Silence = Static<typeof Silence>;

/** A prompt that is spoken, with how. */
export const SayPart = Keys({
  say: Spoken,
  voice: Type.Optional(Voice),
  language: Type.Optional(LanguageTag),
  loop: Type.Optional(Loop(13510)),
});
const wordsOne = Type.String({ minLength: 1 });
/** The words of a recording, for readers and for the checker's advice; no call uses them. */
export const RecordedWords = Type.Union([wordsOne, byLanguage(wordsOne)], { title: "text" });
/** A prompt that is played. */
export const PlayPart = Keys({
  play: Type.Union([Played, Keys({ digits: DtmfTones })]),
  loop: Type.Optional(Loop(13410)),
  text: Type.Optional(RecordedWords),
});
/** A prompt of silence. */
export const PausePart = Keys({ pause: Silence });
const PromptPart = Type.Union(
  [spokenOne, SayPart, PlayPart, PausePart, byLanguage(spokenOne), Env],
  marked("prompt"),
);

/** A prompt: text, a recording, a pause, or a list of these. */
export const Prompt = Type.Union([PromptPart, Type.Array(PromptPart, { minItems: 1 })], { title: "prompt" });
/** Prompts by attempt: the nth failure takes the nth, later ones the last. */
export const Prompts = Type.Union([PromptPart, Type.Array(Prompt, { minItems: 1 })], {
  title: "prompts by attempt",
});

/** The step at which a side road begins. */
export function SideStep(road: SideRoad): Type.TString {
  return Type.String({ ...marked("side"), "x-road": road, "x-says": "the name of a step", minLength: 1 });
}
/** The prompt of a side road, or `{step}`, which can branch and ask. */
export function Side(road: SideRoad) {
  const inner = [
    PromptPart,
    Type.Array(PromptPart, { minItems: 1 }),
    Keys({ step: SideStep(road) }),
  ] as const;
  return Type.Union([...inner], { title: "prompt, or { step }" });
}
export type Side = Prompt | { step: string };

export type SayPart = Static<typeof SayPart>;
export type PlayPart = Static<typeof PlayPart>;
export type PausePart = Static<typeof PausePart>;
export type PromptPart = Static<typeof PromptPart>;
export type Prompt = Static<typeof Prompt>;
export type Prompts = Static<typeof Prompts>;

/** The step that begins a side road; undefined for a prompt. */
export function sideStep(side: Side): string | undefined {
  return typeof side === "object" && "step" in side && typeof side.step === "string" ? side.step : undefined;
}

/** Words that are exits of their own and cannot name a step. */
export const EXIT_WORDS = ["hangup", "repeat", "back", "return"] as const;

/** A step's name. */
export const StepName = Shaped(NAME, "a lower-case word with hyphens, such as front-desk");

const exitOptions = { ...marked("exit"), title: "exit" };
/** Where to go next: a step, one of the words, or another try at a gather. */
export const Exit = Type.Union(
  [
    Type.String({ minLength: 1, "x-says": "the name of a step" }),
    Keys({ retry: Type.String({ ...marked("retry"), minLength: 1 }) }),
  ],
  exitOptions,
);
export type Exit = Static<typeof Exit>;

/** Whether a marked value is an exit, as far as its shape goes. */
export function isExit(value: unknown): value is Exit {
  return (
    typeof value === "string" ||
    (typeof value === "object" && value !== null && "retry" in value && typeof value.retry === "string")
  );
}

/** A bare CEL expression of this CEL type; `text` is anything that can become part of a text. */
export function Expression(celType: string): Type.TString {
  return Type.String({ ...marked("expression"), title: "expression", minLength: 1, "x-type": celType });
}

/** How variables are named: as CEL's identifiers. */
export const IDENTIFIER = "^[A-Za-z_][A-Za-z0-9_]*$";
/** A variable's name, where a step assigns it; declared with this type if the flow does not declare it. */
export function VariableName(type: VariableType = "string"): Type.TString {
  return Shaped(IDENTIFIER, "a name of letters, digits and underscores", {
    "x-mark": "variable",
    "x-type": type,
  });
}

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
export type BasedUrl = Static<typeof BasedUrl>;
/** The URL of a request, whole or in two parts. */
export const AnyRequestUrl = Type.Union([requestedOne, Env, BasedUrl], { title: "address" });

/** Captures from an answer: variables by name, each with its path in the answer. */
export const Saved = Type.Record(
  Type.String({ pattern: IDENTIFIER }),
  Type.String({ ...marked("saved"), minLength: 1 }),
  {
    additionalProperties: false,
    minProperties: 1,
    "x-says": "a variable's name of letters, digits and underscores",
  },
);
export type Saved = Static<typeof Saved>;

/** Captures of a step's own results: variables by name, each with the result that it takes. */
export function Results<const R extends string>(types: Readonly<Record<R, VariableType>>) {
  const result = Type.String({ enum: Object.keys(types), ...marked("saved"), "x-results": types });
  return Type.Unsafe<Record<string, R>>(
    Type.Record(Type.String({ pattern: IDENTIFIER }), result, {
      additionalProperties: false,
      minProperties: 1,
      "x-says": "a variable's name of letters, digits and underscores",
    }),
  );
}

/** A JSON value whose texts can hold `{{ }}`; a text that is one whole `{{ }}` keeps its type. */
export const JsonValue = Type.Unsafe<Literal>({ ...marked("json"), title: "JSON", "x-secret": true });

/** A value for a variable of a sub-flow: like JSON, but it does not leave the call. */
export const Argument = Type.Unsafe<Literal>(marked("argument"));

/** A value whose variable's type decides how it is read; a text that is one whole `{{ }}` keeps its type. */
export const Value = Type.Unsafe<Literal>({ ...marked("value"), title: "value" });

/** Exits by the value of the expression in `on`. */
export const CasesOf = Type.Record(Type.String(), Exit, { ...marked("cases"), minProperties: 1 });

/** Keys of a step whose own keys already say when an exit is taken: they add nothing to its name. */
export const EXIT_GROUPS: ReadonlySet<string> = new Set(["next", "status", "cases"]);

/** Twilio's outcomes to exits, `else` for all the rest. */
export function Status<const W extends string[]>(...outcomes: W) {
  const exits = Object.fromEntries([...outcomes, "else"].map((word) => [word, Type.Optional(Exit)]));
  return Type.Unsafe<Partial<Record<W[number] | "else", Exit>>>(Keys(exits));
}
