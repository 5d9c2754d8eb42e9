/** The generated pages are up to date, their examples work, and their links lead somewhere. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { docs } from "../../src/cli/docs.ts";
import { keysOf } from "../../src/cli/docs-schema.ts";
import { audioOf } from "../../src/flow/findings/example-audio.ts";
import { readScenarios } from "../../src/flow/scenarios.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { findings, printed } from "../flow/support.ts";

function pageOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

test("the generated files are what the code says: if not, run npm run docs", async () => {
  expect(await docs({ check: true })).toBe(0);
});

test("every key of every kind is told of", () => {
  for (const { name, schema, keys } of kinds) {
    const known = keysOf(schema).map((key) => key.name);
    expect([name, known.filter((key) => !Object.hasOwn(keys, key))]).toEqual([name, []]);
  }
});

describe("the language page's examples", () => {
  const blocks = [...pageOf("src/cli/language.md").matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, block = ""]) => block,
  );
  const flows = blocks.filter((block) => /^steps:/m.test(block));

  const audio = audioOf({
    "audio/welcome.mp3": {},
    "audio/en/menu.wav": { format: "wav" },
    "audio/es/menu.wav": { format: "wav" },
  });

  test.each(flows)("%s", (flow) => {
    expect(printed(flow, findings(flow, "flows/test.yaml", {}, audio))).toBe("");
  });

  test("are there", () => {
    expect(flows.length).toBeGreaterThan(6);
  });

  test("its scripted call can be read", () => {
    const call = /```yaml\n(flow:.*?)```/s.exec(pageOf("docs/language.md"))?.[1] ?? "";
    const { scenarios, diagnostics } = readScenarios({ path: "flows/a.test.yaml", text: call }, [
      "front-desk",
    ]);
    expect([scenarios.length, diagnostics]).toEqual([1, []]);
  });
});

describe.each(["docs/language.md", "docs/findings.md"])("the links of %s", (path) => {
  const anchorsOf = (page: string): Set<string> =>
    new Set(
      [...pageOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
        title.toLowerCase().replaceAll(" ", "-"),
      ),
    );
  const links = [...pageOf(path).matchAll(/\]\(([a-z./-]*)#([a-z0-9-]+)\)/g)];

  test("lead to a heading", () => {
    expect(links.length).toBeGreaterThan(10);
    const lost = links.filter(
      ([, page = "", anchor = ""]) => !anchorsOf(page === "" ? path : `docs/${page}`).has(anchor),
    );
    expect(lost.map(([link]) => link)).toEqual([]);
  });
});
