/** `ringflow dial --file`, from the file to the sum, to a Worker of the tests. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { progressOn } from "../../../src/cli/account/list/progress.ts";
import { dialList } from "../../../src/cli/commands/account/dial-list.ts";
import type { ListOptions } from "../../../src/cli/commands/account/list-options.ts";
import { enterFolder, terminal, write } from "../../cli/folder.ts";
import { answering, said } from "../support.ts";
import { CALLS_TOKEN, type FakeWorker, fakeWorker, sidOf } from "./fake-worker.ts";

const FLOW = `
allow: [US, DE]
takes: [name, many]
variables:
  name: { type: string }
  many: { type: int, default: 1 }
steps:
  tell: { hangup: "Hello {{ vars.name }}, {{ vars.many }} of them." }
`;
const [ADA, BOB, EVE] = ["+14155550111", "+14155550112", "+4930123456"] as const;
const LIST = `to,name,many,zone\n${ADA},Ada,2,America/New_York\n${BOB},Bob,,America/Los_Angeles\n${EVE},Eve,3,\n`;
/** In New York it is 10:00, in Los Angeles 7:00, in Berlin 16:00. */
const TEN = Date.parse("2026-03-02T15:00Z");

let worker: FakeWorker;

beforeEach(async () => {
  worker = await fakeWorker();
  await enterFolder({
    ".dev.vars": `CALLS_TOKEN=${CALLS_TOKEN}\n`,
    "flows/desk.yaml": FLOW,
    "list.csv": LIST,
  });
});

function dialing(options: Partial<ListOptions> = {}, answer = "y") {
  let now = TEN;
  const time = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const fixed = {
    file: "list.csv",
    flow: "desk",
    from: "+14155550100",
    url: worker.url,
    rate: 1,
    minutes: 1,
    time,
  };
  return said((out) => dialList({ out, ...fixed, ...answering(answer), ...options }));
}

describe("ringflow dial --file", () => {
  test("shows what it will do, asks, calls everybody once, and sums up", async () => {
    const refused = await dialing({ ratePerMinute: 0.014 }, "n");
    expect([refused.code, worker.requests, await readdir(".")]).toEqual([
      1,
      0,
      expect.not.arrayContaining(["list.csv.desk.journal"]),
    ]);
    expect(refused.text).toBe(
      [
        `list.csv, with the flow desk, from +14155550100, through ${worker.url}`,
        "3 calls to place:",
        `  line 2: ${ADA}, name = Ada, many = 2`,
        `  line 3: ${BOB}, name = Bob`,
        `  line 4: ${EVE}, name = Eve, many = 3`,
        "Hours: any; set them with --between",
        "Rate: at most 1 a second, about 3 s in all",
        "Cost: about 0.04, at 0.014 a minute and 1 minute a call",
        "",
      ].join("\n"),
    );
    const { code, text } = await dialing();
    expect([code, worker.calls.toSorted()]).toEqual([0, [ADA, BOB, EVE]]);
    expect(text).toContain(`2 of 3: line 3, ${BOB}: placed, ${sidOf(BOB)}\n`);
    expect(text).toMatch(/\n3 placed\.\n$/);
    const again = await dialing();
    expect([again.code, worker.requests]).toEqual([0, 3]);
    expect(again.text).toContain("3 called before\n0 calls to place.");
  });

  test("calls a row that was added later, and nobody else", async () => {
    await dialing();
    await write({ "list.csv": `${LIST}+14155550113,Joe,,\n`.replace(/^(.*\n)(.*\n)/, "$1") });
    await dialing();
    expect(worker.calls).toEqual([ADA, BOB, EVE, "+14155550113"]);
  });

  test("calls within the hours of each person, and continues later", async () => {
    const { code, text } = await dialing({ between: "09:00-20:00" });
    expect([code, worker.calls]).toEqual([1, [ADA, EVE]]);
    expect(text).toContain("Hours: 09:00-20:00 at the person called; 1 call outside them now");
    expect(text).toContain("2 placed, 1 outside the hours.\nThe same command continues");
    const time = { now: () => TEN + 3 * 3_600_000, sleep: async () => undefined };
    expect((await dialing({ between: "09:00-20:00", time })).code).toBe(0);
    expect(worker.calls).toEqual([ADA, EVE, BOB]);
  });

  test("needs the zone of a number that does not say it", async () => {
    await write({ "list.csv": `to,name\n${ADA},Ada\n${EVE},Eve\n` });
    const { code, text } = await dialing({ between: "09:00-20:00" });
    expect([code, text]).toEqual([
      2,
      expect.stringContaining(`list.csv:2: the number ${ADA} does not say its time zone`),
    ]);
    expect(text).not.toContain(EVE);
    await dialing({ between: "09:00-20:00", zone: "America/New_York" });
    expect(worker.calls).toEqual([ADA, EVE]);
    expect((await dialing({ between: "09:00-20:00", zone: "New York" })).text).toContain("--zone");
  });

  test("leaves out the do-not-call file, also after an unknown outcome", async () => {
    await write({ "no.txt": "+1 (415) 555-0112\n" });
    worker.faults = [undefined, { status: 502 }, undefined, { status: 401 }];
    expect((await dialing()).text).toContain("Stopped: It is unknown.\n2 placed, 1 left.");
    const { code, text } = await dialing({ except: "no.txt" });
    expect([code, worker.calls]).toEqual([0, [ADA, EVE]]);
    expect(text).toContain("1 in the do-not-call file");
    expect((await dialing({ except: "none.txt" })).text).toContain("Cannot read none.txt: ENOENT");
  });

  test("shows a dry run without a token, a Worker or a journal", async () => {
    await write({ ".dev.vars": "" });
    const { code, text } = await dialing({ dryRun: true, url: "", between: "09:00-20:00" });
    expect([code, worker.requests]).toEqual([0, 0]);
    expect(text).toContain("3 calls to place:");
    expect(await readdir(".")).not.toContain("list.csv.desk.journal");
    expect(JSON.parse((await dialing({ dryRun: true, json: true })).text).left).toHaveLength(3);
  });

  test("goes past wrong rows, with their lines", async () => {
    const rows = `${ADA},Ada,2,\n4155550112,Bob,,\n911,Eve,,\n+442079460000,Joe,,\n${BOB},,,\n${BOB},Bob,some,\n${BOB},Bob,1,Mars/Base\n${BOB},Bob,1,,x\n+1 415 555 0111,Ann,,\n`;
    await write({ "list.csv": `to,name,many,zone\n${rows}` });
    const { code, text } = await dialing();
    expect([code, worker.calls]).toEqual([1, [ADA]]);
    expect(text).toContain("7 cannot be called:\n  line 3: write 4155550112 with a plus");
    expect(text).toContain("  line 4: 911 is an emergency number");
    expect(text).toContain("  line 5: +442079460000 does not match the flow's `allow`");
    expect(text).toContain("  line 6: no value of `name`");
    expect(text).toContain('  line 7: `many` is "some", which is not of the type int');
    expect(text).toContain('  line 8: "Mars/Base" is not a time zone');
    expect(text).toContain("  line 9: 5 values for 4 columns");
    expect(text).toContain(`Note: line 10: ${ADA} is in line 2 already, and is called once.`);
    expect(text).toContain("1 placed, 7 wrong in the list.");
  });

  test.each([
    [
      "to,nmae\n",
      {},
      ['list.csv:1: unknown column "nmae"; it is probably "name".', "list.csv:1: no column `name`"],
    ],
    ["to,name,colour\n", {}, ['unknown column "colour"; the flow desk takes name, many.']],
    ["number,name\n", {}, ["no column `to`"]],
    ["to,name,name\n", {}, ['two columns are named "name"']],
    ["to,,name\n", {}, ["a column has no name"]],
    ["to,name\n", { set: { town: "Ulm" } }, ["--set names town"]],
    ["", {}, ["list.csv is empty"]],
  ])("refuses the columns %j", async (list, options, words) => {
    await write({ "list.csv": list });
    const { code, text } = await dialing(options);
    expect(code).toBe(2);
    for (const word of words) expect(text).toContain(word);
  });

  test("takes values for all from --set, and those of a row first", async () => {
    await write({ "list.csv": `to,many\n${ADA},\n${BOB},7\n` });
    await dialing({ set: { name: "you", many: "5" } });
    const sets = [...worker.orders.values()].map((order) => JSON.parse(order).set);
    expect(sets).toEqual([
      { name: "you", many: "5" },
      { name: "you", many: "7" },
    ]);
  });

  test("refuses a journal of another flow, another Worker, or another file", async () => {
    await dialing();
    expect((await dialing({ journal: "list.csv" })).text).toContain("list.csv is not the journal of a list");
    await write({ "flows/other.yaml": FLOW });
    expect((await dialing({ flow: "other", journal: "list.csv.desk.journal" })).text).toContain(
      "is of the flow desk",
    );
    expect((await dialing({ url: "https://other.example.com" })).text).toContain(
      `is of the Worker ${worker.url}`,
    );
    expect((await dialing({ journal: "again.journal" })).code).toBe(0);
    expect(worker.calls).toHaveLength(6);
  });

  test("refuses a file that is not UTF-8, and an unknown flow", async () => {
    expect((await dialing({ flow: "none" })).text).toContain('No flow "none"');
    expect((await dialing({ file: "none.csv" })).text).toContain("Cannot read none.csv: ENOENT");
    await write({ "list.csv": new Uint8Array([0x74, 0x6f, 0x0a, 0xe4]) });
    expect((await dialing()).text).toContain("list.csv is not in UTF-8");
  });

  test("prints the sum as JSON, and nothing else", async () => {
    worker.refuses.add(BOB);
    const { code, text } = await dialing({ json: true, yes: true });
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      placed: [
        { line: 2, to: ADA, sid: sidOf(ADA) },
        { line: 4, to: EVE, sid: sidOf(EVE) },
      ],
      refused: [{ line: 3, to: BOB, reason: "It is twilio-21211." }],
    });
  });
});

describe("a process", () => {
  /** The command line in this folder. */
  function ringflow(rate = "50") {
    const main = join(import.meta.dirname, "../../../src/cli/ringflow.js");
    const args = ["dial", "--file", "list.csv", "--flow", "desk", "--from", "+14155550100"];
    const child = spawn(process.execPath, [main, ...args, "--url", worker.url, "--rate", rate, "--yes"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    return { child, said: text(child.stdout), ended: once(child, "exit") };
  }

  // What is in the journal at each other moment: run.test.ts.
  test("that is killed while the Worker answers, after it acts, is continued by the next one", async () => {
    const { child, ended } = ringflow();
    worker.faults = [undefined, { acts: true, meanwhile: () => void child.kill("SIGKILL") }];
    await ended;
    expect(await readFile("list.csv.desk.journal", "utf8")).toContain(`{"to":"${BOB}","is":"asked"`);
    expect((await dialing()).code).toBe(0);
    expect(worker.calls.toSorted()).toEqual([ADA, BOB, EVE]);
  });

  test("that gets Ctrl-C awaits the answer, says what is left, and is continued", async () => {
    // One request at a time.
    const { child, said, ended } = ringflow("1");
    const wait = { status: 429, code: "limit", retryAfter: 3600, meanwhile: () => void child.kill("SIGINT") };
    worker.faults = [undefined, wait];
    expect(await ended).toEqual([1, null]);
    const text = await said;
    expect(text).toContain("Ctrl-C again ends at once.\n");
    expect(text).toContain("\n1 placed, 2 left.\nThe same command continues");
    expect((await dialing()).code).toBe(0);
    expect(worker.calls.toSorted()).toEqual([ADA, BOB, EVE]);
  });
});

test("a terminal gets a bar, and the refusals above it", () => {
  const { out, read } = terminal();
  const progress = progressOn(Object.assign(out, { isTTY: true }), 2, 1);
  progress.report({ line: 2, to: ADA, set: {} }, { is: "placed", sid: "CA1" });
  progress.report({ line: 3, to: BOB, set: {} }, { is: "refused", reason: "No." });
  progress.end();
  const shown = stripVTControlCharacters(read());
  expect(shown.split("\r").slice(1)).toEqual([
    `${"░".repeat(24)} 0 of 2, about 2 s left`,
    `${"█".repeat(12)}${"░".repeat(12)} 1 of 2, about 1 s left`,
    `line 3, ${BOB}: refused: No.\n${"█".repeat(24)} 2 of 2, about 0 s left\n`,
  ]);
});
