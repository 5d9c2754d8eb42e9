/** The README's commands exist, CI runs them, and its examples do what it says. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { playWritten } from "../src/cli/play/play-written.ts";
import { build } from "../src/flow/build.ts";
import { readScenarios } from "../src/flow/scenarios/scenarios.ts";
import { findings, printed } from "./flow/support.ts";

const readme = readFileSync("README.md", "utf8");
const checks = readFileSync(".ci/run", "utf8");
const commandLine = ["src/cli/main.ts", ...globSync("src/cli/commands/**/*.ts")]
  .map((file) => readFileSync(file, "utf8"))
  .join("");

/** What follows some words in the README, each once. */
function namedAfter(words: string): string[] {
  return [
    ...new Set([...readme.matchAll(new RegExp(`${words} ([a-z]+)`, "g"))].map(([, name]) => name ?? "")),
  ];
}

/** The README's code blocks in a language, without the indentation of the list that they are in. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)]
    .filter(([, , named]) => named === language)
    .map(([, indent = "", , block = ""]) => block.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
}

describe("the README", () => {
  // .ci/run installs once, for both.
  test.each([
    ["npm ci && npm start", "npm ci && npm start"],
    ["npm ci && npm test", "\nnpm test"],
  ])("has %s on one line, and .ci/run runs it", (line, run) => {
    expect(readme.split("\n")).toContain(line);
    expect(checks).toContain(run);
  });

  test("names commands that exist", () => {
    const named = namedAfter("npx ringflow");
    expect(named).toContain("call");
    for (const name of named) expect(commandLine).toContain(`.command("${name}")`);
    for (const name of namedAfter("npm run")) expect(Object.keys(packageJson.scripts)).toContain(name);
  });

  test("names templates that exist", () => {
    const named = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(named).toContain("clinic");
    expect(named.filter((name) => !existsSync(`src/cli/templates/${name}.yaml`))).toEqual([]);
  });

  test("has at most 150 lines, with the picture and a menu first", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
    const [picture, menu, commands] = ["![", "```yaml", "```sh"].map((start) => readme.indexOf(start));
    expect([picture, menu, commands]).toEqual([picture, menu, commands].toSorted((a = 0, b = 0) => a - b));
    expect(picture).toBeGreaterThan(0);
  });
});

describe("the README's examples", () => {
  const [menu = "", hello = "", scenarios = ""] = blocks("yaml");

  test.each([menu, hello])("%s", (flow) => {
    expect(printed(flow, findings(flow, "flows/hello.yaml"))).toBe("");
  });

  test("the finding is what the mistake gives", () => {
    const wrong = hello.replace("otherwise: bye", "otherwise: bey");
    const shown = blocks("").find((block) => block.startsWith("flows/hello.yaml"));
    expect(printed(wrong, findings(wrong, "flows/hello.yaml"))).toBe(shown?.trimEnd());
  });

  test("the written call goes as written", async () => {
    const built = build([{ path: "flows/hello.yaml", text: hello }]);
    const [written] = readScenarios({ path: "flows/hello.test.yaml", text: scenarios }, ["hello"]).scenarios;
    if (!written) throw new Error("the README has no scenario");
    expect((await playWritten(written, built, {})).failure).toBeUndefined();
  });
});
