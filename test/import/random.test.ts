/** Random flows of Studio: no output has an error, and calls go as in the original. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { playImported } from "../../src/cli/import/play-scenarios.ts";
import { importStudio } from "../../src/import/studio/import.ts";
import { isAll, runs } from "../runs.ts";
import {
  COUNTED,
  EARLY,
  FORGOTTEN,
  NEEDLESS,
  PHRASED,
  PICTURED,
  SILENT,
  UNCOUNTED,
  WAITING,
  WORDED,
} from "./found.ts";
import { randomConversation, randomFlow } from "./random.ts";
import { playedBy, saidBy } from "./reference.ts";
import { findingsOf } from "./support.ts";

/** The same flows in each run; `RINGFLOW_FUZZ=all` draws new ones. What it finds belongs to `found.ts`. */
const SEED = isAll ? {} : { seed: 20261126 };

test("the flow has no error", () => {
  fc.assert(
    fc.property(randomFlow, fc.boolean(), (content, exact) => {
      const imported = importStudio([{ name: "a", sid: "", content }], { exact });
      expect(findingsOf(imported).filter((one) => one.startsWith("error"))).toEqual([]);
    }),
    { ...SEED, numRuns: runs(150) },
  );
});

test("calls go as in the original", async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, async (content) => {
      const imported = importStudio([{ name: "a", sid: "", content }]);
      const outcomes = (await playImported(imported)).get("a") ?? [];
      expect(
        outcomes.flatMap(({ failure, written }) =>
          failure ? [`${written.scenario.name}: ${failure.message}`] : [],
        ),
      ).toEqual([]);
    }),
    {
      ...SEED,
      numRuns: runs(60),
      examples: [[COUNTED], [FORGOTTEN], [UNCOUNTED], [WORDED], [EARLY], [NEEDLESS]],
    },
  );
});

test("a conversation has no error", () => {
  fc.assert(
    fc.property(randomConversation, fc.boolean(), (content, exact) => {
      const imported = importStudio([{ name: "a", sid: "", content }], { exact });
      expect(findingsOf(imported).filter((one) => one.startsWith("error"))).toEqual([]);
    }),
    {
      ...SEED,
      numRuns: runs(100),
      examples: [
        [PICTURED, false],
        [SILENT, true],
      ],
    },
  );
});

test("conversations go as in the original", async () => {
  await fc.assert(
    fc.asyncProperty(randomConversation, async (content) => {
      const imported = importStudio([{ name: "a", sid: "", content }]);
      for (const outcome of (await playImported(imported)).get("a") ?? []) {
        const { failure, written } = outcome;
        expect(failure?.message, written.scenario.name).toBeUndefined();
        expect(saidBy(outcome), written.scenario.name).toBe(playedBy(content, written.scenario));
      }
    }),
    { ...SEED, numRuns: runs(40), examples: [[SILENT], [PICTURED], [WAITING], [PHRASED]] },
  );
});
