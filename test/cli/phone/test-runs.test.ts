/** The tests of the flows, as the page plays them. */
import { expect, test, vi } from "vitest";
import { testFileReader } from "../../../src/cli/phone/test-files.ts";
import { type TestsByFlow, testRuns } from "../../../src/cli/phone/test-runs.ts";
import type { Walked } from "../../../src/cli/play/coverage.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder, saying, write } from "../folder.ts";

const named = (name: string): string =>
  `flow: desk\nscenarios:\n  - { name: ${name}, script: [{ hear: Hello. }, end] }\n`;

test("tests are played after a save, and then the steps of their calls are known", async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello.") });
  const show = vi.fn<(tests: TestsByFlow, walked?: readonly Walked[]) => void>();
  const project = await buildHere();
  const runs = testRuns(project, testFileReader(), show);
  runs.shown();
  await vi.waitFor(() => expect(show.mock.lastCall?.[1]).toEqual([]));
  await write({ "flows/desk.test.yaml": named("all") });
  runs.saved(project);
  await vi.waitFor(() => expect(show.mock.lastCall?.[1]).toHaveLength(1), { timeout: 20_000 });
  const [tests, walked] = show.mock.lastCall ?? [];
  expect(tests?.get("desk")).toEqual([
    { name: "all", file: "flows/desk.test.yaml", line: 3, outcome: "passes" },
  ]);
  expect(walked).toMatchObject([{ written: { flow: "desk" }, paths: [["greet", "hangup"]] }]);
  // Until it was played as well, the calls are not all known.
  await write({ "flows/desk.test.yaml": `${named("all")}  - { name: other, script: [end] }\n` });
  show.mockClear();
  runs.saved(project);
  await vi.waitFor(() => expect(show.mock.lastCall?.[1]).toHaveLength(2), { timeout: 20_000 });
  expect(show.mock.calls[0]?.[1]).toBeUndefined();
  runs.close();
});
