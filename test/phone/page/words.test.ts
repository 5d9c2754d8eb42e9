import { describe, expect, it } from "vitest";
import { voiceFor } from "../../../src/phone/page/call/voices.ts";
import { pace, secondsFor, shownAt, wordEnds } from "../../../src/phone/page/text/words.ts";

const TEXT = "Press 1, or  wait.";

describe("A text appears word by word", () => {
  it("up to the end of the word that the voice has reached", () => {
    expect(wordEnds(TEXT)).toEqual([5, 8, 11, 18]);
    expect(TEXT.slice(0, shownAt(TEXT, 0))).toBe("Press");
    expect(TEXT.slice(0, shownAt(TEXT, 9))).toBe("Press 1, or");
    expect(shownAt(TEXT, 100)).toBe(TEXT.length);
  });

  it("or at a speaking pace: 2.5 words a second", () => {
    expect(secondsFor(TEXT, 1)).toBeCloseTo(1.6);
    expect(pace(TEXT, 2).map(({ seconds, shown }) => [seconds, shown])).toEqual([
      [0, 5],
      [0.2, 8],
      [0.4, 11],
      [0.6, 18],
    ]);
  });
});

describe("A voice is chosen", () => {
  const voice = (lang: string, more = {}) => ({ lang, default: false, localService: true, ...more });

  it("by language and region, then by language alone", () => {
    const voices = [voice("en-GB"), voice("en_US"), voice("es-MX")];
    expect(voiceFor(voices, "en-US")).toBe(voices[1]);
    expect(voiceFor(voices, "es-US")).toBe(voices[2]);
    expect(voiceFor(voices, "de-DE")).toBeUndefined();
  });

  it("and never one that asks a service on the network", () => {
    expect(voiceFor([voice("en-US", { localService: false, default: true })], "en-US")).toBeUndefined();
  });
});
