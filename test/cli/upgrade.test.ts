/** `ringflow upgrade`: what it says about the versions between, and about the flows. */
import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { build } from "../../src/cli/commands/build.ts";
import { upgrade } from "../../src/cli/commands/upgrade.ts";
import { readReleases, releasesAfter, releasesIn } from "../../src/cli/project/changelog.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

const { version } = packageJson;

beforeEach(() => enterFolder({ "flows/desk.yaml": saying("Hello."), "package.json": project() }));

function project(last = version): string {
  return `${JSON.stringify({ name: "acme", ringflow: { version: last } }, null, "\t")}\n`;
}

async function upgraded(from?: string): Promise<[code: number, printed: string]> {
  const { out, read } = terminal();
  return [await upgrade({ out, ...(from !== undefined && { from }) }), read()];
}

describe("the changelog", () => {
  const text =
    "# Changelog\n\n## 0.3.0 - 2027-02-01\n\n### Added\n\n- one\n- two\n  lines\n\n### Changed\n\n- three\n\n## 0.2.0\n";

  it("has each version's points under their headings", () => {
    expect(releasesIn(text)).toEqual([
      {
        version: "0.3.0",
        parts: [
          { heading: "Added", points: ["one", "two\n  lines"] },
          { heading: "Changed", points: ["three"] },
        ],
      },
      { version: "0.2.0", parts: [] },
    ]);
  });

  it("says what came after a version that it knows", () => {
    const following = (name: string) => releasesAfter(name, releasesIn(text))?.map((one) => one.version);
    expect([following("0.2.0"), following("0.3.0"), following("0.4.0")]).toEqual([["0.3.0"], [], undefined]);
  });

  it("of this repository has this version", async () => {
    expect(releasesAfter(version, await readReleases())).toBeDefined();
  });
});

describe("ringflow upgrade", () => {
  it("checks and tests the flows", async () => {
    await write({
      "flows/desk.test.yaml": "flow: desk\nscenarios:\n  - name: greets\n    script: [hear: Hello., end]\n",
    });
    const [code, printed] = await upgraded();
    expect(code, printed).toBe(0);
    expect(printed).toContain(`last used with ${version} too`);
    expect(printed).toMatch(/1 flow, 1 test file, no findings.*1 of 1 calls? went as written/s);
  });

  it("names the steps that compile differently since the last build", async () => {
    await build({ out: terminal().out });
    expect((await upgraded())[1]).toContain("The flows compile to what they were at the last build.");
    await write({ "flows/desk.yaml": saying("Good morning.") });
    expect((await upgraded())[1]).toContain("desk differs from its last build:\n  ~ greet\n");
  });

  it("shows what can need a change, of each version since, and counts the rest", async () => {
    const { out, read } = terminal();
    const parts = [
      { heading: "Added", points: ["`fork`", "`spoon`"] },
      { heading: "Changed", points: ["`dial` rings longer."] },
    ];
    const releases = async () => [
      { version, parts },
      { version: "0.0.9", parts: [] },
    ];
    await write({ "package.json": project("0.0.9") });
    expect(await upgrade({ out, releases })).toBe(0);
    expect(read()).toMatch(
      /^Ringflow \S+\n {2}Added: 2 points\n\nChanged:\n- `dial` rings longer\.\n\nThe rest is in \S+CHANGELOG\.md\.\n/,
    );
    expect(await readFile("package.json", "utf8")).toBe(project());
  });

  it("explains findings, and keeps the old version until there is no error", async () => {
    await write({
      "flows/desk.yaml": "steps:\n  greet: { say: Hello., next: bye }\n",
      "package.json": project(),
    });
    const [code, printed] = await upgraded();
    expect(code).toBe(1);
    expect(printed).toMatch(/What these mean:\n {2}unknown-step \(error\): \S/);
    expect(printed).toContain("Correct this, and run again: npx ringflow upgrade");
  });

  it("notes the version in package.json, and leaves the rest of the file as it is", async () => {
    await write({ "package.json": `${JSON.stringify({ name: "acme" }, null, "\t")}\n` });
    await expect(upgraded()).rejects.toThrow("does not say which version");
    expect((await upgraded(version))[0]).toBe(0);
    expect(await readFile("package.json", "utf8")).toBe(project());
  });

  it.each([
    ["an unknown version", { "package.json": project("99.0.0") }, "which does not know version 99.0.0"],
    ["a text that is not a version", { "package.json": project("latest") }, '"latest" is not a version.'],
    ["a package.json that is not JSON", { "package.json": "{" }, "package.json is not valid JSON."],
  ])("refuses %s", async (_what, files, message) => {
    await write(files);
    await expect(upgraded()).rejects.toThrow(message);
  });
});
