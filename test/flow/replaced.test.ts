/**
 * Every node of every shipped flow, replaced by values of any sort: the checker never crashes, and each flow that has
 * an error says so. A seeded sample runs here; `RINGFLOW_FUZZ=all` runs every case, a number that many.
 */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { isMap, isScalar, isSeq, parseDocument, stringify } from "yaml";
import { build } from "../../src/flow/build.ts";
import { findingDocs } from "../../src/flow/catalogue.ts";
import { read } from "./support.ts";

const VALUES: readonly unknown[] = [
  null,
  "",
  "x",
  "{{ vars.x + 1 }}",
  "{{ caller.number }}",
  "hangup",
  "+14155550100",
  "constructor",
  0,
  -1,
  1.5,
  true,
  [],
  [null],
  [[{}]],
  {},
  { x: null },
  { env: "X" },
  { retry: { hangup: "Goodbye." } },
  { sip: [null] },
];
/** How many cases are run, and where the numbers begin that choose them. */
const { RINGFLOW_FUZZ = "100" } = process.env;
const SEED = 20261126;

type Path = readonly (string | number)[];

/** One flow with one of its nodes replaced. */
interface Case {
  name: string;
  text: string;
  path: Path;
  value: unknown;
}

function flowsIn(folder: string): { name: string; text: string }[] {
  const url = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((file) => file.endsWith(".yaml") && !file.endsWith(".test.yaml"))
    .map((file) => ({ name: basename(file), text: read(new URL(file, url)) }));
}

function pathsOf(node: unknown, path: Path = []): Path[] {
  if (isMap(node)) {
    return [path, ...node.items.flatMap(({ key, value }) => pathsOf(value, [...path, keyOf(key)]))];
  }
  if (isSeq(node)) return [path, ...node.items.flatMap((item, index) => pathsOf(item, [...path, index]))];
  return [path];
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

const flows = [...flowsIn("flows"), ...flowsIn("src/cli/templates")];
const cases: readonly Case[] = flows.flatMap(({ name, text }) =>
  pathsOf(parseDocument(text).contents).flatMap((path) =>
    VALUES.map((value) => ({ name, text, path, value })),
  ),
);

/** Numbers that look random and are the same in every run (a linear congruential generator). */
function* randoms(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function sampleOf(all: readonly Case[]): Case[] {
  const numbers = randoms(SEED);
  return Array.from({ length: Number(RINGFLOW_FUZZ) }, () => {
    const at = Math.floor((numbers.next().value ?? 0) * all.length);
    return all[at];
  }).filter((one) => one !== undefined);
}

const documented = new Set(findingDocs.map(({ code }) => code));

/** What is wrong with how the checker takes a case; undefined if nothing is. */
function faultOf({ name, text, path, value }: Case): string | undefined {
  const document = parseDocument(text);
  if (path.length > 0) document.setIn(path, document.createNode(value));
  const replaced = path.length > 0 ? document.toString() : stringify(value);
  const { programs, diagnostics } = build([{ path: `flows/${name}`, text: replaced }]);
  const faults = diagnostics.flatMap(({ code, message }) => {
    if (code === "internal-error") return [message];
    if (!documented.has(code)) return [`${code} is not documented`];
    return /undefined|\[object|NaN/.test(message) ? [message] : [];
  });
  const hasError = diagnostics.some(({ severity }) => severity === "error");
  if (programs.length !== (hasError ? 0 : 1)) faults.push(`${programs.length} programs`);
  const [fault] = faults;
  return fault && `${name} ${path.join(".")} = ${JSON.stringify(value)}: ${fault}`;
}

const chosen = RINGFLOW_FUZZ === "all" ? cases : sampleOf(cases);

describe("a shipped flow with any one of its values replaced", () => {
  test(`never crashes the checker (${chosen.length} of ${cases.length} cases)`, () => {
    const faults = chosen.flatMap((one) => faultOf(one) ?? []);
    expect(faults).toEqual([]);
  }, 3_600_000);
});
