/** The editors' schema agrees with the checker: it takes what is right, and refuses what is misspelt. */
import { readdirSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { calendarSchema, flowSchema } from "../../src/flow/shape/json-schema.ts";
import { plain } from "../../src/flow/shape/project.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { fixture, read } from "./support.ts";

const validate = new Ajv({ strict: false, allErrors: true }).compile(flowSchema());

function errorsOf(text: string): unknown[] {
  const { root } = readSource({ path: "flows/test.yaml", text });
  validate(root && plain(root));
  return validate.errors ?? [];
}

const shipped = readdirSync(new URL("../../flows/", import.meta.url)).filter(
  (file) => !file.endsWith(".test.yaml"),
);

test.each(shipped)("takes %s", (file) => {
  expect(errorsOf(read(new URL(`../../flows/${file}`, import.meta.url)))).toEqual([]);
});

test.each(kinds.map(({ name, doc }) => [name, doc.example]))("takes the example of %s", (_name, example) => {
  expect(errorsOf(example)).toEqual([]);
});

describe("takes every fixture that is right", () => {
  const files = readdirSync(fixture("."), { recursive: true, encoding: "utf8" });
  test.each(files.filter((file) => /ok-.*\.yaml$/.test(file)))("%s", (file) => {
    expect(errorsOf(read(fixture(file)))).toEqual([]);
  });
});

test.each([
  ["a misspelt setting", "descripton: A flow.\nsteps:\n  bye: { hangup: Goodbye. }\n"],
  ["a misspelt kind", "steps:\n  greet: { sya: Hello., next: hangup }\n"],
  ["two kinds", "steps:\n  greet: { say: Hello., pause: 1, next: hangup }\n"],
  [
    "a misspelt key",
    "steps:\n  menu: { gather: { promt: Press 1., choices: { 1: hangup }, otherwise: hangup } }\n",
  ],
  ["a name that is none", "steps:\n  Front Desk: { hangup: Goodbye. }\n"],
  ["a number out of range", "steps:\n  wait: { pause: 0, next: hangup }\n"],
  ["no steps", "description: A flow.\n"],
])("refuses %s", (_what, text) => {
  expect(errorsOf(text)).not.toEqual([]);
});

describe("the schema of calendar files", () => {
  const fits = new Ajv({ strict: false }).compile(calendarSchema());
  const read = (text: string): boolean => {
    const { root } = readSource({ path: "flows/calendars/office.yaml", text });
    return fits(root && plain(root));
  };

  test("takes days in all their forms", () => {
    expect(
      read(
        'open: { daily: "08:00-18:00" }\nclosed: [2026-11-26, 12-25, 12-24..01-02, 4th thu nov+1, easter-2]\nspecial: { 12-31: closed }\n',
      ),
    ).toBe(true);
  });

  test.each(["close: [12-25]\n", "closed: [someday]\n", "from: other.yaml\n", "special: { 12-31: shut }\n"])(
    "refuses %j",
    (text) => {
      expect(read(text)).toBe(false);
    },
  );
});
