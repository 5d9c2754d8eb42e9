/** Which step is being heard. */
import { expect, test } from "vitest";
import type { FlowView } from "../../../src/phone/page/contract/flow.ts";
import type { StepView } from "../../../src/phone/page/contract/steps.ts";
import type { TurnView } from "../../../src/phone/page/contract/turn.ts";
import { speakingIn } from "../../../src/phone/page/text/speaking.ts";

const step = (name: string, ...speaks: string[]): StepView => ({
  ...{ name, kind: "say", role: "speaks", from: 1, to: 1 },
  speaks,
});
const flow = (name: string, ...steps: StepView[]): FlowView => ({
  ...{ name, file: "", description: "", text: "", findings: [], steps, edges: [], variables: [] },
  ...{ languages: [], destinations: [], hours: [], parts: [] },
});
const FLOWS = [
  flow(
    "desk",
    step("greet", "Hello {{ vars.name }}."),
    step("music", "audio/hold.mp3"),
    step("menu", "Press 1."),
  ),
  flow("part", step("ask", "Press  1.")),
];
const turn = (path: string[], more: Partial<TurnView> = {}): TurnView => ({
  ...{ flow: "desk", version: "1", path, waiting: [], scopes: [], language: "en-US" },
  ...more,
});

test("what is heard belongs to one step of the path after the other", () => {
  const turns = [turn(["greet", "music", "part.ask", "menu"])];
  const heard = ["Hello Ada.", "hold.mp3", "Press 1.", "Who knows?", "Press 1."];
  const steps: (string | undefined)[] = [];
  heard.reduce<ReturnType<typeof speakingIn>>((before, text) => {
    const now = speakingIn(text, turns, before, FLOWS);
    steps.push(now?.step);
    return now;
  }, undefined);
  expect(steps).toEqual(["greet", "music", "part.ask", "part.ask", "part.ask"]);
});

test("an aside is heard by nobody at the caller's phone", () => {
  const turns = [turn(["greet"]), turn(["menu"], { aside: true })];
  expect(speakingIn("Press 1.", turns, undefined, FLOWS)).toBeUndefined();
});
