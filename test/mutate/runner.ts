/**
 * Vitest's runner, which repeats each test once for each mutant that it reaches: without starting a process, loading a
 * module or collecting tests anew.
 */
import { type RunnerTestCase, type RunnerTestFile, type SerializedConfig, TestRunner } from "vitest";
import { FOLDER, type Plan, type Planned, readPlan, report } from "./plan.ts";

type Task = Parameters<TestRunner["onBeforeRunTask"]>[0];
type Options = Parameters<TestRunner["onBeforeTryTask"]>[1];

/** Milliseconds that a test may take beyond ten times what it usually takes. */
const MORE_MS = 3000;

// Kept from tests that put a clock of their own there.
const { setTimeout, clearTimeout, performance } = globalThis;

export default class MutationRunner extends TestRunner {
  #folder = process.env[FOLDER] ?? "";
  #plan: Plan;
  #killed = new Set<number>();
  /** A mutant has left this process in a state that the test fails in: another process has to do the rest. */
  #isSpoilt = false;
  #spoils = false;
  #unrepeatable = new Set<string>();
  #turn = 0;
  #began = 0;

  constructor(config: SerializedConfig) {
    super(config);
    this.#plan = readPlan(this.#folder);
  }

  /** What loading the files and their `beforeAll` reach is no test's. */
  override async onBeforeRunTask(test: Task): Promise<void> {
    await super.onBeforeRunTask(test);
    if (test.type !== "test") return;
    this.#outside(test.file.name);
    const planned = this.#plan.tests?.[keyOf(test)];
    // Twice without a mutant; then each mutant, and again without one to see that it has left nothing behind.
    if (planned) test.repeats = 1 + 2 * planned.mutants.length;
    else if (this.#plan.tests) test.mode = "skip";
  }

  override onAfterRunSuite(suite: RunnerTestFile): Promise<void> {
    this.#outside(suite.file.name);
    return super.onAfterRunSuite(suite);
  }

  override onBeforeTryTask(test: Task, options: Options): void {
    super.onBeforeTryTask(test, options);
    this.#turn = options.repeats;
    this.#began = performance.now();
  }

  /** Runs the test, in place of Vitest. */
  async runTask(test: RunnerTestCase): Promise<void> {
    const key = keyOf(test);
    if (!this.#plan.tests) return this.#cover(test, key);
    const planned = this.#plan.tests[key];
    if (!planned || this.#isSpoilt || this.#unrepeatable.has(key)) return;
    const [id, hits] = planned.mutants[Math.floor(this.#turn / 2) - 1] ?? [0, 0];
    if (this.#turn % 2 === 0 && id > 0) return this.#runWith(test, planned, id, hits);
    if (this.#turn > 1 && !this.#spoils) return;
    this.#spoils = false;
    const why = await failureOf(test, planned);
    if (why === undefined) return;
    const isByItself = this.#turn < 2;
    if (isByItself) this.#unrepeatable.add(key);
    else this.#isSpoilt = true;
    report(this.#folder, { is: "unrepeatable", test: key, after: isByItself ? 0 : id, why });
  }

  async #runWith(test: RunnerTestCase, planned: Planned, id: number, hits: number): Promise<void> {
    if (this.#killed.has(id)) return;
    const key = keyOf(test);
    report(this.#folder, { is: "begins", test: key, id });
    mutation.use(id, hits);
    const why = await failureOf(test, planned);
    mutation.none();
    const isReached = mutation.wasReached();
    if (why === undefined) return report(this.#folder, { is: "lives", test: key, id, isReached });
    this.#spoils = true;
    this.#killed.add(id);
    report(this.#folder, { is: "killed", test: key, id, why });
  }

  async #cover(test: RunnerTestCase, key: string): Promise<void> {
    const run = TestRunner.getTestFn(test);
    try {
      await run();
      const ms = performance.now() - this.#began;
      report(this.#folder, { is: "reached", test: key, ms, hits: [...mutation.reached()] });
    } finally {
      mutation.reached();
    }
  }

  #outside(file: string): void {
    const ids = [...mutation.reached().keys()];
    if (!this.#plan.tests && ids.length > 0) report(this.#folder, { is: "outside", file, ids });
  }
}

/** Why a test fails; undefined if it passes. */
async function failureOf(test: RunnerTestCase, { ms }: Planned): Promise<string | undefined> {
  const limit = Promise.withResolvers<string>();
  const timer = setTimeout(() => limit.resolve("time-out"), ms * 10 + MORE_MS);
  const run = TestRunner.getTestFn(test);
  try {
    const why = await Promise.race([Promise.resolve(run()).then(() => undefined), limit.promise]);
    return why ?? softFailure(test);
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** What `expect.soft` has found. Vitest is not to see it. */
function softFailure({ result }: RunnerTestCase): string | undefined {
  if (result?.state !== "fail") return undefined;
  result.state = "run";
  delete result.errors;
  return "expect.soft";
}

function keyOf(test: Task): string {
  const names: string[] = [test.name];
  for (let suite = test.suite; suite; suite = suite.suite) names.unshift(suite.name);
  return [test.file.name, ...names].join(" > ");
}
