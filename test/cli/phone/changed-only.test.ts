/** What is worked on in the background of the page after a save: only flows that have changed. */
import { type ChildProcess, execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AllCalls, allCalls } from "../../../src/cli/phone/all-calls.ts";
import type { Background, StartWork } from "../../../src/cli/phone/background.ts";
import { changesSinceCommit } from "../../../src/cli/phone/changes.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder, saying, write } from "../folder.ts";

/** Work is started when a test says so, not after a pause. */
const background = {
  start: (_: AbortSignal): ChildProcess | undefined => undefined,
  again: vi.fn<() => void>(),
};
const schedule = (start: StartWork): Background => {
  background.start = start;
  return { shown: () => {}, saved: background.again, close: () => {} };
};
let run = new AbortController();

const TEST = "flow: desk\nscenarios:\n  - { name: all, script: [end] }\n";
const PATIENCE = { timeout: 50_000, interval: 50 };
const started: ChildProcess[] = [];

function start(): ChildProcess | undefined {
  run.abort();
  run = new AbortController();
  const child = background.start(run.signal);
  if (child) started.push(child);
  return child;
}

const promising = (words: string): string => `promises: [{ reach: greet }]\n${saying(words)}`;

beforeEach(async () => {
  background.again.mockReset().mockImplementation(() => run.abort());
  await enterFolder({
    "flows/desk.yaml": promising("Hello."),
    "flows/other.yaml": promising("Hello."),
    "wrangler.toml": "",
  });
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

test("a flow is explored after a save that changes it, and what was found of others is kept", async () => {
  const show = vi.fn<(found: AllCalls) => void>();
  const calls = allCalls(await buildHere(), show, schedule);
  const found = (): AllCalls | undefined => show.mock.lastCall?.[0];
  start();
  await vi.waitFor(() => expect(found()?.isDone).toBe(true), PATIENCE);
  expect([...(found()?.promises.keys() ?? [])]).toEqual(["flows/desk.yaml", "flows/other.yaml"]);
  const before = found()?.ways.get("other");
  expect(before).toBeDefined();

  await write({ "flows/desk.test.yaml": TEST });
  calls.saved(await buildHere());
  expect(background.again).not.toHaveBeenCalled();
  expect(start()).toBeUndefined();
  expect(found()?.isDone).toBe(true);

  await write({ "flows/desk.yaml": promising("Good day.") });
  calls.saved(await buildHere());
  expect(background.again).toHaveBeenCalledOnce();
  expect(found()?.isDone).toBe(false);
  expect([...(found()?.promises.keys() ?? [])]).toEqual(["flows/other.yaml"]);
  expect(start()?.spawnargs.slice(-2)).toEqual(["explore-flows", "desk"]);
  await vi.waitFor(() => expect(found()?.isDone).toBe(true), PATIENCE);
  expect(found()?.promises.get("flows/desk.yaml")).toMatchObject([{ is: "kept" }]);
  expect(found()?.ways.get("desk")).toBeDefined();
  expect(found()?.ways.get("other")).toBe(before);
});

test("the promises of a part are shown once they are decided for every flow that runs it", async () => {
  const part = `gives: []\npromises: [{ never: failed }]\nsteps:\n  ask: { say: Hello., next: return }\n  failed: { hangup: Bye. }\n`;
  const run = "steps:\n  first: { run: { flow: part }, next: hangup }\n";
  await write({ "flows/part.yaml": part, "flows/desk.yaml": run });
  const show = vi.fn<(found: AllCalls) => void>();
  const calls = allCalls(await buildHere(), show, schedule);
  const found = (): AllCalls | undefined => show.mock.lastCall?.[0];
  start();
  await vi.waitFor(() => expect(found()?.isDone).toBe(true), PATIENCE);
  expect(found()?.promises.get("flows/part.yaml")).toMatchObject([{ is: "kept" }]);
  await write({ "flows/other.yaml": run });
  calls.saved(await buildHere());
  expect(found()?.promises.has("flows/part.yaml")).toBe(false);
});

test("a flow is compared after a save that changes it; all are after a commit", async () => {
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...words]);
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  const show = vi.fn<(changes: ReadonlyMap<string, unknown[]>) => void>();
  const changes = changesSinceCommit(await buildHere(), show, schedule);
  changes.shown();
  await vi.waitFor(() => expect(background.again).toHaveBeenCalledTimes(1), PATIENCE);
  expect(start()?.spawnargs.slice(-4)).toEqual(["diff", "HEAD", "--format", "json"]);
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(1), PATIENCE);

  await write({ "flows/desk.test.yaml": TEST });
  changes.saved(await buildHere());
  await write({ "flows/desk.yaml": promising("Good day.") });
  changes.saved(await buildHere());
  await vi.waitFor(() => expect(background.again).toHaveBeenCalledTimes(2), PATIENCE);
  expect(start()?.spawnargs.slice(-5)).toEqual(["diff", "HEAD", "desk", "--format", "json"]);
  await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(2), PATIENCE);
  expect(show.mock.lastCall?.[0].get("desk")).toHaveLength(1);
  expect(show.mock.lastCall?.[0].get("other")).toEqual([]);

  git("commit", "-q", "-a", "-m", "second");
  changes.saved(await buildHere());
  await vi.waitFor(() => expect(background.again).toHaveBeenCalledTimes(3), PATIENCE);
  expect(start()?.spawnargs.slice(-4)).toEqual(["diff", "HEAD", "--format", "json"]);
});
