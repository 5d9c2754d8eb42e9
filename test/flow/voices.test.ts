/** The voices that the checker knows are those of twilio's SDK: this test writes the table, and holds it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  isKnownLanguage,
  knownVoices,
  localeOf,
  nearestLanguage,
  providerOf,
} from "../../src/flow/twiml/voices.ts";

const types = readFileSync("node_modules/twilio/lib/twiml/VoiceResponse.d.ts", "utf8");

function union(name: string): string[] {
  const body = new RegExp(`type ${name} = (.*);`).exec(types)?.[1] ?? "";
  return [...new Set([...body.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word))];
}

const WIDTH = 108;

/** Words on lines of at most 108 characters. */
function wrapped(words: readonly string[]): string {
  const lines = [""];
  for (const word of words) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("\n");
}

function googleLines(voices: readonly string[]): string {
  const locales = new Map<string, Map<string, string[]>>();
  for (const voice of voices) {
    const [, locale = "", tier = "", letter = ""] = /^Google\.(\w+-\w+)-(.+)-(\w+)$/.exec(voice) ?? [];
    const tiers = locales.get(locale) ?? new Map<string, string[]>();
    locales.set(locale, tiers.set(tier, [...(tiers.get(tier) ?? []), letter]));
  }
  return [...locales]
    .map(([locale, tiers]) =>
      [locale, ...[...tiers].map(([tier, letters]) => `${tier}:${letters.join(",")}`)].join(" "),
    )
    .join("\n");
}

function table(): string {
  const voices = union("SayVoice");
  const polly = voices.filter((voice) => voice.startsWith("Polly.")).map((voice) => voice.slice(6));
  const parts = {
    POLLY: ["Amazon Polly's voices.", wrapped(polly)],
    GOOGLE: [
      "Google's voices, a line for each language.",
      googleLines(voices.filter((voice) => voice.startsWith("Google."))),
    ],
    SAY_LANGUAGES: ["Languages that can be spoken.", wrapped(union("SayLanguage"))],
    GATHER_LANGUAGES: ["Languages that can be heard.", wrapped(union("GatherLanguage"))],
  };
  const head =
    "/** The voices and languages of twilio's SDK. `vitest run test/flow/voices.test.ts -u` regenerates it. */";
  const written = Object.entries(parts).map(
    ([name, [doc, text]]) => `/** ${doc} */\nexport const ${name} = \`\n${text}\n\`;`,
  );
  return `${[head, ...written].join("\n\n")}\n`;
}

test("the table is what the SDK says", async () => {
  await expect(table()).toMatchFileSnapshot("../../src/flow/twiml/voices-known.ts");
});

test("every voice of the SDK is known, with its provider and its language", () => {
  expect([...knownVoices()].sort()).toEqual(union("SayVoice").sort());
  expect(union("SayVoice").filter((voice) => providerOf(voice) === undefined)).toEqual([]);
  expect(
    union("SayVoice").filter((voice) => voice.startsWith("Google.") && localeOf(voice) === undefined),
  ).toEqual([]);
  expect(localeOf("Google.en-GB-Chirp3-HD-Aoede")).toBe("en-GB");
  expect(localeOf("Polly.Amy")).toBeUndefined();
});

test("every language of the SDK is known", () => {
  const all = [...union("SayLanguage"), ...union("GatherLanguage")];
  expect(all.filter((tag) => !isKnownLanguage(tag))).toEqual([]);
  expect(nearestLanguage("en-UK")).toBe("en-US");
  expect(nearestLanguage("fr")).toMatch(/^fr-/);
});
