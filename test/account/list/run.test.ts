/** A run that is killed at every await, and runs that the Worker fails. */
import { appendFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { Contact } from "../../../src/cli/account/list/contacts.ts";
import { type Journal, openJournal } from "../../../src/cli/account/list/journal.ts";
import { planOf } from "../../../src/cli/account/list/plan.ts";
import { SILENT } from "../../../src/cli/account/list/progress.ts";
import { type Result, type RunDeps, runList } from "../../../src/cli/account/list/run.ts";
import { readWindow } from "../../../src/cli/account/list/zone.ts";
import { workerCallsAt } from "../../../src/cli/account/worker-calls.ts";
import { enterFolder, IN_MEMORY } from "../../cli/folder.ts";
import { stride } from "../../runs.ts";
import { CALLS_TOKEN, type FakeWorker, fakeWorker, sidOf } from "./fake-worker.ts";

const NUMBERS = ["+14155550111", "+14155550112", "+14155550113", "+14155550114"] as const;
const [FIRST, SECOND, THIRD, FOURTH] = NUMBERS;
const CONTACTS: readonly Contact[] = NUMBERS.map((to, at) => ({ line: at + 2, to, set: { name: `n${at}` } }));

let worker: FakeWorker;
/** Moved by sleeping. */
let now: number;
let waits: string[];

beforeEach(async () => {
  worker = await fakeWorker();
  await enterFolder({ ".dev.vars": `CALLS_TOKEN=${CALLS_TOKEN}\n` }, IN_MEMORY);
  now = Date.parse("2026-03-02T15:00Z");
  waits = [];
});

type Wrap = (deps: RunDeps) => RunDeps;

/** A run on what is left of the list, from the journal's file on. */
async function run(options: Partial<RunDeps> = {}, wrap: Wrap = (deps) => deps): Promise<Result> {
  const calls = await workerCallsAt(worker.url);
  const journal = await openJournal("list.journal", { flow: "desk", url: worker.url });
  const deps: RunDeps = {
    journal,
    place: (body, key) => calls.place("desk", body, key),
    bodyOf: ({ to, set }) => ({ to, from: "+14155550100", set }),
    rate: 1,
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    signal: new AbortController().signal,
    ...SILENT,
    wait: (seconds, reason) => void waits.push(`${reason} ${seconds}`),
    ...options,
  };
  try {
    return await runList(due(journal), wrap(deps));
  } finally {
    await journal.close();
  }
}

function due(journal: Journal) {
  const dividing = { file: "list.csv", known: journal.known, except: new Set<string>() };
  const list = { contacts: [...CONTACTS], faults: [], notes: [] };
  return planOf(list, { ...dividing, window: undefined, zone: undefined, now }).due;
}

const outcomesOf = ({ outcomes }: Result) =>
  Object.fromEntries([...outcomes].map(([{ to }, outcome]) => [to, outcome.is]));

class Killed extends Error {}

/** Dies before the step `at`, or with half a line written; what comes later dies as well. */
function dying(at: number, isTorn: boolean): { wrap: Wrap; steps(): number } {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps > at) throw new Killed();
  };
  const around =
    <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      step();
      const result = await act(...args);
      step();
      return result;
    };
  const wrap: Wrap = (deps) => {
    const write = around<Parameters<Journal["write"]>, void>(deps.journal.write);
    const torn: Journal["write"] = async (to, entry) => {
      if (isTorn && steps === at)
        // At once: nothing of a dead process reaches the file later, when the next run writes.
        appendFileSync("list.journal", `\n{"to":"${to}","is":"${entry.is.slice(0, 3)}`);
      return write(to, entry);
    };
    return {
      ...deps,
      journal: { ...deps.journal, write: torn },
      place: around(deps.place),
      sleep: around(deps.sleep),
    };
  };
  return { wrap, steps: () => steps };
}

const FAULTS = () => [
  { status: 504, acts: true, retryAfter: 1 },
  { status: 429, code: "limit", retryAfter: 2 },
  { acts: true },
  undefined,
  { status: 409, code: "in-progress", retryAfter: 1 },
];

describe.each([
  ["one request at a time", 1],
  ["three requests at a time", 3],
])("a run that is killed, with %s,", (_, rate) => {
  test.each([
    ["between two awaits", false],
    ["in the middle of a line", true],
  ])("%s, calls nobody twice and loses nobody", async (_when, isTorn) => {
    for (let at = stride.first, ended = false; !ended; at += stride.step) {
      // Each death has a list and a Worker of its own, which fails as well.
      worker = await fakeWorker();
      await enterFolder({ ".dev.vars": `CALLS_TOKEN=${CALLS_TOKEN}\n` }, IN_MEMORY);
      worker.faults = FAULTS();
      const death = dying(at, isTorn);
      const first = await run({ rate }, death.wrap).catch((error: unknown) => error);
      ended = !(first instanceof Killed);
      if (!ended) await run({ rate }, dying(at % 7, isTorn).wrap).catch(() => undefined);
      const last = ended ? undefined : await run({ rate });
      expect(worker.calls.toSorted(), `killed at ${at}`).toEqual(NUMBERS);
      expect(Object.values(last ? outcomesOf(last) : {}).every((is) => is === "placed")).toBe(true);
      // Nothing is left to do. The Worker itself can still get what a killed run has sent.
      const idle = dying(Number.POSITIVE_INFINITY, false);
      await run({ rate }, idle.wrap);
      expect(idle.steps()).toBe(0);
      if (ended) expect(at).toBeGreaterThan(20);
    }
  });
});

describe("a run", () => {
  test("repeats what is unknown with the same key and body, even if the list has changed", async () => {
    worker.faults = [undefined, { acts: true }];
    const controller = new AbortController();
    await run({ signal: controller.signal }, (deps) => ({
      ...deps,
      place: async (body, key) => {
        const answer = deps.place(body, key);
        if (body.to === SECOND) controller.abort();
        return answer;
      },
    }));
    expect(worker.calls).toEqual([FIRST, SECOND]);
    const result = await run({ bodyOf: ({ to }) => ({ to, from: "+14155550199", set: {} }) });
    expect(outcomesOf(result)).toEqual({ [SECOND]: "placed", [THIRD]: "placed", [FOURTH]: "placed" });
    expect(worker.calls.toSorted()).toEqual(NUMBERS);
  });

  test("does not take a refusal at the door for the end of the request before", async () => {
    const bodyOf: RunDeps["bodyOf"] = ({ to }) => ({ to, from: "+14155550100", set: { now } });
    worker.faults = [
      { status: 504, acts: true },
      ...[SECOND, THIRD, FOURTH].map(() => undefined),
      { status: 401 },
    ];
    expect((await run({ bodyOf })).stopped).toBe("It is unknown.");
    // With another body, the Worker would refuse the key.
    expect(outcomesOf(await run({ bodyOf }))).toEqual({ [FIRST]: "placed" });
    expect(worker.calls.toSorted()).toEqual(NUMBERS);
  });

  test("goes past single refusals, and asks again for them in the next run", async () => {
    worker.refuses.add(SECOND);
    const result = await run();
    expect(outcomesOf(result)).toEqual({
      [FIRST]: "placed",
      [SECOND]: "refused",
      [THIRD]: "placed",
      [FOURTH]: "placed",
    });
    worker.refuses.clear();
    expect(outcomesOf(await run())).toEqual({ [SECOND]: "placed" });
    expect(worker.calls).toEqual([FIRST, THIRD, FOURTH, SECOND]);
  });

  test.each([
    [{ status: 401, code: "unauthorized" }, "CALLS_TOKEN is not the one of "],
    [{ status: 404, code: "flow" }, "It is flow."],
    [{ status: 501, code: "not-set" }, "It is not-set."],
    [{ status: 400, code: "from" }, "It is from."],
    [{ status: 502, code: "twilio-20003" }, "It is twilio-20003."],
  ])("stops at what concerns everybody: %o", async (fault, words) => {
    worker.faults = [undefined, fault];
    const result = await run();
    expect(result.stopped).toContain(words);
    expect([worker.requests, outcomesOf(result)]).toEqual([2, { [FIRST]: "placed" }]);
    expect(Object.keys(outcomesOf(await run()))).toEqual([SECOND, THIRD, FOURTH]);
  });

  test("waits as long as Retry-After says, and then continues with the same person", async () => {
    const began = now;
    worker.faults = [undefined, { status: 429, code: "limit", retryAfter: 60 }];
    await run();
    expect(waits).toEqual(["It is limit. 60"]);
    expect(worker.calls.toSorted()).toEqual(NUMBERS);
    expect(now - began).toBe(63_000);
  });

  test("gives up on a person after three answers that say nothing, and stops at three silences", async () => {
    const unknown = { status: 502, retryAfter: 5 };
    worker.faults = [unknown, undefined, undefined, undefined, unknown, unknown];
    expect(outcomesOf(await run())).toMatchObject({ [FIRST]: "unknown", [SECOND]: "placed" });
    worker.faults = [{}, {}, {}];
    expect((await run()).stopped).toContain("does not answer");
    expect(outcomesOf(await run())).toEqual({ [FIRST]: "placed" });
    expect(worker.calls.toSorted()).toEqual(NUMBERS);
  });

  test("keeps the rate", async () => {
    const times: number[] = [];
    const wrap: Wrap = (deps) => ({
      ...deps,
      place: (body, key) => {
        times.push(now);
        return deps.place(body, key);
      },
    });
    const began = now;
    await run({ rate: 4 }, wrap);
    expect(times.length).toBe(4);
    expect(now - began).toBeGreaterThanOrEqual(750);
  });

  test("calls nobody outside the hours, also if they end during the run", async () => {
    const window = readWindow("09:00-16:00");
    now = Date.parse("2026-03-02T15:59:58.500Z");
    const result = await run({ window });
    expect(outcomesOf(result)).toEqual({
      [FIRST]: "placed",
      [SECOND]: "placed",
      [THIRD]: "outside",
      [FOURTH]: "outside",
    });
  });

  test("does not repeat a request that the Worker has forgotten", async () => {
    worker.faults = [{ acts: true }];
    const controller = new AbortController();
    await run({ signal: controller.signal, sleep: async () => controller.abort() });
    now += 7 * 24 * 3_600_000;
    await run();
    expect(worker.calls.filter((to) => to === FIRST)).toEqual([FIRST]);
  });

  test("does not call at all if the journal cannot be written", async () => {
    const full: Wrap = (deps) => ({
      ...deps,
      journal: { ...deps.journal, write: () => Promise.reject(new Error("ENOSPC")) },
    });
    await expect(run({}, full)).rejects.toThrow("ENOSPC");
    expect(worker.requests).toBe(0);
  });

  test("keeps the SIDs in the journal", async () => {
    await run();
    const { known, close } = await openJournal("list.journal", { flow: "desk", url: worker.url });
    await close();
    expect(known.get(FIRST)).toEqual({ is: "placed", sid: sidOf(FIRST) });
  });

  test("loses no line of the journal after one that a crash has cut off", async () => {
    const head = { flow: "desk", url: worker.url };
    const asked = { is: "asked" as const, at: now, body: { to: SECOND } };
    const first = await openJournal("list.journal", head);
    await first.close();
    await appendFile("list.journal", `{"to":"${FIRST}","is":"as`);
    const second = await openJournal("list.journal", head);
    await second.write(SECOND, asked);
    await second.close();
    const { known, close } = await openJournal("list.journal", head);
    await close();
    expect([...known]).toEqual([[SECOND, asked]]);
  });
});
