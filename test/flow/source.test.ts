/** What readSource makes of YAML: values as written and as YAML types them, in order, with their places. */
import { describe, expect, it } from "vitest";
import { LONGEST_FILE } from "../../src/flow/yaml/size.ts";
import { type Node, readSource, type ScalarNode } from "../../src/flow/yaml/source.ts";

function read(text: string): Node {
  const { root, diagnostics } = readSource({ path: "flow.yaml", text });
  expect(diagnostics).toEqual([]);
  if (!root) throw new Error("nothing was read");
  return root;
}

function pairs(node: Node) {
  if (node.type !== "map") throw new Error(`a ${node.type} is no map`);
  return node.pairs;
}

function firstValue(text: string): Node {
  const value = pairs(read(text))[0]?.value;
  if (!value) throw new Error("no value");
  return value;
}

function scalarOf(text: string): ScalarNode {
  const value = firstValue(text);
  if (value.type !== "scalar") throw new Error(`a ${value.type} is no scalar`);
  return value;
}

describe("a scalar has its text as written, and YAML's value", () => {
  it.each([
    ["a: 007", "007", 7],
    ["a: +14155550100", "+14155550100", 14155550100],
    ["a: 08", "08", 8],
    ["a: 0x1F", "0x1F", 31],
    ["a: 1e3", "1e3", 1000],
    ["a: yes", "yes", "yes"],
    ["a: No", "No", "No"],
    ["a: true", "true", true],
    ["a: ~", "~", null],
    ["a: 12:30", "12:30", "12:30"],
    ["a: 2026-12-24", "2026-12-24", "2026-12-24"],
    ["a:", "", null],
    ["a: press * to finish", "press * to finish", "press * to finish"],
    ["a: two\n  lines", "two lines", "two lines"],
  ])("%j", (text, asWritten, typed) => {
    expect(scalarOf(text)).toMatchObject({ text: asWritten, value: typed, quoted: false });
  });

  it.each([
    ['a: "007"', "007"],
    ["a: '7'", "7"],
    ['a: "x\\ty\\u0041"', "x\tyA"],
    ["a: 'it''s'", "it's"],
    ["a: |\n  x\n  y\n", "x\ny\n"],
    ["a: >-\n  x\n  y\n", "x y"],
  ])("%j is certainly text", (text, decoded) => {
    expect(scalarOf(text)).toMatchObject({ text: decoded, value: decoded, quoted: true });
  });
});

it("keys keep their order, their spelling and their places", () => {
  const found = pairs(read("10: a\n01: b\n1: c\nb: d\n")).map(({ key }) => [key.text, key.span]);
  expect(found).toEqual([
    ["10", { start: 0, end: 2 }],
    ["01", { start: 6, end: 8 }],
    ["1", { start: 12, end: 13 }],
    ["b", { start: 17, end: 18 }],
  ]);
});

it("lists and maps say whether they are written in brackets", () => {
  expect(firstValue("a: [x, y]")).toMatchObject({
    type: "list",
    inline: true,
    items: [{ text: "x" }, { text: "y" }],
  });
  expect(firstValue("a:\n  - x\n")).toMatchObject({ type: "list", inline: false });
  expect(firstValue("a: { b: c }")).toMatchObject({ type: "map", inline: true, span: { start: 3, end: 11 } });
  expect(firstValue("a:\n  b: c\n")).toMatchObject({ type: "map", inline: false });
});

it("an empty value stands behind its key", () => {
  expect(scalarOf("next:\n").span).toEqual({ start: 5, end: 5 });
});

it("a byte order mark and CRLF change nothing but places", () => {
  const [first, second] = pairs(read("\ufeffa: b\r\nc: |\r\n  d\r\n"));
  expect(first).toMatchObject({ key: { text: "a", span: { start: 1, end: 2 } }, value: { text: "b" } });
  expect(second).toMatchObject({ key: { text: "c" }, value: { text: "d\n" } });
});

it("a text that is quoted in the copy is read as meant, at its place in the author's file", () => {
  const text = "say: Hello: {{ caller.name }}\nnext: menu\n";
  const { root, diagnostics } = readSource({ path: "flow.yaml", text });
  expect(diagnostics.map(({ code }) => code)).toEqual(["quote-this"]);
  expect(root && pairs(root)).toMatchObject([
    { key: { text: "say" }, value: { text: "Hello: {{ caller.name }}", span: { start: 5, end: 29 } } },
    {
      key: { text: "next", span: { start: 30, end: 34 } },
      value: { text: "menu", span: { start: 36, end: 40 } },
    },
  ]);
});

it("a file that YAML cannot read has no root", () => {
  expect(readSource({ path: "flow.yaml", text: "a: [b\nc: d\n" }).root).toBeUndefined();
});

it("a file of 10,000 steps is read whole, one of 5 MB not at all", () => {
  const step = (_: unknown, index: number) =>
    `  step-${index}:\n    say: ${"Hello. ".repeat(20)}\n    next: menu\n`;
  const large = `steps:\n${Array.from({ length: 10_000 }, step).join("")}`;
  expect(large.length).toBeGreaterThan(1_500_000);
  const steps = firstValue(large);
  expect(pairs(steps)).toHaveLength(10_000);
  const tooLarge = readSource({ path: "flow.yaml", text: "[".repeat(5_000_000) });
  expect(tooLarge).toMatchObject({ diagnostics: [{ code: "file-too-large", span: { start: 0, end: 0 } }] });
  expect(tooLarge.root).toBeUndefined();
  expect(LONGEST_FILE).toBeLessThan(5_000_000);
});

it("the process's environment and its stack traces are afterwards as they were", () => {
  const { env } = process;
  const { stackTraceLimit } = Error;
  read("say: Hello.");
  expect(process.env).toBe(env);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
