import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { measure } from "../../src/cli/project/measure.ts";

/** Recordings of one tone, made with sox. */
function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`fixtures/audio/${name}`, import.meta.url));
}

describe("an audio file", () => {
  test.each([
    ["tone.wav", "wav", 0.5],
    ["tone.ulaw", "ulaw", 0.5],
    ["tone.gsm", "gsm", 0.5],
    ["tone.aiff", "aiff", 0.1],
    // Whole frames of 72 ms, and what the encoder puts around them.
    ["tone.mp3", "mp3", 0.648],
  ])("%s is measured", async (name, format, seconds) => {
    const measured = await measure(fixture(name), format);
    expect(measured.format).toBe(format);
    expect(measured.seconds).toBeCloseTo(seconds, 2);
  });

  test.each([
    ["wav", "mp3", "wav"],
    ["wav", "ulaw", "wav"],
    ["wav", "gsm", "wav"],
    ["ogg", "mp3", "Ogg"],
  ])("the format of a %s named %s is read from its content", async (content, ending, format) => {
    expect(await measure(fixture(`tone.${content}`), ending)).toMatchObject({ format });
  });

  test.each([
    ["nothing", ""],
    ["words", "This is no music at all. ".repeat(40)],
    ["the beginning of a wav", "RIFF"],
  ])("%s has no format", async (_, text) => {
    expect(await measure(Buffer.from(text), "mp3")).toEqual({ format: "", seconds: 0 });
  });

  test("silence in ulaw is not taken for mpeg, which begins with the same bytes", async () => {
    const silence = new Uint8Array(8000).fill(0xff);
    expect(await measure(silence, "ulaw")).toEqual({ format: "ulaw", seconds: 1 });
  });

  test("a truncated file has no length", async () => {
    expect(await measure(fixture("tone.wav").subarray(0, 20), "wav")).toMatchObject({ seconds: 0 });
  });
});
