/** `<Gather>`: a key, digits or words for each choice, something that is none of them, and silence. */
import type { Element } from "../../phone/twiml/element.ts";
import type { CallEvent } from "../exploration.ts";
import { matches, matching } from "../sample.ts";
import type { KeyRange, Told } from "../told/told-apart.ts";
import { type Answer, type Asked, actionOf, type Verb } from "./answer.ts";

/** Digits of a gather without a number of them. */
const USUAL_DIGITS = 4;
const OTHER_WORDS = "something else";

/** What a gather takes. */
interface Takes {
  keys: boolean;
  words: boolean;
  most: number;
  finish: string;
}

export const gather: Verb = { answers };

function answers(asked: Asked): Answer[] {
  const { element, step, told } = asked;
  const takes = readTakes(element);
  // `input` is what the caller answered last: at any step.
  const keys = [`param ${step} Digits`, `heard ${step}`, "input.digits"];
  const sides = keys.flatMap(told.of);
  const ranges = keys.flatMap(told.rangesOf);
  const entered = digitsOf(sides, ranges, takes);
  const spoken = wordsOf(asked, sides);
  const next = actionOf(element);
  const found: Answer[] = [];
  if (takes.keys) for (const digits of entered.named) found.push({ event: pressed(digits), next });
  if (takes.keys && entered.other !== undefined)
    found.push({ event: pressed(entered.other), next, isOther: true });
  if (takes.words) for (const words of spoken) found.push({ event: said(words), next });
  if (takes.words && !takes.keys) {
    for (const digits of [...entered.named, ...(entered.other === undefined ? [] : [entered.other])])
      found.push({ event: said(digits), next });
    found.push({ event: said(OTHER_WORDS), next, isOther: true });
  }
  if (takes.keys && tellsFinish(asked) && takes.finish !== "")
    found.push({ event: finished(takes.finish), next: emptyOf(element) });
  found.push({ event: SILENCE, next: emptyOf(element) });
  return found;
}

function readTakes({ attributes }: Element): Takes {
  const { input = "dtmf", numDigits, finishOnKey = "#" } = attributes;
  const ways = input.split(" ");
  return {
    keys: ways.includes("dtmf"),
    words: ways.includes("speech"),
    most: numDigits === undefined ? Number.POSITIVE_INFINITY : Number(numDigits),
    finish: finishOnKey,
  };
}

/** What an event is to another gather than the one that asked for it: one that takes no such input hears nothing. */
export function takenBy(element: Element, event: CallEvent): Answer {
  const { keys, words, most } = readTakes(element);
  const { Digits = "", FinishedOnKey } = event.params;
  const isTaken =
    event.kind === "speech" ? words : event.kind === "keys" && keys && FinishedOnKey === undefined;
  if (!isTaken) return { event: SILENCE, next: emptyOf(element) };
  const params = event.kind === "keys" ? { ...event.params, Digits: Digits.slice(0, most) } : event.params;
  return { event: { ...event, params }, next: actionOf(element), isOther: true };
}

/** Digits for each side, and some that are on none. */
function digitsOf(
  sides: readonly Told[],
  ranges: readonly KeyRange[],
  { most, finish }: Takes,
): { named: string[]; other?: string | undefined } {
  const canEnter = (digits: string): boolean =>
    /^[0-9*#]+$/.test(digits) && digits.length <= most && (finish === "" || !digits.includes(finish));
  const values = sides.flatMap(({ side }): string[] => {
    if ("value" in side) return [String(side.value)];
    if ("boundary" in side) return [side.boundary - 1, side.boundary, side.boundary + 1].map(String);
    return "matches" in side ? [matching(side.matches, canEnter) ?? ""] : [];
  });
  const named = [...values, ...ranges.map(({ from }) => from)].filter(canEnter);
  const patterns = sides.flatMap(({ side }) => ("matches" in side ? [side.matches] : []));
  const isNamed = (digits: string): boolean =>
    named.includes(digits) ||
    patterns.some((pattern) => matches(pattern, digits)) ||
    ranges.some(({ from, to }) => digits.length === from.length && from <= digits && digits <= to);
  const other = candidates(most).find((digits) => canEnter(digits) && !isNamed(digits));
  return { named: [...new Set(named)], other };
}

/** Digits to try, the most ordinary first: as many as the gather takes. */
function candidates(most: number): string[] {
  const usual = Number.isFinite(most) ? Math.min(most, 20) : USUAL_DIGITS;
  const lengths = [usual, ...Array.from({ length: usual - 1 }, (_, at) => usual - 1 - at), usual + 1];
  return lengths.flatMap((length) => [..."9876543210*#"].map((key) => key.repeat(length)));
}

/** A phrase for each choice, and texts for the other comparisons of what was said. */
function wordsOf({ step, told }: Asked, sides: readonly Told[]): string[] {
  const said = [`param ${step} SpeechResult`, "input.speech"].flatMap(told.of).concat(sides);
  const texts = said.flatMap(({ side }) => {
    if ("value" in side && typeof side.value === "string") return [side.value];
    return "matches" in side ? [matching(side.matches) ?? ""] : [];
  });
  return [...new Set([...told.phrasesAt(step), ...texts])].filter((text) => /\p{L}/u.test(text));
}

function tellsFinish({ step, told }: Asked): boolean {
  return told.paramsAt(step).includes("FinishedOnKey") || told.of("input.finishedOnKey").length > 0;
}

/** What follows without input. */
function emptyOf(element: Element): Answer["next"] {
  return element.attributes.actionOnEmptyResult === "true" ? actionOf(element) : "next";
}

function pressed(digits: string): CallEvent {
  const label = digits.length === 1 ? `key ${digits}` : `keys ${digits}`;
  return { kind: "keys", label, params: { Digits: digits }, lines: [{ press: digits }] };
}

function finished(key: string): CallEvent {
  return {
    kind: "keys",
    label: `only ${key}`,
    params: { Digits: "", FinishedOnKey: key },
    lines: [{ press: key }],
  };
}

function said(words: string): CallEvent {
  const params = { SpeechResult: words, Confidence: "0.9" };
  return { kind: "speech", label: `says "${words}"`, params, lines: [{ say: words }] };
}

const SILENCE: CallEvent = { kind: "silence", label: "silence", params: { Digits: "" }, lines: ["silence"] };
