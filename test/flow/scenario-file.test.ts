/** A call, written into a test file. */
import { describe, expect, test } from "vitest";
import { addScenario, type NewScenario } from "../../src/flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";

const PATH = "flows/desk.test.yaml";
const call = (name: string, script: unknown[] = [{ press: "1" }, "end"]): NewScenario => ({ name, script });

function add(text: string, scenario: NewScenario) {
  return addScenario({ path: PATH, text }, "desk", scenario, ["desk"]);
}

function textOf(added: ReturnType<typeof add>): string {
  if ("problem" in added) throw new Error(added.problem);
  return added.file.text;
}

describe("a call as a scenario", () => {
  test("begins a file where there is none", () => {
    const added = add("", call("one"));
    expect(added).toMatchObject({ name: "one", line: 3 });
    expect(textOf(added)).toBe(
      'flow: desk\nscenarios:\n  - name: one\n    script:\n      - press: "1"\n      - end\n',
    );
  });

  test.each([
    ["indented", "flow: desk\nscenarios:\n  - name: a # first\n    script: [end]   # said\n\n# the end\n"],
    ["at the margin", "flow: desk\nscenarios:\n- name: a\n  script:\n  - end\n"],
    ["without a last line break", "flow: desk\nscenarios:\n  - name: a\n    script: [end]"],
    ["before another key", "scenarios:\n  - name: a\n    script:\n      - end\n\nflow: desk\n"],
    ["with a block text", "flow: desk\nscenarios:\n  - script: [end]\n    name: |\n      a\n      b\n\n"],
    ["with CRLF", "flow: desk\r\nscenarios:\r\n  - name: a\r\n    script: [end]\r\n"],
  ])("stands behind the others, of a list %s, and leaves every letter of the file", (_, text) => {
    const after = textOf(add(text, call("b")));
    const { scenarios } = readScenarios({ path: PATH, text: after }, ["desk"]);
    expect(scenarios.map(({ scenario }) => scenario.name)).toEqual([expect.any(String), "b"]);
    const at = after.search(/^[ ]*- name: b\r?$/m);
    const [added = ""] = /^.*?end\r?\n/s.exec(after.slice(at)) ?? [];
    expect(at).toBeGreaterThan(0);
    expect((after.slice(0, at) + after.slice(at + added.length)).trimEnd()).toBe(text.trimEnd());
    expect(after.includes("\r\n") && /[^\r]\n/.test(after), "two sorts of line ends").toBe(false);
  });

  test("gets a number where another has its name", () => {
    const once = textOf(add("", call("one")));
    const twice = textOf(add(once, call("one")));
    expect(add(twice, call("one"))).toMatchObject({ name: "one (3)", line: 11 });
  });

  test("says what it said, whatever YAML makes of such words", () => {
    const words = [
      "no",
      "1",
      "*",
      "12:30",
      "- a: b # c",
      "null",
      "0x1f",
      "  two  spaces",
      'say "yes"',
      "ja\nnein",
    ];
    const text = textOf(
      add(
        "",
        call(
          "words",
          words.map((hear) => ({ hear })),
        ),
      ),
    );
    const [written] = readScenarios({ path: PATH, text }, ["desk"]).scenarios;
    expect(written?.scenario.script).toEqual(words.map((hear) => ({ hear })));
  });

  test("is refused in a sentence where it is none, or its file is broken, of another flow, or in brackets", () => {
    const problem = (text: string, scenario = call("one")): unknown => {
      const added = add(text, scenario);
      return "problem" in added ? added.problem : undefined;
    };
    expect(problem("", call("odd", [{ dance: "yes" }]))).toMatch(/cannot be written as a scenario/);
    expect(problem("flow: [\n")).toMatch(/has an error itself/);
    expect(problem("flow: other\nscenarios:\n  - name: a\n    script: [end]\n")).toMatch(/"other"/);
    expect(problem("flow: desk\nscenarios: [{ name: a, script: [end] }]\n")).toMatch(/in brackets/);
  });
});

test.each([
  ["silence: 3", "`silence` takes no value here; write it alone, once for each time"],
  ["hear", "`hear` needs a value here; write `hear: …`"],
  ["{ text: Hello, sms: Hello! }", "`text` and `sms` exclude each other; write each after a dash of its own"],
])("a line `- %s` of a script is corrected", (line, message) => {
  const text = `flow: desk\nscenarios:\n  - name: a\n    script:\n      - ${line}\n`;
  expect(readScenarios({ path: PATH, text }, ["desk"]).diagnostics.map((one) => one.message)).toEqual([
    message,
  ]);
});

test.each([
  [
    "in a line of the script",
    "      - text: Hello\n        expect: { day: Monday }\n",
    "it goes next to `script`: indent both alike",
  ],
  [
    "of the whole file",
    "      - text: Hello\nfrom: +14155550111\n",
    "it belongs to a scenario: indent it below its `name`",
  ],
])("a key of a scenario %s is told its place", (_place, end, advice) => {
  const text = `flow: desk\nscenarios:\n  - name: one\n    script:\n${end}`;
  const [found] = readScenarios({ path: PATH, text }, ["desk"]).diagnostics;
  expect(found?.message.endsWith(`; ${advice}`)).toBe(true);
});
