/**
 * Advice is worth what it finds: good flows have none, and at least 95 of 100 mistakes that are put into them are found at
 * their line. Here a sample; `node test/flow/mistakes/main.ts` tries them all, and lists the misses with `--misses`.
 */
import { expect, test } from "vitest";
import { advise } from "../../src/flow/advise.ts";
import { build } from "../../src/flow/build.ts";
import { ADVICE } from "../../src/flow/model/advice.ts";
import { advice } from "../../src/flow/rules/advice/registry.ts";
import { isAll } from "../runs.ts";
import { AUDIO, goodFlows, isFound, randomFrom, sampled, seededIn, withParts } from "./mistakes/seed.ts";
import { printed } from "./support.ts";

/** Of each sort of mistake. */
const EACH = isAll ? 8 : 4;

const files = goodFlows();

test.each(files.map((file) => [file.path, file] as const))("nothing is found in %s", (path, file) => {
  const { flows, diagnostics } = build(withParts(file, files), AUDIO);
  const found = [...diagnostics, ...advise(flows)].filter((one) => one.file === path);
  expect(printed(file.text, found)).toBe("");
});

test("mistakes are found at their line", () => {
  const all = seededIn(files);
  const random = randomFrom(20_261_126);
  const results = Object.keys(ADVICE).flatMap((code) =>
    sampled(
      all.filter((one) => one.code === code),
      EACH,
      random,
    ).map((one) => ({ ...one, isFound: isFound(one, files) })),
  );
  const built = results.filter((one) => one.isFound !== undefined);
  const missed = built.filter((one) => !one.isFound);
  expect(new Set(built.map(({ code }) => code))).toEqual(new Set(Object.keys(ADVICE)));
  expect(built.length).toBeGreaterThanOrEqual(0.95 * EACH * Object.keys(ADVICE).length);
  const report = missed.map(({ code, file, lines }) => `${code} ${file.path}:${lines.join(",")}`).join("\n");
  expect(missed.length / built.length, report).toBeLessThanOrEqual(0.05);
});

test.each(advice.map(({ doc }) => [doc.code, doc] as const))("%s says how it can be wrong", (_, doc) => {
  expect(doc.wrong).toMatch(/^[A-Z0-9].*\.$/s);
  expect(doc.good).not.toBe(doc.bad);
});
