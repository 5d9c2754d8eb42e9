import { expect, test } from "vitest";
import { turnLine } from "../../src/cli/terminal/turn-line.ts";

const turn = { call: "CA1", flow: "desk", step: "menu", event: "digits 1", next: "reception", ms: 3 };

test.each([
  ["a turn", turn, "desk  menu  digits 1 → reception  3 ms"],
  ["the last turn of a call", { ...turn, next: undefined }, "desk  menu  digits 1  3 ms"],
  [
    "a status",
    { call: "CA1", flow: "desk", event: "status completed", ms: 1 },
    "desk  status completed  1 ms",
  ],
  [
    "a turn without its state",
    { ...turn, degraded: true },
    "desk  menu  digits 1 → reception  3 ms  the variables were lost",
  ],
  [
    "a store that failed",
    { ...turn, store: "put failed" },
    "desk  menu  digits 1 → reception  3 ms  store: put failed",
  ],
  [
    "a step that failed",
    { ...turn, error: "no number" },
    "desk  menu  digits 1 → reception  3 ms  no number",
  ],
  ["JSON that is not a turn", { flow: "desk" }, '{"flow":"desk"}'],
])("%s in one line", (_, line, shown) => {
  expect(turnLine(JSON.stringify(line))).toBe(shown);
});

test.each([
  ["plain text", "hello", "hello"],
  [
    "an error of the Worker's",
    "service core:user:ringflow: Uncaught Error: no KV\n  at index.js:1:2",
    "Error: no KV",
  ],
])("%s without its stack", (_, message, shown) => {
  expect(turnLine(message)).toBe(shown);
});
