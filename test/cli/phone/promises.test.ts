/** What became of the promises, and the ways of calls, for the page. */
import { expect, test } from "vitest";
import type { FiledPromise } from "../../../src/cli/phone/decided.ts";
import { exploreFlows } from "../../../src/cli/phone/explored.ts";
import { promisesByFile } from "../../../src/cli/phone/promises.ts";
import { withUntested } from "../../../src/cli/phone/untested.ts";
import type { FlowWays } from "../../../src/cli/phone/ways.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder } from "../folder.ts";

/** All that is found of a flow in the folder. */
async function explored(flow: string): Promise<{ promises: FiledPromise[]; ways?: FlowWays }> {
  const all: { promises: FiledPromise[]; ways?: FlowWays } = { promises: [] };
  await exploreFlows([flow], Date.now(), (found) => void Object.assign(all, found));
  return all;
}

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
  const found = promisesByFile((await explored("desk")).promises);
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

const LINE = `destinations: { sales: "+15550100001" }
steps:
  menu: { gather: { prompt: "For sales, press 1.", choices: { 1: sell, 2: more }, otherwise: bye } }
  more: { gather: { prompt: "Anything else?", choices: { 1: sell }, otherwise: bye } }
  sell: { dial: { to: sales }, next: bye }
  bye: { hangup: Goodbye. }
`;
test("the ways of a flow are counted, and the notable ones are calls to play", async () => {
  await enterFolder({
    "flows/line.yaml": LINE,
    "flows/pin.yaml": PIN,
    "wrangler.toml": "",
  });
  const { ways } = await explored("line");
  const { flows } = await buildHere();
  const [built] = flows.filter(({ flow }) => flow.name === "line");
  if (!built || !ways) throw new Error("nothing was found");
  const silent = { written: { flow: "line" }, paths: [["menu", "bye", "hangup"]] };
  expect(withUntested(built, ways, [silent])).toMatchObject({
    counts: expect.stringMatching(/^\d+ states, .* ways/),
    choice: "after 0 s",
    person: {
      text: expect.stringMatching(/^after \d+ s and 1 answer \(key 1\), \+15550100001$/),
      call: {
        flow: "line",
        scenario: { script: [{ hear: "For sales, press 1." }, { press: "1" }, "hangup"] },
      },
    },
    mostAnswers: { text: expect.stringMatching(/^\d+ answers: /), call: { flow: "line" } },
    mostSeconds: { text: expect.stringMatching(/ s of speech: /), call: { flow: "line" } },
    unreached: [],
    untested: [
      { step: "menu", text: "menu, key 1 → sell" },
      { step: "menu", text: "menu, key 2 → more" },
      { step: "more", text: "more, key 1 → sell" },
      { step: "more", text: "more, otherwise → bye" },
      { step: "sell", text: "sell → bye" },
    ],
    cut: [],
  });
});
