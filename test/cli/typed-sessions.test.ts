import { expect, it } from "vitest";
import { typedConnect, typedPay, typedRefer, typedWait } from "../../src/cli/terminal/typed-sessions.ts";

it.each([
  ["", "stay"],
  ["answer", { result: "bridged" }],
  ["a", { result: "bridged" }],
  ["F", { result: "queue-full" }],
  ["error", { result: "error" }],
  ["h", "hangup"],
  ["1", undefined],
])("typed while the caller waits: %j", (line, answer) => {
  expect(typedWait(line)).toEqual(answer);
});

it.each([
  ["", { seconds: 60, fields: { SessionStatus: "ended" } }],
  ["failed", { seconds: 1, fields: { SessionStatus: "failed" } }],
  [
    "HandoffData=to sales, SessionStatus=ended",
    { seconds: 60, fields: { HandoffData: "to sales", SessionStatus: "ended" } },
  ],
  ["hang up", "hangup"],
  ["hello", undefined],
])("typed while the caller is connected: %j", (line, answer) => {
  expect(typedConnect(line)).toEqual(answer);
});

it.each([
  ["paid", { result: "success", fields: {} }],
  ["s", { result: "caller-interrupted-with-star", fields: {} }],
  ["tries", { result: "too-many-failed-attempts", fields: {} }],
  ["d", { result: "payment-connector-error", fields: {} }],
  ["h", "hangup"],
  ["", undefined],
])("typed while a payment is taken: %j", (line, answer) => {
  expect(typedPay(line)).toEqual(answer);
});

it.each([
  ["answer", { status: "in-progress" }],
  ["no answer", { status: "no-answer" }],
  ["n", { status: "no-answer" }],
  ["b", { status: "busy" }],
  ["f", { status: "failed" }],
  ["h", "hangup"],
  ["perhaps", undefined],
])("typed while the caller is handed over: %j", (line, answer) => {
  expect(typedRefer(line)).toEqual(answer);
});
