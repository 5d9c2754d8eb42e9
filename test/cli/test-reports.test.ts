/** `ringflow test`: the report for CI servers, and the least coverage of exits and of paths. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { beforeAll, describe, expect, it } from "vitest";
import { pathCoverageOf } from "../../src/cli/play/path-coverage.ts";
import { testFolder } from "./test-folder.ts";

const { folder, run } = testFolder();

const DESK = `
steps:
  menu:
    gather:
      prompt: For sales, press 1. For a message, press 2.
      choices: { 1: sales, 2: message, 3: message }
      attempts: 1
      otherwise: menu2
  menu2:
    say: Still here.
    next: message
  sales:
    hangup: Sales <are> closed.
  message:
    hangup: Goodbye.
`;

const GOES = '  - name: "a & b"\n    script: [press: 2, hear: Goodbye]\n';
const FAILS = "  - name: fails\n    script: [press: 1, hear: Welcome]\n";
const file = (scenarios: string): string => `flow: desk\nscenarios:\n${scenarios}`;

beforeAll(() => writeFile(join(folder, "desk.yaml"), DESK));

/** An element as its name, attributes and elements. */
function outline(element: XmlElement): unknown[] {
  const inner = element.children.filter((child) => child instanceof XmlElement);
  return [element.name, element.attributes, ...inner.map(outline)];
}

function read(xml: string): { outline: unknown; text: string } {
  const { root } = parseXml(xml);
  if (!root) throw new Error("no root");
  return { outline: outline(root), text: root.text };
}

describe("--format junit", () => {
  it("has a suite for each file, a case for each call, and why one failed", async () => {
    const [code, printed] = await run(file(GOES + FAILS), { format: "junit" });
    expect(code).toBe(1);
    const counts = { tests: "2", failures: "1", errors: "0", skipped: "0" };
    const path = join(folder, "desk.test.yaml");
    const of = { classname: "desk", file: path };
    const { outline: seen, text } = read(printed);
    expect(seen).toEqual([
      "testsuites",
      { name: "ringflow", ...counts, time: expect.stringMatching(/^\d+\.\d{3}$/) },
      [
        "testsuite",
        { name: path, ...counts },
        ["testcase", { ...of, name: "a & b", line: "3" }],
        [
          "testcase",
          { ...of, name: "fails", line: "5" },
          [
            "failure",
            {
              message:
                '"fails": The script says hear: Welcome, which was not heard. What was heard: Sales <are> closed.',
            },
          ],
        ],
      ],
    ]);
    expect(text).toContain("Sales <are> closed.");
    expect(text).toContain(`${path}:6:24 error call-differs`);
  });

  it("is red if a flow has an error, and skips the calls to it", async () => {
    await writeFile(join(folder, "broken.yaml"), "steps:\n  greet:\n    say: Hello.\n");
    await writeFile(
      join(folder, "broken.test.yaml"),
      "flow: broken\nscenarios: [{ name: a, script: [end] }]\n",
    );
    const [code, printed] = await run(file(GOES), { format: "junit" });
    await Promise.all(["broken.yaml", "broken.test.yaml"].map((name) => rm(join(folder, name))));
    expect(code).toBe(1);
    expect(read(printed).outline).toMatchObject([
      "testsuites",
      { tests: "3", failures: "0", errors: "1", skipped: "1" },
      ["testsuite", {}, ["testcase", { name: "missing-next", line: "2" }, ["error", {}]]],
      ["testsuite", {}, ["testcase", { name: "a & b" }]],
      ["testsuite", {}, ["testcase", { name: "a" }, ["skipped", { message: /Not played/ }]]],
    ]);
  });

  it("goes to a file, and the text to the terminal", async () => {
    const report = join(folder, "junit.xml");
    const [code, printed] = await run(file(GOES), { format: "junit", file: report });
    expect(code).toBe(0);
    expect(printed).toMatch(/^1 of 1 calls went as written, in \d+ ms\.\n$/);
    expect(read(await readFile(report, "utf8")).outline).toMatchObject(["testsuites", { tests: "1" }, {}]);
  });
});

describe("--min-coverage", () => {
  it("fails below the percentage of all flows' exits, and names the exits that are missing", async () => {
    const [code, printed] = await run(file(GOES), { minCoverage: 80 });
    expect(code).toBe(1);
    expect(printed).toContain("desk: 1 of 4 exits are taken by a test.");
    expect(printed).toContain("    menu (key 1) → sales");
    expect(printed).toContain(
      "All flows: 1 of 4 exits are taken, which is 25% and less than the required 80%.",
    );
    const [enough, same] = await run(file(GOES), { minCoverage: 25, coverage: true });
    expect(same).toContain("All flows: 1 of 4 exits are taken, which is 25%.");
    expect(enough).toBe(0);
  });

  it("counts the exits of a flow without a test", async () => {
    await writeFile(join(folder, "other.yaml"), "steps:\n  greet:\n    say: Hello.\n    next: hangup\n");
    const [, printed] = await run(file(GOES), { minCoverage: 80 });
    const [, without] = await run(file(GOES), { coverage: true });
    await rm(join(folder, "other.yaml"));
    expect(printed).toContain("other: 0 of 1 exits are taken by a test.");
    expect(without).not.toContain("other:");
  });
});

describe("--paths and --min-path-coverage", () => {
  it("lists the paths that no call takes, with what moves a call along them", async () => {
    const [code, printed] = await run(file(GOES), { paths: true });
    expect(code).toBe(0);
    expect(printed).toContain("desk: 1 of 3 paths are taken by a test.");
    expect(printed).toContain("    menu (key 1) → sales → hangup");
    expect(printed).toMatch(/ {4}menu \([^)]+\) → menu2 → message → hangup/);
    expect(printed).not.toContain("menu (key 2)");
  });

  it("fails below the percentage of the paths", async () => {
    const [code, printed] = await run(file(GOES), { minPathCoverage: 80 });
    expect(code).toBe(1);
    expect(printed).toContain(
      "All flows: 1 of 3 paths are taken, which is 33.3% and less than the required 80%.",
    );
    const [enough, same] = await run(file(GOES), { minPathCoverage: 33 });
    expect(enough).toBe(0);
    expect(same).toContain("All flows: 1 of 3 paths are taken, which is 33.3%.");
  });

  it("does not explore without being asked", async () => {
    const [, printed] = await run(file(GOES), { coverage: true });
    expect(printed).not.toContain("paths");
  });

  it("joins turns that a redirect parts, and leaves out callers who hang up and answers that move no call", () => {
    const move = (path: string[], kind: "keys" | "hangup" = "keys") => ({
      path,
      answers: [],
      event: { kind, label: "key 1" },
    });
    const edges = [move(["a", "b", "c"]), move(["a", "c"]), move(["a"]), move(["a", "hangup"], "hangup")];
    const covered = pathCoverageOf("desk", { edges, cut: [] }, [
      { written: { flow: "desk" }, turns: [{ path: ["a", "b"] }, { path: ["b", "c"] }, { path: ["x"] }] },
      { written: { flow: "other" }, turns: [{ path: ["a", "c"] }] },
    ]);
    expect(covered.paths.map(({ steps, taken }) => [steps.join(" "), taken])).toEqual([
      ["a b c", true],
      ["a c", false],
    ]);
  });
});
