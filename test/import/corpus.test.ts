/** Real flows of Studio: what becomes of their widgets, and whether calls go as in the original. */
import { describe, expect, test } from "vitest";
import { playImported } from "../../src/cli/import/play-scenarios.ts";
import { type Import, importStudio } from "../../src/import/studio/import.ts";
import { countsOf } from "../../src/import/studio/report.ts";
import { CORPUS, hasCorpus } from "./corpus.ts";
import { playedBy, saidBy } from "./reference.ts";
import { findingsOf } from "./support.ts";

/** By name: each is asked for by several tests. */
const imports = new Map(CORPUS.map(([name, content]) => [name, importStudio([{ name, sid: "", content }])]));

function importOf(name: string): Import {
  const imported = imports.get(name);
  if (!imported) throw new Error(`no flow ${name}`);
  return imported;
}

describe.runIf(hasCorpus)("real flows of Studio", () => {
  test("97 % of the widgets need no hand", () => {
    const all = CORPUS.flatMap(([name]) =>
      importOf(name).flows.map((one) => countsOf(one.definition, one.draft)),
    );
    const sum = (key: "widgets" | "gaps"): number => all.reduce((total, one) => total + one[key], 0);
    expect(sum("widgets")).toBe(154);
    expect(1 - sum("gaps") / sum("widgets")).toBeGreaterThanOrEqual(0.97);
  });

  test.each(CORPUS)("%s: no errors", (name) => {
    expect(findingsOf(importOf(name)).filter((one) => one.startsWith("error"))).toEqual([]);
  });

  test.each(CORPUS)("%s: calls go as the original would play them", async (name, text) => {
    const imported = importOf(name);
    const [flow] = imported.flows;
    const outcomes = (await playImported(imported)).get(flow?.name ?? "") ?? [];
    for (const [index, outcome] of outcomes.entries()) {
      const scenario = flow?.scenarios[index];
      expect(outcome.failure, scenario?.name).toBeUndefined();
      expect(saidBy(outcome), scenario?.name).toBe(playedBy(text, outcome.written.scenario));
    }
  });
});
