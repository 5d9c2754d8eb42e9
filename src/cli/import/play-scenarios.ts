/** Plays the calls of imported flows, as `ringflow test` would. */
import { build } from "../../flow/build.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import type { Import, Imported } from "../../import/studio/import.ts";
import { writeScenarios } from "../../import/studio/scenarios/scenarios.ts";
import type { Outcome } from "../play/outcome.ts";
import { playWritten } from "../play/play-written.ts";

/** How the calls of each flow went, by its name and the order of its scenarios. */
export async function playImported({ flows, stubs }: Import): Promise<Map<string, Outcome[]>> {
  const texts = [...flows.map(({ name, flow }) => [name, flow] as const), ...stubs];
  const built = build(texts.map(([name, text]) => ({ path: `flows/${name}.yaml`, text })));
  const outcomes = new Map<string, Outcome[]>();
  for (const one of flows) {
    const played: Outcome[] = [];
    for (const written of writtenOf(
      one,
      texts.map(([name]) => name),
    ))
      played.push(await playWritten(written, built, {}));
    outcomes.set(one.name, played);
  }
  return outcomes;
}

function writtenOf({ name, draft, scenarios }: Imported, flows: readonly string[]) {
  const text = writeScenarios(name, draft, scenarios);
  return text === "" ? [] : readScenarios({ path: `flows/${name}.test.yaml`, text }, flows).scenarios;
}
