import { readdir, readFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { check } from "../../src/cli/commands/check.ts";
import { newFlow } from "../../src/cli/commands/new.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { Problem } from "../../src/cli/problem.ts";
import { readFlow } from "../../src/flow/pipe/read.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

/** The templates of more than one flow, and the flows that `hotline` becomes. */
const OF_SEVERAL: Readonly<Record<string, string[]>> = {
  bank: ["hotline-agent", "hotline"],
  office: ["hotline-owner", "hotline-state", "hotline"],
};

const TEMPLATES = [
  "ai-agent",
  "bank",
  "call-me",
  "clinic",
  "conference",
  "directory",
  "echo",
  "find-me",
  "forward",
  "hold-music",
  "mailbox",
  "menu",
  "message",
  "office",
  "reminder",
  "simulring",
  "survey",
  "text",
  "voicemail",
];

async function run(name?: string, from?: string): Promise<string> {
  const { out, read } = terminal();
  expect(await newFlow(name, { ...(from !== undefined && { from }), out })).toBe(0);
  return read();
}

/** A flow's description as the checker reads it. */
async function descriptionOf(path: string): Promise<string | undefined> {
  return readFlow({ path, text: await readFile(path, "utf8") }).flow?.settings.description;
}

/** A template's description in the list. */
async function listedAs(template: string): Promise<string | undefined> {
  return new RegExp(`^  ${template} +(.*)$`, "m").exec(await run())?.[1];
}

beforeEach(() => enterFolder({}));

describe("ringflow new", () => {
  it("lists the templates, each with a sentence, and writes nothing", async () => {
    const listed = (await run()).split("\n").filter((line) => line.startsWith("  "));
    expect(listed.map((line) => line.trim().split(/\s{2,}/)[0])).toEqual(TEMPLATES);
    for (const line of listed) expect(line).toMatch(/^ {2}[a-z-]+ {2,}[A-Z].*\.$/);
    expect(await readdir(".")).toEqual([]);
  });

  it.each(TEMPLATES)("writes %s, without findings, and with calls that take every exit", async (from) => {
    await run("hotline", from);
    const { out, read } = terminal();
    expect(await check(["flows"], { format: "text", out })).toBe(0);
    expect(await descriptionOf("flows/hotline.yaml")).toBe(await listedAs(from));
    const { [from]: flows = ["hotline"] } = OF_SEVERAL;
    const counted = `${flows.length} flow${flows.length > 1 ? "s" : ""}`;
    expect(read()).toMatch(new RegExp(`^${counted}, \\d test files?, no findings\n$`));
    expect(await runTests(["flows"], { coverage: true, out }), read()).toBe(0);
    const covered = [...read().matchAll(/^(\S+): (\d+) of \2 exits are taken by a test\.$/gm)];
    expect(covered.map(([, flow]) => flow)).toEqual(flows);
  });

  it.each(TEMPLATES.filter((name) => name !== "echo"))("lists the lines to adapt in %s", async (from) => {
    const printed = await run("hotline", from);
    for (const flow of OF_SEVERAL[from] ?? ["hotline"]) {
      const places = [...printed.matchAll(new RegExp(`flows/${flow}\\.yaml:(\\d+) +(.+)`, "g"))];
      const lines = (await readFile(`flows/${flow}.yaml`, "utf8")).split("\n");
      expect(places.length).toBeGreaterThan(0);
      for (const [, line, what] of places) expect(lines[Number(line) - 1]).toContain(`# change: ${what}`);
    }
  });

  it("names the flow in its test, and prints the next commands", async () => {
    const printed = await run("hotline", "find-me");
    expect(await readFile("flows/hotline.test.yaml", "utf8")).toMatch(/^flow: hotline$/m);
    expect(printed).toContain("npx ringflow test flows/hotline.test.yaml");
    expect(printed).toContain("npx ringflow call hotline");
    expect(await run("calls", "reminder")).toContain("npx ringflow dial +14155550111 calls --from");
  });

  it("renames the flows that belong together", async () => {
    const printed = await run("hotline", "office");
    const written = ["hotline-owner", "hotline-state", "hotline"].map((name) => `flows/${name}.yaml`);
    for (const path of written) expect(printed).toContain(path);
    expect(printed).toContain("npx ringflow test flows/hotline.test.yaml flows/hotline-owner.test.yaml\n");
    expect(await readFile("flows/hotline.yaml", "utf8")).toContain("flow: hotline-state");
    expect(await readFile("flows/hotline.test.yaml", "utf8")).toContain("hotline-state.greeting");
  });

  it("writes none of them if one exists already", async () => {
    await write({ "flows/hotline-agent.yaml": saying("Mine.") });
    await expect(run("hotline", "bank")).rejects.toThrow(/flows.hotline-agent\.yaml already exists/);
    expect(await readdir("flows")).toEqual(["hotline-agent.yaml"]);
  });

  it("copies the audio files that a template plays, once for all its flows", async () => {
    await run("hotline", "hold-music");
    await run("other", "hold-music");
    const shipped = await readFile(new URL("../../src/cli/templates/audio/hold.mp3", import.meta.url));
    expect(await readFile("flows/audio/hold.mp3")).toEqual(shipped);
  });

  it("does not overwrite an audio file", async () => {
    await write({ "flows/audio/hold.mp3": "mine" });
    await expect(run("hotline", "hold-music")).rejects.toThrow(/flows.audio.hold\.mp3 already exists/);
    expect(await readdir("flows")).toEqual(["audio"]);
  });

  it("names the flow after the template if no name is given", async () => {
    await run(undefined, "echo");
    expect((await readdir("flows")).toSorted()).toEqual(["echo.test.yaml", "echo.yaml"]);
  });

  it("uses the name in its advice if no template is named", async () => {
    expect(await run("night-line")).toContain("npx ringflow new night-line --from <template>");
  });

  it.each(["flows/hotline.yaml", "flows/hotline.test.yaml", "flows/lines/hotline.yml"])(
    "leaves %s as it is",
    async (path) => {
      await write({ [path]: saying("Mine.") });
      const refused = run("hotline", "menu");
      await expect(refused).rejects.toThrow(Problem);
      await expect(refused).rejects.toThrow(`${path} already exists.`);
      expect(await readFile(path, "utf8")).toBe(saying("Mine."));
      expect((await readdir("flows", { recursive: true })).filter((one) => /ya?ml$/.test(one))).toHaveLength(
        1,
      );
    },
  );

  it.each([
    ["findme", 'Unknown template "findme". Did you mean "find-me"?'],
    ["fax", `Unknown template "fax". The templates are ${TEMPLATES.join(", ")}.`],
  ])("answers the unknown template %s with a suggestion or the list", async (from, message) => {
    await expect(run("hotline", from)).rejects.toThrow(new Problem(message));
    expect(await readdir(".")).toEqual([]);
  });

  it.each([
    ["Hot Line", 'Try "hot-line".'],
    ["flows/hotline.yaml", 'Try "hotline".'],
    ["../Hotline.test.yml", 'Try "hotline".'],
    ["line_2", 'Try "line-2".'],
    ["24h", "such as front-desk."],
    ["", "such as front-desk."],
  ])("rejects the flow name %j, and suggests another", async (name, advice) => {
    const refused = run(name, "menu");
    await expect(refused).rejects.toThrow(Problem);
    await expect(refused).rejects.toThrow(`"${name}" is not a valid flow name: use lower-case words`);
    await expect(refused).rejects.toThrow(new RegExp(`${advice}$`));
    expect(await readdir(".")).toEqual([]);
  });
});
