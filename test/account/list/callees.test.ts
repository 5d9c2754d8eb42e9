/** What `ringflow dial` calls: a number or a list, and no option of a list is ignored. */
import { expect, test } from "vitest";
import { calleesOf, type ListArguments } from "../../../src/cli/commands/account/declare-list.ts";

const TO = "+14155550111";

test.each<[ListArguments, string]>([
  [{ between: "09:00-20:00" }, "--between"],
  [{ except: "never.csv" }, "--except"],
  [{ zone: "UTC" }, "--zone"],
  [{ journal: "j" }, "--journal"],
  [{ dryRun: true }, "--dry-run"],
  [{ queue: true }, "--queue"],
  [{ status: true }, "--status"],
  [{ rate: 2 }, "--rate"],
  [{ ratePerMinute: 0.1 }, "--rate-per-minute"],
  [{ minutes: 2 }, "--minutes"],
  [{ flow: "desk" }, "--flow"],
])("refuses %j for a single number", (options, name) => {
  expect(() => calleesOf(TO, "desk", options)).toThrow(`${name} is for a list of people`);
});

test("takes a number and a flow, or a list", () => {
  expect(calleesOf(TO, "desk", {})).toEqual({ to: TO, flow: "desk" });
  expect(calleesOf(undefined, undefined, { file: "a.csv", flow: "desk", between: "9" })).toEqual({
    ...{ file: "a.csv", flow: "desk" },
  });
  expect(() => calleesOf(TO, "desk", { file: "a.csv", flow: "desk" })).toThrow(
    "Name a number and a flow, or a list",
  );
});

test("the rate of a queue is the Worker's", () => {
  expect(() =>
    calleesOf(undefined, undefined, { file: "a.csv", flow: "desk", queue: true, rate: 5 }),
  ).toThrow("CALLS_PER_MINUTE");
});
