/** The page's state while an author works. */
import { cp } from "node:fs/promises";
import { resolve } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type LiveState, liveState } from "../../../src/cli/phone/state.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import type { FlowView } from "../../../src/phone/page/contract/flow.ts";
import { enterFolder, saying, write } from "../folder.ts";

const project = resolve(".");
let live: LiveState;

beforeEach(async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello."), ".dev.vars": "TWILIO_AUTH_TOKEN=a token\n" });
  const first = await buildHere();
  live = liveState(first);
  live.served(first);
});

async function save(files: Readonly<Record<string, string>>): Promise<void> {
  await write(files);
  live.saved(await buildHere());
}

const flowNamed = (name: string): FlowView | undefined => live.now().flows.find((flow) => flow.name === name);

describe("the page's state", () => {
  test("has what the diagram of a flow shows", () => {
    expect(flowNamed("desk")?.graph).toMatchObject({
      start: "greet",
      nodes: [{ id: "greet" }, { id: "greet hangup", end: "hangup" }],
      edges: [{ from: "greet", to: "greet hangup" }],
    });
    expect(flowNamed("desk")?.steps).toMatchObject([{ name: "greet", kind: "say", role: "speaks" }]);
  });

  test("keeps version and graph of a flow while its text cannot be read, and shows the findings", async () => {
    const { version, graph } = flowNamed("desk") ?? {};
    await save({ "flows/desk.yaml": 'steps:\n  greet:\n    say: "Hello\n' });
    expect(flowNamed("desk")).toMatchObject({ version, graph, text: expect.stringContaining('"Hello') });
    expect(flowNamed("desk")?.findings.length).toBeGreaterThan(0);
    expect(flowNamed("desk")?.steps.map(({ name }) => name)).toEqual(["greet"]);
    expect(flowNamed("desk")).not.toHaveProperty("saved");
  });

  test("shows advice at its step", async () => {
    const menu =
      "gather: { prompt: Press 1., choices: { 1: bye, 2: bye }, noMatch: Pardon?, otherwise: bye }";
    await save({ "flows/desk.yaml": `steps:\n  menu:\n    ${menu}\n  bye: { hangup: Goodbye. }\n` });
    expect(flowNamed("desk")?.findings).toMatchObject([
      { code: "unspoken-key", severity: "advice", step: "menu", line: 3 },
    ]);
  });

  test("shows the steps of a text with an error as they are now", async () => {
    await save({ "flows/desk.yaml": `${saying("Hello.")}  other:\n    say: More.\n    next: nowhere\n` });
    expect(flowNamed("desk")?.steps.map(({ name }) => name)).toEqual(["greet", "other"]);
    expect(flowNamed("desk")?.findings[0]).toMatchObject({ code: "unknown-step", step: "other", line: 7 });
  });

  test("shows a version that is not served yet, even if another flow has an error", async () => {
    const { version } = flowNamed("desk") ?? {};
    await save({ "flows/desk.yaml": saying("Good day."), "flows/other.yaml": "steps: {}\n" });
    expect(flowNamed("desk")?.version).toBe(version);
    expect(flowNamed("desk")?.saved).toMatch(/^[0-9a-f]{10}$/);
    expect(flowNamed("desk")?.saved).not.toBe(version);
    expect(flowNamed("other")).toMatchObject({ steps: [], text: "steps: {}\n" });
  });

  test("is later than all states of an earlier server, however many changes that had", async () => {
    for (const words of ["One.", "Two.", "Three."]) await save({ "flows/desk.yaml": saying(words) });
    const again = liveState(await buildHere());
    expect(again.now().revision).toBeGreaterThan(live.now().revision);
  });

  test("removes a deleted flow", async () => {
    await save({ "flows/other.yaml": saying("Hello.") });
    expect(flowNamed("other")).toBeDefined();
    await enterFolder({ "flows/desk.yaml": saying("Hello.") });
    live.saved(await buildHere());
    expect(flowNamed("other")).toBeUndefined();
  });

  test("stays the same, and is not published again, if nothing changed", async () => {
    const { revision } = live.now();
    live.saved(await buildHere());
    expect(live.now().revision).toBe(revision);
    live.trouble("Something is wrong.");
    expect(live.now()).toMatchObject({ revision: revision + 1, trouble: "Something is wrong." });
    live.saved(await buildHere());
    expect(live.now()).not.toHaveProperty("trouble");
  });

  test("shows what going through all calls found, with the exits that the tests leave once they were played", () => {
    const promise = { text: "never record", line: 1, is: "kept" as const };
    expect(live.now()).toMatchObject({ isExploring: true });
    const promises = new Map([["flows/desk.yaml", [promise]]]);
    live.explored({ promises, ways: new Map(), isDone: false });
    expect(flowNamed("desk")?.promises).toEqual([promise]);
    expect(live.now()).toMatchObject({ isExploring: true });
    const way = { text: "none" };
    const view = { counts: "1 state", choice: "never", person: way, mostAnswers: way, mostSeconds: way };
    const ways = {
      view: { ...view, unreached: [], cut: [] },
      taken: [{ from: "greet", label: "", to: "hangup" }],
    };
    live.explored({ promises, ways: new Map([["desk", ways]]), isDone: true });
    expect(flowNamed("desk")).not.toHaveProperty("ways");
    live.tested(new Map(), []);
    expect(live.now()).not.toHaveProperty("isExploring");
    expect(flowNamed("desk")?.ways?.untested).toEqual([{ step: "greet", text: "greet → hangup" }]);
    live.tested(new Map(), [{ written: { flow: "desk" }, paths: [["greet", "hangup"]] }]);
    expect(flowNamed("desk")?.ways?.untested).toEqual([]);
  });

  test("lists the served audio files with their lengths", async () => {
    await cp(resolve(project, "test/cli/fixtures/audio/tone.wav"), "flows/audio/tone.wav");
    await save({ "flows/tune.yaml": "steps:\n  play:\n    play: audio/tone.wav\n    next: hangup\n" });
    expect(live.now()).not.toHaveProperty("audio");
    live.served(await buildHere());
    const [audio] = live.now().audio ?? [];
    expect(audio).toMatchObject({ name: "audio/tone.wav", seconds: expect.any(Number) });
    expect(audio?.path).toMatch(/^\/audio\/tone\.[0-9a-f]{8}\.wav$/);
  });

  test("signs with the token that the Worker has", () => {
    expect(live.now()).toMatchObject({ token: "a token", accountSid: `AC${"0".repeat(32)}` });
  });
});
