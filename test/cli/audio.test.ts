import { readdir, readFile, truncate } from "node:fs/promises";
import { resolve } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { build } from "../../src/cli/commands/build.ts";
import { check } from "../../src/cli/commands/check.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { nameOfServed } from "../../src/cli/project/assets.ts";
import { enterFolder, terminal, write } from "./folder.ts";

const fixtures = resolve("test/cli/fixtures/audio");
const tone = (ending: string): Promise<Buffer> => readFile(`${fixtures}/tone.${ending}`);

const playing = (...files: string[]): string =>
  `steps:\n  greet:\n    say:\n${files.map((file) => `      - play: ${file}\n`).join("")}    next: hangup\n`;

beforeEach(async () => {
  await enterFolder({
    "flows/desk.yaml": playing("audio/welcome.wav"),
    "flows/audio/welcome.wav": await tone("wav"),
  });
});

/** What `ringflow check` prints of findings, each in a line. */
async function found(): Promise<string[]> {
  const { out, read } = terminal();
  await check(["flows"], { format: "text", out });
  return read().match(/^flows.*$/gm) ?? [];
}

async function builds(): Promise<string> {
  const { out, read } = terminal();
  expect(await build({ out }), read()).toBe(0);
  return readFile(".ringflow/programs.txt", "utf8");
}

async function assets(): Promise<string[]> {
  const files = await readdir(".ringflow/assets/audio", { recursive: true });
  return files.filter((file) => file.includes(".")).toSorted();
}

describe("checking", () => {
  test("has no finding for playable files, and reads no other file", async () => {
    await write({ "flows/audio/broken.mp3": "no music" });
    expect(await found()).toEqual([]);
  });

  test("suggests the intended file, in any folder of the flows", async () => {
    await write({
      "flows/deep/desk.yaml": playing("../audio/welcom.wav", "welcome.wav"),
      "flows/desk.yaml": playing("audio/farewell.wav"),
    });
    expect(await found()).toEqual([
      expect.stringMatching(
        /deep.*the file flows\/audio\/welcom\.wav does not exist; did you mean \.\.\/audio\/welcome\.wav\?$/,
      ),
      expect.stringMatching(
        /deep.*the file flows\/deep\/welcome\.wav does not exist; did you mean \.\.\/audio\/welcome\.wav\?$/,
      ),
      expect.stringMatching(/missing-audio: the file flows\/audio\/farewell\.wav does not exist; add it, or/),
    ]);
  });

  test("does not suggest a folder", async () => {
    await write({
      "flows/desk.yaml": playing("audio/old.wav"),
      "flows/audio/old.wav/welcome.txt": "no music",
    });
    expect(await found()).toEqual([
      expect.stringMatching(/missing-audio: the file flows\/audio\/old\.wav does not exist; add it, or/),
    ]);
  });

  test("reports what is wrong with an existing file", async () => {
    await write({
      "flows/desk.yaml": playing("audio/empty.mp3", "audio/words.mp3", "audio/tone.mp3", "audio/large.wav"),
      "flows/audio/empty.mp3": "",
      "flows/audio/words.mp3": "no music",
      "flows/audio/tone.mp3": await tone("ogg"),
      "flows/audio/large.wav": "",
    });
    await truncate("flows/audio/large.wav", 26 * 1024 * 1024);
    expect(await found()).toEqual([
      expect.stringContaining("bad-audio: audio/empty.mp3 is empty"),
      expect.stringContaining("bad-audio: audio/words.mp3 is not a readable mp3 file"),
      expect.stringContaining("bad-audio: audio/tone.mp3 contains Ogg audio, but its extension says mp3"),
      expect.stringContaining("large-audio: audio/large.wav has 26.0 MiB"),
    ]);
  });
});

describe("building", () => {
  test("copies only the files that are played, under a name with a hash of the content", async () => {
    await write({ "flows/audio/unplayed.mp3": await tone("mp3") });
    expect(await builds()).toMatch(/<Play>\/audio\/welcome\.[0-9a-f]{8}\.wav<\/Play>/);
    const [file = ""] = await assets();
    expect(await assets()).toEqual([expect.stringMatching(/^welcome\.[0-9a-f]{8}\.wav$/)]);
    expect(await readFile(`.ringflow/assets/audio/${file}`)).toEqual(await tone("wav"));
  });

  test("gives a changed file another name, and the flow another version; the old one stays for calls in progress", async () => {
    const before = await builds();
    await write({ "flows/audio/welcome.wav": (await tone("wav")).subarray(0, 2058) });
    expect(await builds()).not.toBe(before);
    expect(await assets()).toHaveLength(2);
  });

  test("creates the assets folder even if nothing is played, as wrangler needs it", async () => {
    await write({ "flows/desk.yaml": playing("https://example.com/welcome.mp3") });
    await builds();
    expect(await readdir(".ringflow/assets")).toEqual(["_headers"]);
  });

  test("creates it even if there is no good version", async () => {
    await write({ "flows/desk.yaml": "steps: {}\n" });
    expect(await build({ keep: true, out: terminal().out })).toBe(0);
    expect(await readdir(".ringflow/assets")).toEqual(["_headers"]);
  });
});

test("a scenario hears a file by its name, and sees how long it takes", async () => {
  await write({
    "flows/desk.yaml": playing("audio/en/long.wav", "audio/welcome.wav"),
    "flows/audio/en/long.wav": await tone("wav"),
    "flows/desk.test.yaml":
      "flow: desk\nscenarios:\n  - name: hello\n    script:\n      - hear: en/long.wav\n      - hear: welcome.wav\n      - end\n",
  });
  const { out, read } = terminal();
  expect(await runTests(["flows"], { verbose: true, out }), read()).toBe(0);
  expect(read()).toContain("    [audio/en/long.wav, 1 s]\n    [audio/welcome.wav, 1 s]\n");
});

test.each([
  ["https://phone.example.com/audio/en/welcome.3f9c1a2b.mp3", "audio/en/welcome.mp3"],
  ["https://example.com/audio/welcome.mp3", undefined],
  ["https://example.com/welcome.3f9c1a2b.mp3", undefined],
])("%s is called %s", (url, name) => {
  expect(nameOfServed(url)).toBe(name);
});
