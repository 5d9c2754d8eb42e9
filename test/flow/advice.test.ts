/**
 * Advice: `advice/ok-*.yaml` have none, `err-*.yaml` have just what stands in them, as `# expect: code line:column`.
 * What is given to flows that Ringflow ships would be given to everyone: they have none.
 */
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { advise } from "../../src/flow/advise.ts";
import { build } from "../../src/flow/build.ts";
import type { Diagnostic } from "../../src/flow/language/diagnostic.ts";
import { calendarsOf } from "../../src/flow/language/example-calendars.ts";
import type { AdviceSetting } from "../../src/flow/model/advice.ts";
import { advice } from "../../src/flow/rules/advice/registry.ts";
import { type Parts, places, printed, read } from "./support.ts";

const FOLDER = new URL("advice/", import.meta.url);

/** All findings of a flow: the advice last. */
function advised(text: string, project: AdviceSetting = {}, parts: Parts = {}): Diagnostic[] {
  const others = Object.entries(parts).map(([name, part]) => ({ path: `flows/${name}.yaml`, text: part }));
  const { diagnostics, flows } = build([{ path: "flows/main.yaml", text }, ...others]);
  return [...diagnostics, ...advise(flows, project)];
}

function codes(text: string, project?: AdviceSetting): string[] {
  return advised(text, project).map(({ code }) => code);
}

describe("an example", () => {
  test.each(advice.map(({ doc }) => [doc.code, doc] as const))("%s", (code, doc) => {
    const { bad, good, parts, audio, calendars, today } = doc;
    const dates = { calendars: calendarsOf(calendars ?? {}), ...(today !== undefined && { today }) };
    const of = (text: string): Diagnostic[] => {
      const others = Object.entries(parts ?? {}).map(([name, part]) => ({
        path: `flows/${name}.yaml`,
        text: part,
      }));
      const built = build([{ path: "flows/main.yaml", text }, ...others], audio, dates);
      return [...built.diagnostics, ...advise(built.flows)];
    };
    expect(of(bad).map((one) => [one.code, one.severity])).toEqual([[code, "advice"]]);
    expect(printed(good, of(good))).toBe("");
  });
});

describe("fixtures", () => {
  test.each(advice.map(({ doc }) => doc.code))("%s has both", (code) => {
    expect(existsSync(new URL(`ok-${code}.yaml`, FOLDER)), `write test/flow/advice/ok-${code}.yaml`).toBe(
      true,
    );
    expect(existsSync(new URL(`err-${code}.yaml`, FOLDER)), `write test/flow/advice/err-${code}.yaml`).toBe(
      true,
    );
  });

  test.each(readdirSync(FOLDER))("%s", (file) => {
    const text = read(new URL(file, FOLDER));
    const expected = [...text.matchAll(/# expect: (.*)$/gm)].map(([, place]) => place);
    const found = advised(text);
    if (expected.length === 0) expect(printed(text, found)).toBe("");
    expect(places(text, found)).toEqual(expected);
    expect(expected.length > 0).toBe(file.startsWith("err-"));
  });
});

test.each(["flows", "src/cli/templates"])("no advice on what is shipped in %s", (folder) => {
  const names = readdirSync(folder).filter((name) => /(?<!\.test)\.yaml$/.test(name));
  const files = names.map((name) => ({
    path: `flows/${name}`,
    text: read(new URL(`../../${folder}/${name}`, import.meta.url)),
  }));
  const found = advise(build(files).flows);
  expect(
    files
      .map(({ path, text }) =>
        printed(
          text,
          found.filter(({ file }) => file === path),
        ),
      )
      .join(""),
  ).toBe("");
});

const NINE = `steps:
  menu:
    gather:
      prompt: For opening hours, press 1.
      choices: { 1: hours, 2: address }
      noMatch: I did not get that.
      otherwise: hours
  hours: { hangup: We are open from 9 to 5. }
  address: { hangup: We are at 12 Main Street. }
`;

describe("settings", () => {
  test("of a flow and of a project turn advice off, and the flow's counts", () => {
    expect(codes(NINE)).toEqual(["unspoken-key"]);
    expect(codes(NINE, { "unspoken-key": false })).toEqual([]);
    expect(codes(`advice: { unspoken-key: false }\n${NINE}`)).toEqual([]);
    expect(codes(`advice: { unspoken-key: true }\n${NINE}`, { "unspoken-key": false })).toEqual([
      "unspoken-key",
    ]);
  });

  test("that do not exist are errors", () => {
    expect(codes(`advice: { unspoken-keys: false }\n${NINE}`)).toEqual(["unknown-key"]);
    expect(codes(`advice: { unspoken-key: 3 }\n${NINE}`)).toEqual(["wrong-type"]);
  });
});

describe("a comment", () => {
  const WHY = "# ringflow-ignore unspoken-key: our staff know it";

  test("silences advice on its line, and on the line after it", () => {
    expect(codes(NINE.replace("2: address }", `2: address }  ${WHY}`))).toEqual([]);
    expect(codes(NINE.replace("      choices", `      ${WHY}\n      choices`))).toEqual([]);
    expect(codes(NINE.replace("      choices", `      ${WHY}\n      # A comment.\n      choices`))).toEqual(
      [],
    );
  });

  test("silences nothing elsewhere, and says so", () => {
    expect(codes(`${WHY}\n${NINE}`)).toEqual(["unspoken-key", "idle-ignore"].sort());
    expect(codes(NINE.replace("address }", "address }  # ringflow-ignore unspoken-kay: it is ours"))).toEqual(
      ["idle-ignore", "unspoken-key"],
    );
  });

  test("silences no error", () => {
    const text = "steps:\n  a: { say: Hello., next: b }  # ringflow-ignore unknown-step: b comes later\n";
    expect(codes(text)).toEqual(["unknown-step"]);
  });
});
