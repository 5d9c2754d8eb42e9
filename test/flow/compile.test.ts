/** What a Program is made of, and what its name stands for. */
import { describe, expect, test } from "vitest";
import { canonical, hashOf } from "../../src/program/hash.ts";
import { programOf } from "./support.ts";

const FLOW = `
description: A line.
start: greet
destinations: { billing: { env: BILLING_NUMBER }, sales: { env: SALES_NUMBER } }
variables:
  pin: { type: string, sensitive: true }
  tries: { type: int, default: 2 }
steps:
  lost:
    say: Nobody comes here.
    next: hangup
  greet:
    say: Hello.
    next: ask
  ask:
    gather: { prompt: PIN?, save: pin, otherwise: pay }
    next: pay
  pay:
    dial: { to: billing, status: { else: hangup } }
    next: hangup
`;

const program = programOf(FLOW, "flows/shop.yaml");

describe("a Program", () => {
  test("has the flow's name, its first step, and what a call remembers", () => {
    expect(program).toMatchObject({ format: 2, flow: "shop", start: "greet", language: "en-US" });
    expect(program.variables).toEqual({
      pin: { type: "string", default: "", maxLength: 200, sensitive: true },
      tries: { type: "int", default: 2 },
    });
  });

  test("has the steps that a call can come to, and no others", () => {
    expect(Object.keys(program.steps)).toEqual(["greet", "ask", "pay"]);
  });

  test("names the Worker's variables that it reads, and no others", () => {
    expect(program.env).toEqual(["BILLING_NUMBER"]);
  });

  test("says which steps' answers stay out of the log", () => {
    expect(program.steps.ask?.sensitive).toBe(true);
    expect(program.steps.pay?.sensitive).toBeUndefined();
    const said = programOf(FLOW.replace("PIN?, save: pin", "PIN?, save: other, sensitive: true"));
    expect(said.steps.ask?.sensitive).toBe(true);
    expect(said.variables.other?.sensitive).toBe(true);
  });

  test("keeps the last input where an expression reads it", () => {
    expect(program.keepsInput).toBeUndefined();
    expect(
      programOf(FLOW.replace("say: Hello.", 'say: "{{ caller.name + reveal(input.digits) }}"')).keepsInput,
    ).toBe(true);
  });

  test("begins at the first step where none is named", () => {
    expect(programOf(FLOW.replace("start: greet\n", "")).start).toBe("lost");
  });

  test("marks menus only where some exit goes back", () => {
    const menu = (exit: string): string =>
      `steps:\n  menu:\n    gather: { prompt: Press 1., choices: { 1: ${exit} }, otherwise: hangup }\n`;
    expect(JSON.stringify(programOf(menu("hangup")))).not.toContain('"mark"');
    expect(JSON.stringify(programOf(menu("back")))).toContain('"mark"');
  });
});

describe("its hash", () => {
  const hashes = (change: (text: string) => string): [string, string] => [
    programOf(change(FLOW), "flows/shop.yaml").hash,
    program.hash,
  ];

  test.each<[what: string, change: (text: string) => string]>([
    ["a comment", (text) => `# A comment.\n${text}`],
    ["the description", (text) => text.replace("A line.", "Another line.")],
    ["the order of the settings", (text) => `${text.replace("start: greet\n", "")}start: greet\n`],
    ["a step that no call comes to", (text) => text.replace("Nobody comes here.", "Still nobody.")],
    ["a variable written in another way", (text) => text.replace("default: 2", "default: 0x2")],
  ])("does not change with %s", (_what, change) => {
    const [changed, before] = hashes(change);
    expect(changed).toBe(before);
  });

  test.each<[what: string, change: (text: string) => string]>([
    ["a word", (text) => text.replace("Hello.", "Hello!")],
    ["an exit", (text) => text.replace("next: ask", "next: pay")],
    ["a default", (text) => text.replace("default: 2", "default: 3")],
    ["a Worker's variable", (text) => text.replaceAll("BILLING_NUMBER", "OTHER_NUMBER")],
  ])("changes with %s", (_what, change) => {
    const [changed, before] = hashes(change);
    expect(changed).not.toBe(before);
  });

  test("is ten digits, and what the Program without it comes to", () => {
    const { hash, ...rest } = program;
    expect(hash).toMatch(/^[0-9a-f]{10}$/);
    expect(hashOf(rest)).toBe(hash);
  });

  test("does not mind the order in which keys were written", () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonical({ a: null, b: [{ c: 2, d: 1 }] }));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });
});

test("a Program says what the Worker's variables have to look like", () => {
  const { env, wants } = programOf(`
variables:
  most: { type: int, default: { env: MOST } }
  open: { type: bool, default: { env: OPEN } }
  office: { type: string, default: { env: OFFICE } }
destinations: { desk: [{ env: DESK }, { sip: { env: PBX } }], line: { number: { env: LINE }, sendDigits: "1" } }
steps:
  connect:
    dial: { to: desk, timeout: { env: SECONDS }, status: { else: hangup } }
    next: other
  other: { dial: { to: line, status: { else: hangup } }, next: hangup }
`);
  expect(env).toEqual(["DESK", "LINE", "MOST", "OFFICE", "OPEN", "PBX", "SECONDS"]);
  expect(Object.keys(wants ?? {}).sort()).toEqual(["DESK", "LINE", "MOST", "OPEN"]);
  const takes = (name: string, text: string): boolean => new RegExp(wants?.[name] ?? "").test(text);
  expect(["DESK", "LINE"].every((name) => takes(name, "+14155550100"))).toBe(true);
  expect(["911", "+911", "+1 415", "sip:a@b.c", "+14155550100\n1"].some((text) => takes("DESK", text))).toBe(
    false,
  );
  expect([takes("MOST", "-3"), takes("MOST", "3.5"), takes("OPEN", "true"), takes("OPEN", "yes")]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test("a map with an `env` of its own is no variable of the Worker's", () => {
  const { env } = programOf(`
steps:
  tell:
    request: { url: https://crm.example.com/, json: { kind: { env: test }, stage: { env: STAGE } }, status: { else: hangup } }
    next: hangup
`);
  expect(env).toEqual(["STAGE"]);
});
