/**
 * What `fits` accepts is what ajv accepts, and what `errorsOf` reports is what ajv reports: of the steps of every fixture,
 * and of the same with one value changed.
 */
import { readdirSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../src/flow/language/mark.ts";
import type { Node } from "../../src/flow/language/node.ts";
import { Settings } from "../../src/flow/model/settings.ts";
import { errorsOf } from "../../src/flow/shape/errors.ts";
import { fits } from "../../src/flow/shape/fits.ts";
import { type Projected, project } from "../../src/flow/shape/project.ts";
import { kindNamed } from "../../src/flow/steps/registry.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { runs } from "../runs.ts";
import { fixture, read } from "./support.ts";

const ajv = new Ajv({ strict: false, allErrors: true, code: { optimize: false } });

interface Case extends Projected {
  schema: JsonSchema;
}

const entriesOf = (node: Node | undefined) => (node?.type === "map" ? node.pairs : []);

function casesIn(text: string): Case[] {
  const { root } = readSource({ path: "flows/test.yaml", text });
  if (root?.type !== "map") return [];
  const steps = root.pairs.find(({ key }) => key.text === "steps");
  const settings = { ...root, pairs: root.pairs.filter((pair) => pair !== steps) };
  const bodies = entriesOf(steps?.value).flatMap(({ value: step }) => entriesOf(step));
  const schemas = bodies.flatMap(({ key, value }) => {
    const schema = kindNamed(key.text)?.schema;
    return schema ? [{ schema, node: value }] : [];
  });
  return [{ schema: Settings, node: settings }, ...schemas].map(({ schema, node }) => ({
    schema,
    ...project(schema, node),
  }));
}

const files = readdirSync(fixture("."), { recursive: true, encoding: "utf8" });
const cases = files.flatMap((file) => (file.endsWith(".yaml") ? casesIn(read(fixture(file))) : []));

/** A value with another in the place that the numbers lead to, in it or in a value inside it. */
function changed(value: unknown, [turn = 0, ...turns]: readonly number[], other: unknown): unknown {
  if (turns.length === 0 || typeof value !== "object" || value === null) return other;
  if (Array.isArray(value)) {
    const at = turn % (value.length + 1);
    return value.toSpliced(at, 1, changed(value[at], turns, other));
  }
  const entries = Object.entries(value);
  const [key, one] = entries[turn % (entries.length + 1)] ?? ["unknown", undefined];
  const inside = changed(one, turns, other);
  return inside === undefined
    ? Object.fromEntries(entries.filter(([name]) => name !== key))
    : { ...value, [key]: inside };
}

describe("agrees with ajv", () => {
  // Of a union, ajv has the errors of all branches, and `errorsOf` only those of the branch that the author meant.
  function isReportedAsAjvDoes({ schema, ...projected }: Case): boolean {
    ajv.validate(schema, projected.value);
    const known = new Set(ajv.errors?.map(({ keyword, instancePath }) => `${keyword} ${instancePath}`));
    const errors = errorsOf(schema, projected);
    const isKnown = errors.every(({ keyword, instance }) => known.has(`${keyword} ${instance}`));
    return isKnown && errors.length > 0 === known.size > 0;
  }

  test("about every fixture", () => {
    const wrong = cases.filter(({ schema, value }) => fits(schema, value) !== ajv.validate(schema, value));
    expect(wrong).toEqual([]);
    expect(cases.filter((one) => !isReportedAsAjvDoes(one))).toEqual([]);
    expect(new Set(cases.map(({ schema, value }) => fits(schema, value)))).toEqual(new Set([true, false]));
  });

  test("about fixtures with one value changed", () => {
    const other = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(
        "",
        "hangup",
        "+14155550111",
        "08:00-18:00",
        "🙂",
        0,
        1,
        0.5,
        1000,
        Number.NaN,
        true,
        null,
      ),
      fc.constantFrom([], {}, [""], { env: "NAME" }, { en: "x" }, { toString: 1 }),
      fc.constantFrom(...cases.map(({ value }) => value)),
    );
    const turns = fc.array(fc.nat(20), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...cases), turns, other, (original, path, instead) => {
        const { schema } = original;
        const one = changed(original.value, path, instead);
        expect(fits(schema, one)).toBe(ajv.validate(schema, one));
        expect(isReportedAsAjvDoes({ ...original, value: one })).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });
});

test("accepts nothing by a keyword that it does not know", () => {
  const schema = { type: "string", format: "email" };
  expect(fits(schema, "a@example.com")).toBe(false);
});
