/** The flow on the page "Moving from Studio" is what the import makes of the definition there. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeScenarios } from "../../src/import/studio/scenarios/scenarios.ts";
import { imported } from "./support.ts";

test("the page shows the flow and a test call that the import writes", () => {
  const page = readFileSync("docs/moving-from-studio.md", "utf8");
  const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
  const [before] = blocks.filter(({ language }) => language === "json");
  const [after, call] = blocks.filter(({ language }) => language === "yaml");
  const { flow, draft, scenarios } = imported(before?.text ?? "");
  expect(after?.text).toBe(flow);
  const shown = scenarios.filter(({ name }) => call?.text.includes(`name: ${name}\n`));
  expect(call?.text).toBe(writeScenarios("shop", draft, shown));
});
