/** What the README tells people to type is what there is, and what continuous integration runs. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };

const readme = readFileSync("README.md", "utf8");
const checks = readFileSync(".ci/run", "utf8");
const commandLine = readFileSync("src/cli/main.ts", "utf8");

/** What follows some words in the README, each once. */
function namedAfter(words: string): string[] {
  return [
    ...new Set([...readme.matchAll(new RegExp(`${words} ([a-z]+)`, "g"))].map(([, name]) => name ?? "")),
  ];
}

describe("the README", () => {
  test.each(["npm ci && npm start", "npm ci && npm test"])(
    "has %s in one line, and .ci/run runs it",
    (line) => {
      expect(readme.split("\n")).toContain(line);
      expect(checks).toContain(line);
    },
  );

  test("names commands that there are", () => {
    const named = namedAfter("npx ringflow");
    expect(named).toContain("call");
    for (const name of named) expect(commandLine).toContain(`.command("${name}")`);
    for (const name of namedAfter("npm run")) expect(Object.keys(packageJson.scripts)).toContain(name);
  });
});
