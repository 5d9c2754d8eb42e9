/** What `ringflow fmt` writes, and that it changes nothing else. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { format } from "../../src/flow/format/format.ts";
import { type FormName, formOf } from "../../src/flow/format/forms.ts";
import { BUILT_IN } from "../../src/flow/steps/registry.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { read } from "./support.ts";

function formatted(text: string, form: FormName = "flow"): string | undefined {
  return format({ path: "flows/test.yaml", text }, formOf(form, BUILT_IN));
}

const ROOT = new URL("../../", import.meta.url);

function yamlIn(folder: string): string[] {
  const files = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" });
  return files.filter((file) => /\.yaml$/.test(file)).map((file) => `${folder}${file}`);
}

const files = ["flows/", "src/cli/templates/", "test/flow/fixtures/"].flatMap(yamlIn);
const formFor = (path: string): FormName =>
  path.includes(".test.yaml") ? "test" : path.includes("/calendars/") ? "calendar" : "flow";

/** The Program's hash, and the findings without their places. */
function builtFrom(path: string, text: string): unknown {
  const { flows, diagnostics } = build([{ path, text }]);
  return [
    flows.map(({ program }) => program?.hash),
    diagnostics.map(({ code, message }) => `${code} ${message}`).sort(),
  ];
}

/** A text that does not depend on the order of words: of comments too. */
const words = (text: string): string[] =>
  text
    .split(/\s+/)
    .flatMap((word) => word.match(/[\w.]+|[^\w.]/g) ?? [])
    .sort();

describe.each(files)("%s", (path) => {
  const text = read(new URL(path, ROOT));
  const once = formatted(text, formFor(path)) ?? text;

  test("has the same Program and findings, and no other word", () => {
    if (once === text) return;
    if (formFor(path) === "flow") expect(builtFrom(path, once)).toEqual(builtFrom(path, text));
    expect(words(once)).toEqual(words(text));
  });

  test("is not changed again", () => {
    expect(formatted(once, formFor(path)) ?? once).toBe(once);
  });
});

test.each(["flows/", "src/cli/templates/"].flatMap(yamlIn).filter((path) => !path.includes("/project/")))(
  "%s is formatted: run npx ringflow fmt",
  (path) => {
    const text = read(new URL(path, ROOT));
    expect(formatted(text, formFor(path))).toBe(text);
  },
);

describe("format", () => {
  test("orders settings, then steps; in a step the kind, then its exits", () => {
    expect(
      formatted(`# About the flow.

steps:
  # The greeting.
  greet:
    next: menu   # then the menu
    say: Hello.
  menu:
    gather:
      otherwise: greet
      # Two lines
      # of a comment.
      choices: {2: greet,   1: greet}
      prompt: |
        For this,
          press 1.
language: en-US
`),
    ).toBe(`# About the flow.

language: en-US
steps:
  # The greeting.
  greet:
    say: Hello.
    next: menu   # then the menu
  menu:
    gather:
      prompt: |
        For this,
          press 1.
      # Two lines
      # of a comment.
      choices: { 2: greet, 1: greet }
      otherwise: greet
`);
  });

  test("indents by two spaces, with what is below, and drops blank lines", () => {
    expect(
      formatted(`steps:
    a:
        branch:
        -   when: vars.x
            # away
            next: b
        -   next: b


    b:
        hangup: >-
            Thank you,
            goodbye.

`),
    ).toBe(`steps:
  a:
    branch:
      - when: vars.x
        # away
        next: b
      - next: b

  b:
    hangup: >-
        Thank you,
        goodbye.
`);
  });

  test("keeps the spelling of texts, and the line ends of Windows", () => {
    const text = "steps:\r\n  a:\r\n    next: \"b\\u0062\"\r\n    say: 'It''s  007'\r\n";
    expect(formatted(text)).toBe("steps:\r\n  a:\r\n    say: 'It''s  007'\r\n    next: \"b\\u0062\"\r\n");
  });

  test("orders keys in braces, and leaves those with comments alone", () => {
    expect(formatted("steps:\n  a: { next: b, say: Hi. }\n")).toBe("steps:\n  a: { say: Hi., next: b }\n");
    expect(formatted("steps:\n  a: {next: b,say: [Hi. ,] ,}\n")).toBe(
      "steps:\n  a: { say: [Hi.,], next: b, }\n",
    );
    expect(formatted("steps:\n  a: { next: b, say: [Hi.,   pause: 1] }\n")).toBe(
      "steps:\n  a: { say: [Hi., pause: 1], next: b }\n",
    );
    const commented = "steps:\n  a: {\n    next: b, # there\n    say: Hi. }\n";
    expect(formatted(commented)).toBe(commented);
  });

  test("loses no anchor", () => {
    const text = "steps:\n  a:\n    next: &end bye\n    say: Hi.\n  b:\n    say: Ho.\n    next: *end\n";
    const after = formatted(text) ?? text;
    expect(words(after)).toEqual(words(text));
    expect(codesOf(after)).toEqual(codesOf(text));
  });

  test("leaves files alone that are not flows, or not YAML", () => {
    expect(formatted("services:\n    web:\n        image: x\n")).toBeUndefined();
    expect(formatted("steps:\n  a: [\n")).toBeUndefined();
  });

  test("orders test files", () => {
    expect(formatted("scenarios:\n  - script: [end]\n    name: a\nflow: desk\n", "test")).toBe(
      "flow: desk\nscenarios:\n  - name: a\n    script: [end]\n",
    );
  });
});

const codesOf = (text: string): string[] =>
  readSource({ path: "flows/test.yaml", text }).diagnostics.map(({ code }) => code);
