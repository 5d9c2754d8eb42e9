/** What is explored is what happens: ways through the shipped flows, played as tests. */
import { describe, expect, test } from "vitest";
import { exploreFlow } from "../../src/cli/paths/explored.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { buildFiles } from "../../src/cli/project/build-files.ts";
import { flowFiles, readFiles } from "../../src/cli/project/files.ts";
import type { Edge } from "../../src/explore/exploration.ts";
import { scenarioOf } from "../../src/explore/ways/scenario.ts";
import { wayTo } from "../../src/explore/ways/way.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { writeYaml } from "../../src/flow/yaml/write.ts";
import { NOW, UNTIMED } from "./support.ts";

const built = await buildFiles(await readFiles(await flowFiles(["flows", "src/cli/templates"])));
const names = built.flows.map(({ flow }) => flow.name);
const callable = built.flows.filter(({ graph }) => graph.isEntry);
/** So many ways of each flow. */
const SAMPLE = 25;

/** The steps of turns that move the call; a flow's `onHangup` runs beside it. */
function stepsOf(paths: readonly (readonly string[])[]): string[] {
  return paths.flatMap((path, at) => path.slice(at === 0 ? 0 : 1)).filter((step) => step !== "hangup");
}

/** Edges from all over the exploration, always the same ones. */
function sampleOf(edges: readonly Edge[]): Edge[] {
  const every = Math.max(1, edges.length / SAMPLE);
  return Array.from(
    { length: Math.min(SAMPLE, edges.length) },
    (_, at) => edges[Math.floor(at * every)],
  ).flatMap((edge) => edge ?? []);
}

describe.each(callable.map((flow) => [flow.flow.name, flow] as const))("%s", (name, flow) => {
  const exploration = exploreFlow(flow, built.audio, { now: NOW, mostNodes: 1000, ...UNTIMED });

  test("its ways are played as they were explored", async () => {
    for (const edge of sampleOf(exploration.edges)) {
      const way = wayTo(exploration, edge);
      const text = writeYaml({ flow: name, scenarios: [scenarioOf(exploration, way, { name: "a way" })] });
      const { scenarios, diagnostics } = readScenarios({ path: `${name}.test.yaml`, text }, names);
      expect(diagnostics, text).toEqual([]);
      for (const scenario of scenarios) {
        const { failure, turns } = await playWritten(scenario, built, {});
        expect(failure, text).toBeUndefined();
        const explored = stepsOf(
          way.map(({ path }) => path.slice(0, path.includes("~hangup") ? 1 : path.length)),
        );
        const played = stepsOf(turns.map(({ path }) => path));
        // A caller who is left waiting hangs up, which can lead on.
        expect(played.slice(0, explored.length), text).toEqual(explored);
      }
    }
  }, 60_000);

  test("its ways begin at a beginning, and each edge begins where the one before leads", () => {
    for (const edge of sampleOf(exploration.edges)) {
      const way = wayTo(exploration, edge);
      expect(way[0]?.from).toBeUndefined();
      for (const [at, one] of way.entries()) if (at > 0) expect(one.from).toBe(way[at - 1]?.to);
    }
  });
});
