/** A flow that makes a variable longer in a circle: the call's state has a limit, and the flow's `onError` takes over. */
import { expect, test } from "vitest";
import { MOST_SIZE } from "../../src/program/expression.ts";
import { type Line, lineOf, linkIn, memoryStore, post } from "./support.ts";

const FLOW = `
onError: sorry
variables:
  items: { type: list, default: [a text of some length] }
  box: { type: list, default: [a text of some length] }
  text: { type: string, default: a text of some length }
  short: { type: string, default: x, maxLength: 100 }
  kept: { type: list, default: [a text of some length], keep: flow }
steps:
  ask:
    gather:
      prompt: Again?
      choices: { 1: items, 2: box, 3: text, 4: short, 5: kept }
      otherwise: hangup
  items: { set: { items: "{{ vars.items + vars.items }}" }, next: ask }
  box: { set: { box: "{{ [vars.box, vars.box] }}" }, next: ask }
  text: { set: { text: "{{ vars.text }}{{ vars.text }}" }, next: ask }
  short: { set: { short: "{{ vars.short }}{{ vars.short }}" }, next: ask }
  kept: { set: { kept: "{{ vars.kept + vars.kept }}" }, next: ask }
  sorry: { hangup: "Sorry, {{ size(vars.text) }}." }
`;

/** Presses a key until the flow asks no more; how often, and what the caller heard last. */
async function pressed(app: Line, key: string): Promise<[times: number, heard: string]> {
  let twiml = await post(app, "/voice/desk");
  let times = 0;
  while (twiml.includes("Again?") && times < 30) {
    times++;
    twiml = await post(app, linkIn(twiml), { Digits: key });
  }
  return [times, twiml];
}

test.each([
  ["a list", "1"],
  ["a list in a list", "2"],
  ["a persistent list", "5"],
])("%s that is doubled in a circle ends in onError, and the log says so", async (_what, key) => {
  const store = memoryStore();
  const app = lineOf(FLOW, { store });
  const [times, heard] = await pressed(app, key);
  await app.settle();
  expect(times).toBeLessThan(20);
  expect(heard).toContain("Sorry, ");
  expect(app.lines.findLast(({ error }) => error)?.error).toMatch(/the limit is 262144|size_limit_exceeded/);
  // Sealed and in base64, a state is longer by about a half.
  for (const value of store.kept.values()) expect(value.length).toBeLessThan(MOST_SIZE * 1.5);
});

test.each(["3", "4"])("a text is cut to its maxLength, as often as the caller presses %s", async (key) => {
  const [times, heard] = await pressed(lineOf(FLOW), key);
  expect([times, heard.includes("Again?")]).toEqual([30, true]);
});
