/** The tests of the flows on the page: listed and played after every change, while somebody looks. */

import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { position } from "../../flow/language/diagnostic.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { TestDetail, TestView } from "../../phone/page/contract/tests.ts";
import type { Walked } from "../play/coverage.ts";
import type { LocalProject } from "../project/project.ts";
import type { ReadTests, TestFile } from "./test-files.ts";

/** The tests of each flow. */
export type TestsByFlow = ReadonlyMap<string, TestView[]>;

/** What plays the page's tests. */
interface TestRuns {
  /** Lists the tests of a project and plays those that have changed, if somebody looks. */
  saved(project: LocalProject): void;
  /** Somebody looks: tests are played from now on. */
  shown(): void;
  /** A test in detail, played anew; undefined if there is none of this name. */
  detail(flow: string, name: string): Promise<TestDetail | undefined>;
  close(): void;
}

/** How often outcomes are shown while tests are played, in milliseconds. */
const EVERY = 300;

/** The longest pause between two tests, in milliseconds. */
const MOST_PAUSE = 200;

type Result = Pick<TestView, "outcome" | "failure">;

/** How a test went, and the steps of its call; a test that is held back makes none. */
interface Played {
  result: Result;
  paths: string[][];
}

/** @param show gets the tests of all flows, whenever something is known of them, and the calls of all tests once all were played */
export function testRuns(
  first: LocalProject,
  readTests: ReadTests,
  show: (tests: TestsByFlow, walked?: readonly Walked[]) => void,
): TestRuns {
  let project = first;
  let isShown = false;
  let run = 0;
  /** Results by all that they depend on. */
  let known = new Map<string, Played>();

  const play = async (): Promise<void> => {
    const mine = ++run;
    const files = await readTests(project).catch(() => []);
    const all = files.flatMap(({ scenarios }) => scenarios);
    const keys = new Map(all.map((written) => [written, keyOf(written, project)]));
    const results = new Map<WrittenScenario, Played>();
    for (const [written, key] of keys) {
      const result = heldBack(written, project) ?? known.get(key);
      if (result) results.set(written, result);
    }
    if (mine !== run) return;
    show(viewsOf(files, results));
    let last = performance.now();
    for (const written of byChange(files)) {
      if (results.has(written)) continue;
      const began = performance.now();
      const result = await played(written, project);
      results.set(written, result);
      known.set(keys.get(written) ?? "", result);
      // The page's requests and saved changes come first: half of the time is theirs.
      await sleep(Math.min(performance.now() - began, MOST_PAUSE));
      if (mine !== run) return;
      if (performance.now() - last < EVERY) continue;
      last = performance.now();
      show(viewsOf(files, results));
    }
    // Only what can be of use again is kept.
    const wanted = new Set(keys.values());
    known = new Map([...known].filter(([key]) => wanted.has(key)));
    show(
      viewsOf(files, results),
      [...results].map(([written, { paths }]) => ({ written, paths })),
    );
  };

  return {
    saved: (saved) => {
      project = saved;
      if (isShown) void play();
    },
    shown: () => {
      if (isShown) return;
      isShown = true;
      void play();
    },
    detail: async (flow, name) => {
      const files = await readTests(project);
      const found = files.find(({ scenarios }) => scenarios.some(isNamed(flow, name)));
      const written = found?.scenarios.find(isNamed(flow, name));
      return found && written && detailOf(written, found, project);
    },
    close: () => {
      run++;
    },
  };
}

/** The tests of the file that was saved last come first. */
function byChange(files: readonly TestFile[]): WrittenScenario[] {
  const changedAt = ({ file }: TestFile): number =>
    Math.max(...[file.path, file.path.replace(".test.", ".")].map((path) => changed(path)));
  const ordered = files.toSorted((one, other) => changedAt(other) - changedAt(one));
  return ordered.flatMap(({ scenarios }) => scenarios);
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isNamed(flow: string, name: string) {
  return (written: WrittenScenario): boolean => written.flow === flow && written.scenario.name === name;
}

/** All that the outcome of a test depends on. */
function keyOf({ flow, scenario }: WrittenScenario, { programs, variables }: LocalProject): string {
  const hash = programs.find((one) => one.flow === flow)?.hash;
  return JSON.stringify([flow, hash, variables, scenario]);
}

/** A flow with an error holds back its tests. They can set variables that are unset here. */
function heldBack({ flow }: WrittenScenario, { flows, diagnostics }: LocalProject): Played | undefined {
  const file = flows.find((one) => one.flow.name === flow)?.flow.file;
  const isWrong = diagnostics.some(
    (one) => one.severity === "error" && one.file === file && one.code !== "unset-variable",
  );
  if (file !== undefined && !isWrong) return undefined;
  return { result: { outcome: "held back", failure: "The flow has an error." }, paths: [] };
}

async function played(written: WrittenScenario, project: LocalProject): Promise<Played> {
  // It plays calls, and so loads the Worker and the scripted phone.
  const { playInForms } = await import("../play/said.ts");
  const { failure, paths } = await playInForms(written, project, project.variables);
  return { result: failure ? { outcome: "fails", failure: failure.message } : { outcome: "passes" }, paths };
}

async function detailOf(
  written: WrittenScenario,
  { file }: TestFile,
  project: LocalProject,
): Promise<TestDetail> {
  const { scenario } = written;
  const held = heldBack(written, project);
  if (held) return { lines: [], scenario: plain(scenario) };
  const [{ playInForms }, { callOf }] = await Promise.all([
    import("../play/said.ts"),
    import("../play/parting.ts"),
  ]);
  const outcome = await playInForms(written, project, project.variables);
  return { lines: callOf(outcome, file.text), scenario: plain(scenario) };
}

/** As JSON has it: what a test expects of variables comes from YAML. */
function plain(scenario: WrittenScenario["scenario"]): TestDetail["scenario"] {
  return JSON.parse(JSON.stringify(scenario));
}

function viewsOf(files: readonly TestFile[], results: ReadonlyMap<WrittenScenario, Played>): TestsByFlow {
  const all = files.flatMap(({ file, scenarios }) => scenarios.map((written) => ({ file, written })));
  const byFlow = Map.groupBy(all, ({ written }) => written.flow);
  return new Map(
    [...byFlow].map(([flow, tests]) => [
      flow,
      tests.map(({ file, written }): TestView => {
        const { scenario, nameSpan } = written;
        return {
          name: scenario.name,
          file: file.path,
          line: position(file.text, nameSpan.start).line,
          ...(Object.keys(scenario.requests ?? {}).length > 0 && { answers: true }),
          ...results.get(written)?.result,
        };
      }),
    ]),
  );
}
