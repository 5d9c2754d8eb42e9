/** The outline of a flow, and the search in it. */
import { expect, test } from "vitest";
import type { StepView } from "../../../src/phone/page/contract/steps.ts";
import { findSteps } from "../../../src/phone/page/text/find-steps.ts";

const step = (name: string, kind = "say", says?: string): StepView => ({
  ...{ name, kind, role: "speaks", from: 1, to: 1 },
  ...(says !== undefined && { says }),
});

const STEPS = [
  step("menu", "gather", "For billing, press 1."),
  step("billing", "dial"),
  step("goodbye", "hangup"),
  step("billing-busy", "say", "Everybody is talking."),
];
const BILLING = [{ id: "billing", steps: ["billing", "billing-busy"] }];

test("the outline has the steps of a department together, below its first step, which has their number", () => {
  const lines = findSteps(STEPS, BILLING, "").map(({ step: { name }, depth, count }) => [name, depth, count]);
  expect(lines).toEqual([
    ["menu", 0, undefined],
    ["billing", 0, 2],
    ["billing-busy", 1, undefined],
    ["goodbye", 0, undefined],
  ]);
});

test("a search finds names first, then kinds, then words", () => {
  const found = (query: string) => findSteps(STEPS, BILLING, query).map((line) => line.step.name);
  expect(found("billing")).toEqual(["billing", "billing-busy", "menu"]);
  expect(found("DIAL")).toEqual(["billing"]);
  expect(found("busy everybody")).toEqual(["billing-busy"]);
  expect(found("nothing")).toEqual([]);
});
