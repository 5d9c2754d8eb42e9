/** `ringflow fmt`: what it writes, what it says, and what it exits with. */
import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { type FmtOptions, fmt } from "../../src/cli/commands/fmt.ts";
import { enterFolder, saying, terminal } from "./folder.ts";

const MESSY = "steps:\n  a:\n    next: hangup\n    say: Hello.\n";
const TIDY = "steps:\n  a:\n    say: Hello.\n    next: hangup\n";

beforeEach(async () => {
  await enterFolder({
    "flows/a.yaml": saying("Hello."),
    "flows/b.yaml": MESSY,
    "flows/b.test.yaml": "scenarios: [{ script: [end], name: a }]\nflow: b\n",
    "flows/calendars/days.yaml": "closed: [12-25]\ntimezone: UTC\n",
    "other/broken.yaml": "steps:\n  a: [\n",
    "other/compose.yaml": "services:\n    web:\n        image: x\n",
  });
});

async function run(paths: string[], options: Partial<FmtOptions> = {}): Promise<[number, string]> {
  const { out, read } = terminal();
  const code = await fmt(paths, { out, ...options });
  return [code, read()];
}

describe("ringflow fmt", () => {
  test("formats flows, tests and calendars, and the second time nothing", async () => {
    const [code, printed] = await run(["flows"]);
    expect(code).toBe(0);
    expect(printed).toBe(
      "Formatted flows/b.test.yaml.\nFormatted flows/b.yaml.\nFormatted flows/calendars/days.yaml.\n4 files, 3 formatted.\n",
    );
    expect(await readFile("flows/b.yaml", "utf8")).toBe(TIDY);
    expect(await readFile("flows/b.test.yaml", "utf8")).toBe(
      "flow: b\nscenarios: [{ name: a, script: [end] }]\n",
    );
    expect(await readFile("flows/calendars/days.yaml", "utf8")).toBe("timezone: UTC\nclosed: [12-25]\n");
    expect(await run(["flows"])).toEqual([0, "4 files, 0 formatted.\n"]);
  });

  test("with --check writes nothing, and fails", async () => {
    const [code, printed] = await run(["flows/b.yaml", "flows/a.yaml"], { check: true });
    expect(code).toBe(1);
    expect(printed).toBe("Not formatted: flows/b.yaml\n2 files, 1 to format.\n");
    expect(await readFile("flows/b.yaml", "utf8")).toBe(MESSY);
    expect((await run(["flows/a.yaml"], { check: true }))[0]).toBe(0);
  });

  test("does not touch what it cannot read, or what is not a flow", async () => {
    const [code, printed] = await run(["other"]);
    expect(code).toBe(1);
    expect(printed).toContain(
      "Not formatted: other/broken.yaml is not a flow that can be read; run ringflow check.",
    );
    expect(await readFile("other/compose.yaml", "utf8")).toContain("    web:");
  });
});
