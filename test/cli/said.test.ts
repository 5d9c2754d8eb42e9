/** Words of a scenario come in other forms as well, and each must lead to the same steps. */
import { describe, expect, test } from "vitest";
import { playInForms } from "../../src/cli/play/said.ts";
import { build } from "../../src/flow/build.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { recognised } from "../../src/phone/script/recognised.ts";

const FLOW = `
steps:
  menu:
    gather:
      prompt: Yes or no?
      input: speech
      save: answer
      otherwise: hangup
    next: decide
  decide:
    branch:
      - when: vars.answer == "one"
        next: good
      - next: bad
  good: { say: "You said {{ vars.answer }}", next: loose }
  loose:
    gather:
      prompt: And how many?
      input: speech
      save: count
      matches: "[0-9]"
      otherwise: bad
    next: many
  many:
    branch: { on: vars.count, cases: { 2: done }, else: bad }
  done: { hangup: Two. }
  bad: { hangup: Bad. }
`;

async function failureOf(script: string, expected = ""): Promise<string | undefined> {
  const built = build([{ path: "flows/test.yaml", text: FLOW }]);
  const text = `flow: test\nscenarios:\n  - name: words\n    script:\n${script}${expected}`;
  const { scenarios, diagnostics } = readScenarios({ path: "flows/test.test.yaml", text }, ["test"]);
  expect([...built.diagnostics, ...diagnostics].filter(({ severity }) => severity === "error")).toEqual([]);
  const [scenario] = scenarios;
  if (!scenario) throw new Error("no scenario");
  const { failure } = await playInForms(scenario, built, {});
  return failure && `${failure.step}: ${failure.message}`;
}

describe("a scenario's words", () => {
  test("must lead to the same steps as a sentence", async () => {
    expect(await failureOf("      - say: one\n      - hear: You said one\n      - hangup\n")).toBe(
      '0: The call goes another way if "one" is recognised as "One.". Let the flow take both, or write what is recognised: as: "one".',
    );
  });

  test("are blamed line by line", async () => {
    expect(
      await failureOf(
        "      - { say: One., as: one }\n      - say: 2\n      - hear: Two.\n      - end\n",
        '    expect: { count: "2" }\n',
      ),
    ).toBeUndefined();
    expect(
      await failureOf("      - say: one\n      - hear: You said one\n      - say: two\n      - end\n"),
    ).toMatch(/^0: .*"One\."/);
  });

  test("come as they are if the line says so", async () => {
    const script =
      "      - { say: one, as: one }\n      - { say: two, as: 2. }\n      - hear: Two.\n      - end\n";
    expect(await failureOf(script)).toBeUndefined();
    expect(await failureOf(script.replace("as: one", "as: One."))).toMatch(/^1: /);
  });
});

test.each([
  ["one", "One."],
  ["One?", "One?"],
  ["é", "É."],
  ["予約", "予約。"],
  ['"one"', "one"],
])("%s is recognised as %s", (typed, text) => {
  expect(recognised(typed)).toBe(text);
});
