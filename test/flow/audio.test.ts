/** Files beside flows: where they are looked for, what they are called on the Worker, and how long a prompt takes. */
import { describe, expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { audioOf } from "../../src/flow/language/example-audio.ts";
import { audioPathsOf, readFlow } from "../../src/flow/pipe/read.ts";
import { findings } from "./support.ts";

const playing = (file: string): string => `steps:\n  greet:\n    play: ${file}\n    next: hangup\n`;

describe("a file is looked for", () => {
  const pathOf = (path: string, file: string) => audioPathsOf([readFlow({ path, text: playing(file) })]);

  test.each([
    ["beside its flow", "flows/desk.yaml", "audio/a.mp3", "flows/audio/a.mp3"],
    ["beside a flow in a folder", "flows/deep/desk.yaml", "a.mp3", "flows/deep/a.mp3"],
    ["in a folder above, among the flows", "flows/deep/desk.yaml", "../audio/a.mp3", "flows/audio/a.mp3"],
    ["by the shortest path", "flows/desk.yaml", "./audio//b/../a.mp3", "flows/audio/a.mp3"],
    ["from a path with backslashes on", "flows\\deep\\desk.yaml", "a.mp3", "flows/deep/a.mp3"],
    ["beside a flow that stands elsewhere", "/srv/menus/desk.yaml", "a.mp3", "/srv/menus/a.mp3"],
    ["in the innermost folder of flows", "/flows/x/flows/desk.yaml", "a.mp3", "/flows/x/flows/a.mp3"],
  ])("%s", (_, flow, file, path) => {
    expect(pathOf(flow, file)).toEqual([path]);
  });

  test.each([
    ["above the flows", "flows/desk.yaml", "../a.mp3"],
    ["above the flows, and back", "flows/desk.yaml", "../flows/a.mp3"],
    ["above a flow that stands elsewhere", "/srv/menus/desk.yaml", "../a.mp3"],
    ["from the root", "flows/desk.yaml", "/etc/a.mp3"],
  ])("nowhere %s", (_, flow, file) => {
    expect(pathOf(flow, file)).toEqual([]);
    expect(findings(playing(file), flow).map(({ code }) => code)).toEqual(["audio-path"]);
  });
});

test("a part plays files beside itself, and the Program that runs it serves them", () => {
  const files = [
    { path: "flows/desk.yaml", text: "steps:\n  ask:\n    run: { flow: greet }\n    next: hangup\n" },
    { path: "flows/parts/greet.yaml", text: `takes: []\n${playing("hi.mp3").replace("hangup", "return")}` },
  ];
  const { programs, audio, diagnostics } = build(files, audioOf({ "parts/hi.mp3": {} }));
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(programs.find(({ flow }) => flow === "desk"))).toContain(
    "/audio/parts/hi.3f9c1a2b.mp3",
  );
  expect(audio).toEqual([{ path: "flows/parts/hi.mp3", url: "/audio/parts/hi.3f9c1a2b.mp3", seconds: 4 }]);
});

test("a file that several steps play is served once", () => {
  const text = "steps:\n  a:\n    play: a.mp3\n    next: b\n  b:\n    play: ./a.mp3\n    next: hangup\n";
  expect(build([{ path: "flows/desk.yaml", text }], audioOf({ "a.mp3": {} })).audio).toHaveLength(1);
});

describe("a prompt that asks for something", () => {
  const menu = (prompt: string) =>
    `steps:\n  menu:\n    gather: { prompt: ${prompt}, choices: { 1: repeat }, otherwise: hangup }\n`;
  const long = audioOf({ "a.mp3": { seconds: 12 } });
  const words = (count: number): string => "press ".repeat(count).trim();
  const secondsOf = (prompt: string): string | undefined =>
    /about (\d+) s/.exec(findings(menu(prompt), "flows/test.yaml", {}, long)[0]?.message ?? "")?.[1];

  test.each([
    ["fifty words", words(50), undefined],
    ["fifty-one words", words(51), "20"],
    ["a file", "{ play: a.mp3 }", undefined],
    ["two files", "[{ play: a.mp3 }, { play: a.mp3 }]", "24"],
    ["a file, a pause and words", `[{ play: a.mp3 }, { pause: 5 }, ${words(10)}]`, "21"],
    ["the longest of its languages", `{ say: { en-US: hello, es-US: ${words(60)} } }`, "24"],
    ["Chinese, by its characters", `{ say: { zh-CN: ${"请按一".repeat(30)} } }`, "21"],
    ["Japanese, by its characters", `{ say: { ja-JP: ${"おして一".repeat(45)} } }`, "30"],
    ["Thai, by the words that it does not separate", `{ say: { th-TH: ${"กรุณารอสักครู่".repeat(20)} } }`, "23"],
    ["Korean, whose words are long", `{ say: { ko-KR: ${words(40)} } }`, "24"],
    ["a long number, digit by digit", `${words(40)} 14155550100`, "20"],
    [
      "addresses and keys, which nobody knows the length of",
      "[{ play: https://example.com/a.mp3 }]",
      undefined,
    ],
    ["markup, which is not spoken", `"<prosody rate='slow' pitch='low'>${words(50)}</prosody>"`, undefined],
    [
      "holes, which may hold nothing",
      `"${words(48)} {{ caller.name + ' ' + caller.city + ' ' + caller.zip }}"`,
      undefined,
    ],
  ])("%s", (_, prompt, seconds) => {
    expect(secondsOf(prompt)).toBe(seconds);
  });
});
