/** The tests of the earlier version, played to both: those that passed then and fail now. */
import type { Change } from "../../explore/diff/change.ts";
import type { Built } from "../../flow/build.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios, type WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { playWritten } from "../play/play-written.ts";

type Flows = Pick<Built, "flows" | "audio">;
type Variables = Readonly<Record<string, string>>;

/** The scenarios in test files, by flow. */
export function scenariosByFlow(
  tests: readonly SourceFile[],
  { flows }: Flows,
): ReadonlyMap<string, readonly WrittenScenario[]> {
  const names = flows.map(({ flow }) => flow.name);
  return Map.groupBy(
    tests.flatMap((file) => readScenarios(file, names).scenarios),
    ({ flow }) => flow,
  );
}

/** Scenarios that passed and fail now. */
export async function brokenTests(
  scenarios: readonly WrittenScenario[],
  was: Flows,
  now: Flows,
  variables: Variables,
): Promise<Change[]> {
  const found = await Promise.all(
    scenarios.map(async (written): Promise<Change[]> => {
      const { failure } = await playWritten(written, now, variables);
      if (!failure || (await playWritten(written, was, variables)).failure) return [];
      const { name } = written.scenario;
      return [
        {
          kind: "test",
          message: `the test "${name}" of that version fails now: ${failure.message.replace(/\.$/, "")}`,
          where: `the test "${name}" of that version`,
          was: "passes",
          now: failure.message,
          when: "",
          way: [name],
          steps: { was: [], now: [] },
        },
      ];
    }),
  );
  return found.flat();
}
