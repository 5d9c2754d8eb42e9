/** Random flows of Studio, others in each run: no output has an error, and calls go as in the original. What they find belongs to `found.ts`. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { playImported } from "../../src/cli/import/play-scenarios.ts";
import { importStudio } from "../../src/import/studio/import.ts";
import { runs } from "../runs.ts";
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

test("the flow has no error", () => {
  fc.assert(
    fc.property(randomFlow, fc.boolean(), (content, exact) => {
      const imported = importStudio([{ name: "a", sid: "", content }], { exact });
      expect(findingsOf(imported).filter((one) => one.startsWith("error"))).toEqual([]);
    }),
    { numRuns: runs(150) },
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
    { numRuns: runs(40), examples: [[SILENT], [PICTURED], [WAITING], [PHRASED]] },
  );
});
