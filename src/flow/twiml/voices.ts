/** Twilio's voices: what each can say, and which there are. Source: TwiML Say, "Text-to-speech". */
import { nearest } from "../language/diagnostic.ts";
import { GATHER_LANGUAGES, GOOGLE, POLLY, SAY_LANGUAGES } from "./voices-known.ts";

/** TwiML Say: the voices without a provider's name. They do not support SSML. */
const BASIC = ["man", "woman", "alice"];

/** The provider of a voice; undefined for an unknown one. */
export type Provider = "basic" | "Polly" | "Google";

/** The provider of a voice. */
export function providerOf(voice: string): Provider | undefined {
  if (BASIC.includes(voice)) return "basic";
  if (/^Polly\.\S+$/.test(voice)) return "Polly";
  return /^Google\.\S+$/.test(voice) ? "Google" : undefined;
}

/** The language at the beginning of a Google voice's name, the only one that it speaks. */
export function localeOf(voice: string): string | undefined {
  return /^Google\.([A-Za-z]{2,3}-[A-Za-z]{2})-/.exec(voice)?.[1];
}

/** TwiML Say: the character limits of voices. Polly does not count SSML, Google does. */
export const MOST_CHARACTERS: Readonly<Record<Provider, number>> = { basic: 4000, Polly: 3000, Google: 5000 };

/** Amazon Polly, "Supported SSML tags": markup that only its standard voices speak. */
const OF_STANDARD: Readonly<Record<string, readonly string[]>> = { emphasis: [], prosody: ["pitch"] };

/**
 * The part of an SSML element that a voice does not support, as an author would write it; undefined if it supports all.
 * @param attributes those that the element has
 */
export function unspoken(voice: string, tag: string, attributes: readonly string[]): string | undefined {
  const only = OF_STANDARD[tag];
  if (only === undefined || !/^Polly\..*-(Neural|Generative)$/.test(voice)) return undefined;
  if (only.length === 0) return `<${tag}>`;
  const found = only.find((name) => attributes.includes(name));
  return found && `<${tag} ${found}>`;
}

let known: ReadonlySet<string> | undefined;

/** The voices that twilio's SDK names: there may be newer ones. */
export function knownVoices(): ReadonlySet<string> {
  known ??= new Set([
    ...BASIC,
    ...words(POLLY).map((name) => `Polly.${name}`),
    ...GOOGLE.trim().split("\n").flatMap(voicesOfLine),
  ]);
  return known;
}

// `en-US Neural2:A,C` is Google.en-US-Neural2-A and Google.en-US-Neural2-C.
function voicesOfLine(line: string): string[] {
  const [locale, ...tiers] = words(line);
  return tiers.flatMap((tier) => {
    const [name = "", letters = ""] = tier.split(":");
    return letters.split(",").map((letter) => `Google.${locale}-${name}-${letter}`);
  });
}

const LANGUAGES: ReadonlySet<string> = new Set([...words(SAY_LANGUAGES), ...words(GATHER_LANGUAGES)]);

/** The languages that twilio's SDK names: there may be newer ones. */
export function knownLanguages(): ReadonlySet<string> {
  return LANGUAGES;
}

/** Whether twilio's SDK names a language, to be spoken or heard: there may be newer ones. */
export function isKnownLanguage(tag: string): boolean {
  return LANGUAGES.has(tag);
}

/** The language that a misspelt tag was probably meant to be. */
export function nearestLanguage(tag: string): string | undefined {
  return nearest(tag, LANGUAGES) ?? [...LANGUAGES].find((known) => known.startsWith(`${tag}-`));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
