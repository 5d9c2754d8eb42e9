/** Which saves change what is found about a flow. */
import { expect, test } from "vitest";
import { flowKeyReader } from "../../../src/cli/phone/flow-keys.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder, saying } from "../folder.ts";

const PART = "gives: []\nsteps:\n  ask: { say: Your name?, next: return }\n";
const DESK = `hours: { office: { timezone: UTC, from: calendars/closed.yaml, open: { mon-fri: "09:00-17:00" } } }
promises: [{ reach: first }]
steps:
  first: { run: { flow: part }, next: look }
  look: { branch: [{ when: isOpen("office"), next: bye }, { next: hangup }] }
  bye: { hangup: Goodbye. }
`;
const FILES: Readonly<Record<string, string>> = {
  "flows/desk.yaml": DESK,
  "flows/part.yaml": PART,
  "flows/other.yaml": saying("Hello."),
  "flows/calendars/closed.yaml": 'closed: ["2026-12-25"]\n',
  "wrangler.toml": '[vars]\nSHOP = "1"\n',
};

/** The flows whose findings are not those of before, if files are replaced. */
async function changedBy(files: Readonly<Record<string, string>>): Promise<string[]> {
  await enterFolder(FILES);
  const keysOf = flowKeyReader();
  const first = await buildHere();
  expect(first.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const before = keysOf(first);
  expect([...before.keys()].sort()).toEqual(["desk", "other"]);
  await enterFolder({ ...FILES, ...files });
  return [...keysOf(await buildHere())].flatMap(([flow, key]) => (before.get(flow) === key ? [] : [flow]));
}

test.each<[what: string, files: Readonly<Record<string, string>>, changed: string[]]>([
  ["a test", { "flows/desk.test.yaml": "flow: desk\nscenarios: []\n" }, []],
  ["a comment", { "flows/desk.yaml": `${DESK}\n# Later: more.\n` }, []],
  [
    "a comment above a promise, which is at another line then",
    { "flows/desk.yaml": `# A desk.\n${DESK}` },
    ["desk"],
  ],
  ["words", { "flows/desk.yaml": DESK.replace("Goodbye", "Bye") }, ["desk"]],
  ["a promise", { "flows/desk.yaml": DESK.replace("reach: first", "reach: look") }, ["desk"]],
  ["a part", { "flows/part.yaml": PART.replace("Your name", "Your number") }, ["desk"]],
  ["a calendar", { "flows/calendars/closed.yaml": 'closed: ["2026-12-24"]\n' }, ["desk"]],
  ["an environment variable", { "wrangler.toml": '[vars]\nSHOP = "2"\n' }, ["desk", "other"]],
])("%s", async (_, files, changed) => {
  expect((await changedBy(files)).sort()).toEqual(changed);
});
