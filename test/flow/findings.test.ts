/** Every finding is documented, and its example is held to its word. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findingDocs } from "../../src/flow/findings/findings.ts";
import { scenarioFindings } from "../../src/flow/findings/other-findings.ts";
import { shapeFindings } from "../../src/flow/findings/shape-findings.ts";
import { rules } from "../../src/flow/rules/registry.ts";
import { readScenarios } from "../../src/flow/scenarios.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { findings, printed, read } from "./support.ts";

const ofFlows = [...shapeFindings, ...rules.flatMap((rule) => rule.findings)];

describe("a rule's example", () => {
  test.each(ofFlows.map((doc) => [doc.code, doc]))("%s", (code, { severity, bad, good, parts, audio }) => {
    const of = (text: string) => findings(text, "flows/main.yaml", parts, audio);
    // One mistake is one finding: nothing that only follows from it is told.
    if (bad !== undefined) expect(of(bad).map((one) => [one.code, one.severity])).toEqual([[code, severity]]);
    expect(printed(good, of(good))).toBe("");
  });
});

test("a flow's name is a part of the webhook's URL", () => {
  const codes = (path: string): string[] =>
    findings("steps:\n  bye:\n    hangup:\n", path).map(({ code }) => code);
  expect(codes("flows/front-desk.yaml")).toEqual([]);
  expect(codes("flows/front-desk.yml")).toEqual([]);
  expect(codes("flows/Front Desk.yaml")).toEqual(["flow-name"]);
  expect(codes("flows/../9.yaml")).toEqual(["flow-name"]);
});

test("a variable that outlives the call counts under the long name that it travels by", () => {
  const flow = (keep: string): string => {
    const names = Array.from({ length: 34 }, (_, index) => `n${index}`);
    const declared = names.map((name) => `  ${name}: { type: int${keep} }\n`).join("");
    return `variables:\n${declared}steps:\n  bye: { hangup: "{{ vars.n0 }}" }\n`;
  };
  expect(findings(flow("")).map(({ code }) => code)).toEqual([]);
  expect(findings(flow(", keep: caller")).map(({ code }) => code)).toEqual(["large-state"]);
});

describe("a scripted call's example", () => {
  const codes = (text: string): string[] =>
    readScenarios({ path: "flows/front-desk.test.yaml", text }, ["front-desk"]).diagnostics.map(
      ({ code }) => code,
    );

  test.each(scenarioFindings.map((doc) => [doc.code, doc]))("%s", (code, { bad, good }) => {
    if (bad !== undefined) expect(codes(bad)).toEqual([code]);
    expect(codes(good)).toEqual([]);
  });
});

test.each(kinds.map(({ name, doc }) => [name, doc]))("the example of %s has no finding", (_name, doc) => {
  const { example, parts, audio } = doc;
  expect(printed(example, findings(example, "flows/test.yaml", parts, audio))).toBe("");
});

describe("a finding says what to write instead", () => {
  const messages = (text: string) => findings(text).map(({ message }) => message);

  test.each([
    [
      "a gather's key that stands beside it",
      "greet:\n    gather: { prompt: Press 1., choices: { 1: bye }, otherwise: bye }\n    attempts: 2\n  bye: { hangup: }",
      ['step "greet" has no `attempts`; it belongs to `gather`: indent it deeper than that'],
    ],
    [
      "an exit by another word",
      "greet:\n    say: Hello.\n    goto: hangup",
      [expect.stringMatching(/has no `goto`; a step is one of say, .*, echo, and goes on by `next`$/)],
    ],
    [
      "an exit to a step that is called like no other",
      "greet:\n    say: Hello.\n    next: reception\n  closed: { hangup: }",
      ['no step is called "reception"; the steps are greet, closed'],
    ],
  ])("%s", (_what, steps, expected) => {
    expect(messages(`steps:\n  ${steps}\n`)).toEqual(expect.arrayContaining(expected));
  });
});

describe("the page of findings", () => {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const files = ["flow", "cli"].flatMap((folder) =>
    readdirSync(`${source}${folder}`, { recursive: true, encoding: "utf8" }).map(
      (file) => `${source}${folder}/${file}`,
    ),
  );
  const text = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(new URL(`file://${file}`)))
    .join("\n");

  test("lists each code once", () => {
    const codes = findingDocs.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
  });

  test("lists every code that the source writes", () => {
    const written = text.matchAll(/\bcode(?:: | = )"([a-z0-9-]+)"|\btell\(\s*"([a-z0-9-]+)"/g);
    const codes = new Set([...written].map(([, code, told]) => code ?? told));
    const documented = new Set(findingDocs.map(({ code }) => code));
    expect([...codes].filter((code) => code !== undefined && !documented.has(code))).toEqual([]);
  });

  test("lists no code that nothing makes", () => {
    const unwritten = findingDocs.filter(({ code }) => text.split(`"${code}"`).length < 3);
    expect(unwritten.map(({ code }) => code)).toEqual([]);
  });
});
