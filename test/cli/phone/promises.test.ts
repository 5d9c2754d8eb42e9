/** What became of the promises, for the page. */
import { expect, test } from "vitest";
import { decidedPromises } from "../../../src/cli/phone/decided.ts";
import { promisesByFile } from "../../../src/cli/phone/promises.ts";
import { enterFolder } from "../folder.ts";

const PIN = `gives: [code]
promises:
  - never: failed
  - never: apology
variables: { code: { type: string, default: "1" } }
steps:
  ask: { gather: { prompt: Your code?, choices: { 1: done }, otherwise: failed } }
  done: { say: Thank you., next: return }
  failed: { hangup: Goodbye. }
`;
const DESK = `promises: [{ reach: bye }]
steps:
  first: { run: { flow: pin }, next: bye }
  bye: { hangup: Goodbye. }
`;

test("promises are filed with the flow that makes them, with a call to the flow that runs it", async () => {
  await enterFolder({ "flows/pin.yaml": PIN, "flows/desk.yaml": DESK, "wrangler.toml": "" });
  const found = promisesByFile(await decidedPromises(Date.now()));
  expect(found.get("flows/pin.yaml")).toMatchObject([
    {
      line: 3,
      is: "broken",
      why: expect.stringMatching(/ → pin\.failed$/),
      call: {
        flow: "desk",
        scenario: { script: expect.arrayContaining([{ hear: "Goodbye." }, "end"]) },
      },
    },
    { line: 4, is: "kept" },
  ]);
  expect(found.get("flows/desk.yaml")).toMatchObject([{ line: 1, is: "kept" }]);
});

test("of what several flows make of a part's promise, the worst counts", () => {
  const about = { file: "flows/pin.yaml", text: "never failed", line: 2 };
  const found = promisesByFile([
    { ...about, is: "kept" },
    { ...about, is: "broken", why: "silence → failed" },
    { ...about, is: "undecided", why: "there are too many ways" },
  ]);
  expect(found.get("flows/pin.yaml")).toEqual([
    { text: "never failed", line: 2, is: "broken", why: "silence → failed" },
  ]);
});
