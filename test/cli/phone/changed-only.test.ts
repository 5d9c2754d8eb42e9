/** What is worked on in the background of the page after a save: only flows that have changed. */
import { execSync } from "node:child_process";
import { beforeEach, expect, test, vi } from "vitest";
import { diff } from "../../../src/cli/commands/diff.ts";
import { type AllCalls, allCalls, type ExploreFlows } from "../../../src/cli/phone/all-calls.ts";
import type { Background, StartWork } from "../../../src/cli/phone/background.ts";
import {
  type ChangesByFlow,
  type CompareFlows,
  changesIn,
  changesSinceCommit,
} from "../../../src/cli/phone/changes.ts";
import { exploreFlows } from "../../../src/cli/phone/explored.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder, saying, terminal, write } from "../folder.ts";

/** Work is started when a test says so, not after a pause. */
const background = { start: (): unknown => undefined, again: vi.fn<() => void>() };
let run = new AbortController();
const schedule = (start: StartWork): Background => {
  background.start = () => {
    run.abort();
    run = new AbortController();
    return start(run.signal);
  };
  return { shown: () => {}, saved: background.again, close: () => {} };
};

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 50_000, interval: 10 });

/** In this process, as a new one takes a second: the last test has that one. */
const explore = vi.fn<ExploreFlows>((flows, signal, add, end) => {
  void exploreFlows(flows, Date.now(), add).then(() => signal.aborted || end(flows));
});

/** In this process as well: changes.test.ts shows the other one. */
const compare = vi.fn<CompareFlows>((flows, _, done) => {
  const { out, read } = terminal();
  void diff(["HEAD", ...flows], { format: "json", out }).then(() => done(changesIn(read())));
});

const TEST = "flow: desk\nscenarios:\n  - { name: all, script: [end] }\n";
const promising = (words: string): string => `promises: [{ reach: greet }]\n${saying(words)}`;

beforeEach(async () => {
  background.again.mockReset().mockImplementation(() => run.abort());
  explore.mockClear();
  compare.mockClear();
  await enterFolder({
    "flows/desk.yaml": promising("Hello."),
    "flows/other.yaml": promising("Hello."),
    "wrangler.toml": "",
  });
});

test("a flow is explored after a save that changes it, and what was found of others is kept", async () => {
  const show = vi.fn<(found: AllCalls) => void>();
  const calls = allCalls(await buildHere(), show, schedule, explore);
  const found = (): AllCalls | undefined => show.mock.lastCall?.[0];
  background.start();
  await until(() => expect(found()?.isDone).toBe(true));
  expect(explore.mock.lastCall?.[0]).toEqual(["desk", "other"]);
  expect([...(found()?.promises.keys() ?? [])]).toEqual(["flows/desk.yaml", "flows/other.yaml"]);
  const before = found()?.ways.get("other");
  expect(before).toBeDefined();

  await write({ "flows/desk.test.yaml": TEST });
  calls.saved(await buildHere());
  expect(background.again).not.toHaveBeenCalled();
  background.start();
  expect(explore).toHaveBeenCalledOnce();
  expect(found()?.isDone).toBe(true);

  await write({ "flows/desk.yaml": promising("Good day.") });
  calls.saved(await buildHere());
  expect(background.again).toHaveBeenCalledOnce();
  expect(found()?.isDone).toBe(false);
  expect([...(found()?.promises.keys() ?? [])]).toEqual(["flows/other.yaml"]);
  background.start();
  expect(explore.mock.lastCall?.[0]).toEqual(["desk"]);
  await until(() => expect(found()?.isDone).toBe(true));
  expect(found()?.promises.get("flows/desk.yaml")).toMatchObject([{ is: "kept" }]);
  expect(found()?.ways.get("desk")).toBeDefined();
  expect(found()?.ways.get("other")).toBe(before);
});

test("the promises of a part are shown once they are decided for every flow that runs it", async () => {
  const part = `gives: []\npromises: [{ never: failed }]\nsteps:\n  ask: { say: Hello., next: return }\n  failed: { hangup: Bye. }\n`;
  const run = "steps:\n  first: { run: { flow: part }, next: hangup }\n";
  await write({ "flows/part.yaml": part, "flows/desk.yaml": run });
  const show = vi.fn<(found: AllCalls) => void>();
  const calls = allCalls(await buildHere(), show, schedule, explore);
  const found = (): AllCalls | undefined => show.mock.lastCall?.[0];
  background.start();
  await until(() => expect(found()?.isDone).toBe(true));
  expect(found()?.promises.get("flows/part.yaml")).toMatchObject([{ is: "kept" }]);
  await write({ "flows/other.yaml": run });
  calls.saved(await buildHere());
  expect(found()?.promises.has("flows/part.yaml")).toBe(false);
});

const WHO = { GIT_AUTHOR_NAME: "A", GIT_AUTHOR_EMAIL: "a@example.com" };
const COMMITTER = { GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@example.com" };
const git = (line: string) =>
  execSync(line, { stdio: "pipe", env: { ...process.env, ...WHO, ...COMMITTER } });

test("a flow is compared after a save that changes it; all are after a commit", async () => {
  git("git init -q --template= && git add . && git commit -qm first");
  const show = vi.fn<(changes: ChangesByFlow) => void>();
  const changes = changesSinceCommit(await buildHere(), show, schedule, compare);
  changes.shown();
  await until(() => expect(background.again).toHaveBeenCalledTimes(1));
  background.start();
  expect(compare.mock.lastCall?.[0]).toEqual([]);
  await until(() => expect(show).toHaveBeenCalledTimes(1));

  await write({ "flows/desk.test.yaml": TEST });
  changes.saved(await buildHere());
  await write({ "flows/desk.yaml": promising("Good day.") });
  changes.saved(await buildHere());
  await until(() => expect(background.again).toHaveBeenCalledTimes(2));
  background.start();
  expect(compare.mock.lastCall?.[0]).toEqual(["desk"]);
  await until(() => expect(show).toHaveBeenCalledTimes(2));
  expect(show.mock.lastCall?.[0].get("desk")).toHaveLength(1);
  expect(show.mock.lastCall?.[0].get("other")).toEqual([]);

  git("git commit -qam second");
  changes.saved(await buildHere());
  await until(() => expect(background.again).toHaveBeenCalledTimes(3));
  background.start();
  expect(compare.mock.lastCall?.[0]).toEqual([]);
  await until(() => expect(show).toHaveBeenCalledTimes(3));
});

test("flows are explored in a process of their own", async () => {
  const show = vi.fn<(found: AllCalls) => void>();
  allCalls(await buildHere(), show, schedule);
  background.start();
  await until(() => expect(show.mock.lastCall?.[0].isDone).toBe(true));
  const { promises, ways } = show.mock.lastCall?.[0] ?? {};
  expect(promises?.get("flows/desk.yaml")).toMatchObject([{ is: "kept" }]);
  expect([...(ways?.keys() ?? [])].toSorted()).toEqual(["desk", "other"]);
});
