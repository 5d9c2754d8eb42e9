/** docs/own-repository.md: its files are those that `ringflow init` writes, its commands exist, and its code runs. */
import { globSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { init } from "../src/cli/commands/init/init.ts";
import { enterFolder, terminal, write } from "./cli/folder.ts";

const page = readFileSync("docs/own-repository.md", "utf8");
const readme = readFileSync("src/cli/templates/project/README.md", "utf8");
const commandLine = ["src/cli/main.ts", ...globSync("src/cli/commands/**/*.ts")]
  .map((file) => readFileSync(file, "utf8"))
  .join("");
const [worker = "", ...programs] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? "");
const source = resolve("src/package");
const entry = readFileSync("test/package/project/src/worker.ts", "utf8");

beforeEach(async () => {
  await enterFolder({});
  await init(".", { out: terminal().out });
});

describe("the page about your own repository", () => {
  it("lists the files that init writes", async () => {
    const entries = await readdir(".", { recursive: true, withFileTypes: true });
    const files = entries
      .filter((one) => one.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^\.\//, ""));
    const listed = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path);
    expect(listed.toSorted()).toEqual(files.toSorted());
  });

  it("names commands that exist, as the project's README does", () => {
    for (const text of [page, readme])
      for (const [, name] of text.matchAll(/npx ringflow ([a-z][a-z-]*)/g))
        expect(commandLine).toContain(`.command("${name}")`);
  });

  it("shows the Worker that the package is tested with", () => {
    expect(entry.replace(/^\/\*\*.*?\*\/\n/s, "")).toBe(worker);
  });

  it.each(programs)("%s", async (code) => {
    const here = code
      .replace('"ringflow/test"', `"${source}/test.ts"`)
      .replace('"ringflow"', `"${source}/index.ts"`);
    await write({ "page.ts": here });
    const log = vi.spyOn(console, "log").mockReturnValue();
    onTestFinished(() => log.mockRestore());
    await import(pathToFileURL(resolve("page.ts")).href);
    expect(log.mock.calls.flat().join("\n")).toMatch(
      /Thank you for calling|flows\/greeting\.yaml:4 unknown-step/,
    );
  });
});
