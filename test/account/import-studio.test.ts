/** `ringflow import studio`, from files and against the stand-in. */
import { readdir, readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { check } from "../../src/cli/commands/check.ts";
import { studio } from "../../src/cli/commands/import/studio.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { write } from "../cli/folder.ts";
import { definition, widget } from "../import/support.ts";
import { QUICK, type Said, said, withAccount } from "./support.ts";
import { hasContract, type TwilioApi } from "./twilio-api.ts";

const sidOf = (digit: string): string => `FW${digit.repeat(32)}`;
const hello = (text: string): string =>
  definition(widget("hello", "say-play", { say: text }, { audioComplete: undefined }));
const running = (sid: string): string =>
  definition(widget("inner", "run-subflow", { flow_sid: sid, parameters: [] }, { completed: undefined }));

let api: TwilioApi;

beforeEach(async () => {
  if (hasContract) api = await withAccount();
});

const imports = (source: string | undefined, options: { account?: boolean } = {}): Promise<Said> =>
  said((out) => studio(source, { ...options, folder: "flows", out, patience: QUICK }));

describe.runIf(hasContract)("from a file", () => {
  test("writes a flow, its test and a report, which check and test accept", async () => {
    await write({ "line.json": hello("Hello.") });
    const { code, text } = await imports("line.json");
    expect(code).toBe(0);
    expect(text).toContain("flows/line.yaml: 2 of 2 widgets converted.");
    expect(text).toContain("1 test calls.");
    expect((await readdir("flows")).sort()).toEqual(["line.import.md", "line.test.yaml", "line.yaml"]);
    expect(await readFile("flows/line.import.md", "utf8")).toContain("1 of 1 calls go as in the original.");
    expect((await said((out) => check(["flows"], { format: "text", out }))).code).toBe(0);
    expect((await said((out) => runTests(["flows"], { out }))).code).toBe(0);
  });

  test("overwrites nothing", async () => {
    await write({ "line.json": hello("Hello."), "flows/line.import.md": "mine" });
    expect(await imports("line.json")).toMatchObject({
      code: 2,
      text: expect.stringContaining("exists already"),
    });
    expect(await readdir("flows")).toEqual(["line.import.md"]);
  });

  test("says what is wrong with a file", async () => {
    await write({ "line.json": '{"states": 1}' });
    expect(await imports("line.json")).toEqual({ code: 2, text: "line: `states` is not a list of widgets." });
    expect((await imports("none.json")).text).toBe("none.json cannot be read.");
    expect((await imports(undefined)).text).toContain("Name a file");
  });
});

describe.runIf(hasContract)("from the account", () => {
  test("reads a flow with those that it runs", async () => {
    api.studioFlows.set(sidOf("1"), { name: "Front Desk", definition: JSON.parse(running(sidOf("2"))) });
    api.studioFlows.set(sidOf("2"), { name: "Inner", definition: JSON.parse(hello("Inside.")) });
    expect((await imports(sidOf("1"))).code).toBe(0);
    expect(await readFile("flows/front-desk.yaml", "utf8")).toContain("run: { flow: inner }");
    expect(await readFile("flows/inner.yaml", "utf8")).toContain("next: return");
  });

  test("reads all flows, page by page, and names those that it cannot", async () => {
    for (const digit of ["1", "2", "3"])
      api.studioFlows.set(sidOf(digit), {
        name: `Line ${digit}`,
        definition: digit === "3" ? {} : JSON.parse(hello(digit)),
      });
    const { code, text } = await imports(undefined, { account: true });
    expect(code).toBe(1);
    expect(text).toContain("Line 3: not imported. The JSON is not the definition of a Studio flow");
    expect((await readdir("flows")).filter((file) => /^line-\d\.yaml$/.test(file)).sort()).toEqual([
      "line-1.yaml",
      "line-2.yaml",
    ]);
  });

  test("says so if there is no such flow", async () => {
    expect(await imports(sidOf("9"))).toMatchObject({ code: 2, text: expect.stringContaining("20404") });
  });
});
