/**
 * `fixtures/<kind>/ok-*.yaml` build without a finding, and their calls get the documents that stand below them;
 * `err-*.yaml` have just the findings that stand in them, as `# expect: code line:column`. `# audio: path seconds`
 * names an audio file that is next to the flow, and `# today: 2026-11-26` the day of the build.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { audioOf } from "../../src/flow/language/example-audio.ts";
import { calendarsOf } from "../../src/flow/language/example-calendars.ts";
import type { Dates } from "../../src/flow/pipe/judge.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import type { Program } from "../../src/program/program.ts";
import { askedIn, played, writtenOut } from "./fixture-call.ts";
import { built, findings, fixture, places, printed, read } from "./support.ts";

function filesIn(folder: string, prefix: string): string[] {
  return readdirSync(fixture(folder)).filter((file) => file.startsWith(prefix) && file.endsWith(".yaml"));
}

const folders = readdirSync(fixture("."));

/** What a finding has. */
const KEYS = new Set(["code", "severity", "file", "span", "message", "hint", "fix", "meant"]);

/** `part-<name>.yaml`: flows that the others of their folder run. */
function partsIn(folder: string): Record<string, string> {
  const files = filesIn(folder, "part-");
  return Object.fromEntries(
    files.map((file) => [file.slice("part-".length, -".yaml".length), read(fixture(`${folder}/${file}`))]),
  );
}

/** The audio files that a fixture names. */
function audioIn(text: string) {
  const named = [...text.matchAll(/^# audio: (.+) (\S+)$/gm)];
  return audioOf(
    Object.fromEntries(named.map(([, path = "", seconds]) => [path, { seconds: Number(seconds) }])),
  );
}

/** `calendars/<name>`: the calendar files that the hours of their folder name; `# today: 2026-11-26` is the day of the build. */
function datesIn(folder: string, text: string): Dates {
  const at = fixture(`${folder}/calendars`);
  const files = existsSync(at) ? readdirSync(at).filter((file) => text.includes(`calendars/${file}`)) : [];
  const calendars = calendarsOf(
    Object.fromEntries(
      files.map((file) => [`calendars/${file}`, read(fixture(`${folder}/calendars/${file}`))]),
    ),
  );
  const today = /^# today: (.+)$/m.exec(text)?.[1];
  return { calendars, ...(today !== undefined && { today }) };
}

describe("every step kind has its fixtures", () => {
  test.each(kinds.map(({ name }) => name))("%s", (name) => {
    const missing = `write test/flow/fixtures/${name}/`;
    expect(folders, `${missing}, with a flow in ok-*.yaml and one in err-*.yaml`).toContain(name);
    expect(filesIn(name, "err-").length, `${missing}err-*.yaml, with \`# expect:\``).toBeGreaterThan(0);
    const calls = filesIn(name, "ok-").flatMap((file) => askedIn(read(fixture(`${name}/${file}`))));
    expect(calls.length, `${missing}ok-*.yaml, with \`# >\``).toBeGreaterThan(0);
  });
});

/** The files of a kind, and its fixtures. */
function sourcesOf(name: string): string[] {
  const folder = `src/flow/steps/${name}`;
  const own = existsSync(folder) ? readdirSync(folder).map((file) => `${folder}/${file}`) : [`${folder}.ts`];
  const files = readdirSync(fixture(name)).filter((file) => file !== "calendars");
  const fixtures = files.map((file) => `test/flow/fixtures/${name}/${file}`);
  return [...own, ...fixtures];
}

test.each(kinds.map(({ name }) => name))("nothing of the template is left in %s", (name) => {
  const left = sourcesOf(name).flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => (line.includes("TODO") ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(left, "do what each of these says").toEqual([]);
});

/** The places of a Program that continue at a block that their step does not have. */
function unknownBlocks({ steps }: Program): string[] {
  return Object.entries(steps).flatMap(([step, { blocks }]) =>
    continuedIn(blocks)
      .filter((block) => !Object.hasOwn(blocks, block))
      .map((block) => `${step} continues at "${block}", but \`compile\` returns no such block`),
  );
}

/** The blocks that links and `wait` name, at any depth. */
function continuedIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(continuedIn);
  if ("link" in value && typeof value.link === "string") return [value.link, ...below];
  if ("op" in value && value.op === "wait" && "block" in value) return [String(value.block), ...below];
  return below;
}

const FLOW = "flows/test.yaml";

describe.each(folders)("%s", (folder) => {
  const parts = partsIn(folder);
  test.each(filesIn(folder, "ok-"))("%s", (file) => {
    const text = read(fixture(`${folder}/${file}`));
    const { diagnostics: found, programs } = built(text, FLOW, parts, audioIn(text), datesIn(folder, text));
    const expected = [...text.matchAll(/# expect: (.*)$/gm)].map((match) => match[1]);
    if (expected.length > 0) expect(places(text, found)).toEqual(expected);
    else expect(printed(text, found)).toBe("");
    const [program] = programs;
    if (!program) throw new Error("the flow does not build");
    expect(unknownBlocks(program)).toEqual([]);
    expect(writtenOut(played(text, program))).toEqual(writtenOut(askedIn(text)));
  });

  test.each(filesIn(folder, "err-"))("%s", (file) => {
    const text = read(fixture(`${folder}/${file}`));
    const expected = [...text.matchAll(/# expect: .*$/gm)].map(([line]) => line);
    const all = findings(text, FLOW, parts, audioIn(text), datesIn(folder, text));
    // `check --format json` prints them whole, so that nothing of the checker's own may be in them.
    expect(all.flatMap(Object.keys).filter((key) => !KEYS.has(key))).toEqual([]);
    const found = places(text, all);
    expect(found.map((place) => `# expect: ${place}`).join("\n")).toEqual(expected.join("\n"));
    expect(expected.length, "the flow has no finding").toBeGreaterThan(0);
  });
});
