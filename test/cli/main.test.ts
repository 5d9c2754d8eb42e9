/** The command as a user runs it: what it prints and how it exits. Most run in this process, as a new one takes a second. */
import { execFile, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { enterFolder, saying } from "./folder.ts";
import { type Ran, ringflow } from "./in-process.ts";

const RINGFLOW = fileURLToPath(new URL("../../src/cli/ringflow.js", import.meta.url));

function node(args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

beforeEach(async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello.") });
  vi.stubEnv("NO_COLOR", "1");
  vi.stubEnv("FORCE_COLOR", undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("ringflow", () => {
  test("--help names every command", async () => {
    const { code, out } = await ringflow("--help");
    expect(code).toBe(0);
    for (const command of ["start", "call", "check", "test", "build", "docs"])
      expect(out).toContain(`\n  ${command} `);
  });

  test("as a process of its own checks flows/ if nothing else is named", async () => {
    expect(await node([RINGFLOW, "check"])).toEqual({ code: 0, out: "1 flow, no findings\n", err: "" });
  });

  test("as a process of its own exits with 2 after an unknown command", async () => {
    const { code, out, err } = await node([RINGFLOW, "chek"]);
    expect(err).toMatch(/unknown command 'chek'.*\n.*Did you mean check/);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test.each([
    ["an unknown path", ["check", "nowhere"], /^No file or folder "nowhere"/],
    ["an unknown option", ["check", "--fixx"], /unknown option '--fixx'/],
    ["an unknown format", ["check", "--format", "xml"], /Allowed choices are text, json, sarif/],
    ["a seed without random calls", ["test", "--seed", "7"], /^--seed is for random calls/],
    ["an invalid port", ["start", "--port", "phone"], /A port must be an integer from 1 to 65535/],
    [
      "a folder without a project",
      ["start"],
      /^No wrangler\.toml found in .*Run this in the project's folder/,
    ],
  ])("answers %s in a sentence, and exits with 2", async (_, args, message) => {
    const { code, out, err } = await ringflow(...args);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test.each([
    ["dev", 0],
    ["deploy", 1],
    ["versions upload", 1],
  ])("build --keep under wrangler %s exits with %d if a flow has an error", async (command, expected) => {
    await enterFolder({ "flows/desk.yaml": "steps: {}\n" });
    vi.stubEnv("WRANGLER_COMMAND", command);
    const { code, out } = await ringflow("build", "--keep");
    expect(out).toContain("flows/desk.yaml:1:");
    expect(code).toBe(expected);
  });

  test("ends without a word if nobody reads its output", async () => {
    const child = spawn(process.execPath, [RINGFLOW, "--help"], { stdio: "pipe" });
    child.stdout.destroy();
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += String(chunk);
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("says which Node it needs in a sentence", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" }); await import(${JSON.stringify(RINGFLOW)})`;
    const { code, err } = await node(["--input-type=module", "--eval", old]);
    expect(err).toMatch(/^Ringflow needs Node 22\.18 or newer, and this is Node 20\.20\.2\. .*npm ci.*\n$/);
    expect(code).toBe(2);
  });
});
