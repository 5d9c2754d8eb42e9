/** A test that is recorded anew. */
import { describe, expect, test } from "vitest";
import { rerecorded } from "../../src/cli/play/rerecord.ts";
import { build } from "../../src/flow/build.ts";
import { replaceScript } from "../../src/flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";

const FLOW = `destinations: { ada: +14155550133 }
steps:
  menu:
    gather: { prompt: "Good day. For Ada, press 1.", choices: { 1: tell }, otherwise: bye }
  tell: { sms: { to: +14155550177, body: Somebody calls. }, next: ring }
  ring:
    dial: { to: ada, whisper: A call from the menu. Press 1., accept: 1, status: { else: bye } }
    next: bye
  bye: { hangup: Goodbye. }
`;
const TESTS = `flow: desk
scenarios:
  - name: Ada answers  # the usual way
    script:
      - hear: Hello
      - hear: For Ada
      - press: 1
      - sms: Somebody calls
      - dial: ada
        callee: [{ hears: From the desk }, { presses: "1" }]
      - hear: Goodbye
      - end
  - name: nobody is there
    script:
      - { hear: Good day, hangup: true }
`;

const { flows } = build([{ path: "flows/desk.yaml", text: FLOW }]);
const file = { path: "flows/desk.test.yaml", text: TESTS };

async function anew(text = TESTS, index = 0) {
  const [, written] = [0, readScenarios({ ...file, text }, ["desk"]).scenarios[index]];
  if (!written) throw new Error("There is no such test.");
  return rerecorded(written, { flows, audio: [] }, {});
}

describe("A test that is recorded anew", () => {
  test("has what is heard now where it differs, and everything else as it was", async () => {
    expect(await anew()).toEqual([
      { hear: "Good day" },
      { press: "1" },
      { sms: "Somebody calls" },
      { dial: "ada", callee: [{ hears: "A call from the menu" }, { presses: "1" }] },
      { hear: "Goodbye" },
      "end",
    ]);
    expect(await anew(TESTS, 1)).toEqual([{ hear: "Good day", hangup: true }]);
  });

  test("is refused if the call goes another way", async () => {
    const problem = await anew(TESTS.replace("press: 1", "press: 2"));
    expect(problem).toMatchObject({ problem: expect.stringContaining("goes another way") });
  });

  test("is written in its place, with nothing else changed", async () => {
    const script = await anew();
    if ("problem" in script) throw new Error(script.problem);
    const added = replaceScript(file, "Ada answers", script, ["desk"]);
    if ("problem" in added) throw new Error(added.problem);
    expect(added.file.text).toContain(
      "name: Ada answers  # the usual way\n    script:\n      - hear: Good day\n",
    );
    expect(added.file.text).toMatch(/- end\n {2}- name: nobody is there\n/);
    expect(added.line).toBe(3);
  });
});
