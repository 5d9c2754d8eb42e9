/** A failed call shows where it and its script part, with both sides. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { testFolder } from "./test-folder.ts";

const { folder, run } = testFolder();

const DESK = `
steps:
  menu:
    gather:
      prompt: "Welcome. For sales, press 1. For service, press 2."
      choices: { 1: sales, 2: service }
      otherwise: service
  sales:
    say: Sales are closed.
    next: hangup
  service:
    hangup: Goodbye.
`;

beforeAll(() => writeFile(join(folder, "desk.yaml"), DESK));

async function failing(script: string): Promise<string[]> {
  const [code, printed] = await run(`flow: desk\nscenarios:\n  - name: differs\n    script:\n${script}`);
  expect(code).toBe(1);
  return printed.split("\n").filter((line) => line.startsWith("  ") && !/^\s+\d* \|/.test(line));
}

test("what was heard is below what was expected, with a caret where they differ", async () => {
  const lines = await failing('      - hear: "For sales, press 1. For support, press 2"\n      - press: 1\n');
  expect(lines.slice(0, 5)).toEqual([
    "    voice: Welcome. For sales, press 1. For service, press 2. [key interrupts]",
    "    asks for a key",
    "  - the script: hear: For sales, press 1. For support, press 2 (line 5)",
    "  + the call:         For sales, press 1. For service, press 2.",
    `${" ".repeat(22 + 25)}^`,
  ]);
});

test("a prompt that is quite another one has no caret", async () => {
  const lines = await failing("      - press: 1\n      - hear: Goodbye\n");
  expect(lines).toContain("  + the call:         Sales are closed.");
  expect(lines.join("\n")).not.toContain("^");
});

test("what the call does instead is in its place in the call", async () => {
  const lines = await failing("      - press: 1\n      - press: 2\n");
  const at = lines.findIndex((line) => line.startsWith("  × "));
  expect(lines[at]).toBe("  × The call is over: the flow hung up, but the script says press: 2. (line 6)");
  expect(lines[at - 2]).toBe("    voice: Sales are closed.");
});
