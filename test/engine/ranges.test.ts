/** Ranges of digits: a text in them has digits only. */
import { expect, test } from "vitest";
import { HANG_UP, heard, program, say, take, webhook } from "./support.ts";

test.each([
  ["100", "In."],
  ["199", "In."],
  ["299", "In."],
  ["099", "Out."],
  ["300", "Out."],
  ["10", "Out."],
  ["1000", "Out."],
  ["1*3", "Out."],
  ["1a3", "Out."],
  ["10a", "Out."],
  ["1 3", "Out."],
])("%s: %s", (Digits, said) => {
  const ranges = [{ from: "100", to: "299", ops: [say("In."), ...HANG_UP] }];
  const flow = program({
    a: [{ op: "switch", on: { param: "Digits" }, cases: {}, ranges }, say("Out."), ...HANG_UP],
  });
  expect(heard(take(flow, { event: webhook({ Digits }) }))).toContain(said);
});
