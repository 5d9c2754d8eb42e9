/** The schemas of prompts: Say, Play and Pause, and the side roads that can be one. */

import { Constant, Env, Keys, LanguageTag, marked, Shaped } from "./schema.ts";
import type { SideRoad } from "./side-roads.ts";
import { byLanguage, Played, Spoken, spokenOne, Voice } from "./text-schema.ts";
import { type Schema, type Static, Type } from "./type.ts";

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
export function SideStep(road: SideRoad): Schema<string> {
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

/** One part of a prompt. */
export type PromptPart = Static<typeof PromptPart>;

export type Prompt = Static<typeof Prompt>;

export type Prompts = Static<typeof Prompts>;

/** The step that begins a side road; undefined for a prompt. */
export function sideStep(side: Side): string | undefined {
  return typeof side === "object" && "step" in side && typeof side.step === "string" ? side.step : undefined;
}
