/** `ringflow dial --file --queue` and `--status`, through the Worker itself, whose queue delivers when a test lets it. */
import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { dialList } from "../../../src/cli/commands/account/dial-list.ts";
import type { ListOptions } from "../../../src/cli/commands/account/list-options.ts";
import type { Deps } from "../../../src/worker/deps.ts";
import type { QueuedRow } from "../../../src/worker/queue.ts";
import { placeQueued } from "../../../src/worker/queued.ts";
import { enterFolder, write } from "../../cli/folder.ts";
import { outboundObjects } from "../../worker/outbound-object.ts";
import { type Line, lineOf } from "../../worker/support.ts";
import { serve } from "../serve.ts";
import { answering, said } from "../support.ts";

const FLOW = `
allow: [US, DE]
takes: [name]
variables:
  name: { type: string }
steps:
  tell: { hangup: "Hello {{ vars.name }}." }
`;
const CALLS_TOKEN = "the-token-of-the-list";
const ACCOUNT = `AC${"0".repeat(32)}`;
const [ADA, BOB, EVE] = ["+14155550111", "+14155550112", "+4930123456"] as const;
const LIST = `to,name,zone\n${ADA},Ada,America/New_York\n${BOB},Bob,America/Los_Angeles\n${EVE},Eve,\n`;

let placed: string[];
let answers: [status: number, body: unknown][];
let waiting: QueuedRow[];
let line: Line;
let url: string;
/** How the next requests to the Worker fail. */
let faults: ("before" | "after")[];

beforeEach(async () => {
  [placed, answers, waiting, faults] = [[], [], [], []];
  const twilio = async (_: string, { body }: RequestInit): Promise<Response> => {
    const [status, json] = answers.shift() ?? [];
    if (status !== undefined) return Response.json(json, { status });
    placed.push(new URLSearchParams(String(body)).get("To") ?? "");
    return Response.json({ sid: `CA${placed.length}`, status: "queued" }, { status: 201 });
  };
  const web = { fetch: twilio, privateHosts: [] };
  const account = { web, tokens: ["a token of the tests"], accountSid: ACCOUNT };
  const { outbound } = outboundObjects({ ...account, limits: { minute: 60, day: 1000 } });
  const queue: Deps["queue"] = {
    sendBatch: async (messages) => void waiting.push(...messages.map(({ body }) => body)),
  };
  line = lineOf(FLOW, { ...account, callsToken: CALLS_TOKEN, outbound, queue });
  url = await serve({
    ...line,
    fetch: async (request) => {
      const fault = faults.shift();
      if (fault === "before") return new Response("", { status: 502 });
      const answer = await line.fetch(request);
      return fault === "after" ? new Response("", { status: 502 }) : answer;
    },
  });
  await enterFolder({
    ".dev.vars": `CALLS_TOKEN=${CALLS_TOKEN}\n`,
    "flows/desk.yaml": FLOW,
    "list.csv": LIST,
  });
});

/** Delivers what the queue has. */
async function deliver(): Promise<void> {
  const messages = waiting.splice(0).map((body) => ({
    body,
    attempts: 1,
    ack: () => undefined,
    retry: () => void waiting.push(body),
  }));
  // One after another: those of a batch are placed at the same time, in any order.
  for (const one of messages) await placeQueued(line.deps, { queue: "ringflow-calls", messages: [one] });
}

function dialing(options: Partial<ListOptions> = {}, answer = "y") {
  const time = { now: Date.now, sleep: async () => undefined };
  const fixed = { file: "list.csv", flow: "desk", from: "+14155550100", url, rate: 1, minutes: 1, time };
  return said((out) => dialList({ out, ...fixed, ...answering(answer), ...options }));
}
const handOver = (options: Partial<ListOptions> = {}) => dialing({ queue: true, ...options });
const status = (options: Partial<ListOptions> = {}) => dialing({ status: true, ...options });

describe("ringflow dial --queue", () => {
  test("shows what will happen, asks, and hands the list over", async () => {
    const { code, text } = await handOver({ between: "09:00-20:00" });
    expect(code).toBe(0);
    expect(text).toContain(`list.csv, with the flow desk, from +14155550100, through ${url}`);
    expect(text).toContain("3 calls to hand over:");
    expect(text).toContain("Rate: the Worker's CALLS_PER_MINUTE and CALLS_PER_DAY");
    expect(text).toContain("3 handed over.\n");
    expect(text).toContain(`npx ringflow dial --file list.csv --flow desk --url ${url} --status`);
    expect([waiting.length, placed]).toEqual([3, []]);
    expect((await handOver({ journal: "march" })).text).toContain(`--url ${url} --journal march --status`);
  });

  test("hands nothing over to a person who says no", async () => {
    expect((await dialing({ queue: true }, "n")).code).toBe(1);
    expect(waiting).toEqual([]);
  });

  test("twice, before and after the calls, calls nobody twice", async () => {
    await handOver();
    const again = await handOver();
    expect(again.text).toContain("3 wait in the queue already");
    expect(again.text).toContain("0 handed over, 3 in the queue or called already.\n");
    await deliver();
    const after = await handOver();
    expect(after.text).toContain("3 called before");
    expect(after.text).toContain("0 calls to hand over.");
    expect(placed).toEqual([ADA, BOB, EVE]);
    // The other way of calling the list knows it as well.
    expect((await dialing()).text).toContain("0 calls to place.");
    expect(placed).toHaveLength(3);
  });

  test("calls nobody twice if the list is called from this machine while it waits in the queue", async () => {
    await handOver();
    expect((await dialing({ rate: 100 })).code).toBe(0);
    await deliver();
    expect(placed.toSorted()).toEqual([ADA, BOB, EVE]);
    expect((await status()).text).toMatch(/^3 placed, 0 waiting\.\n$/);
  });

  test.each(["before", "after"] as const)(
    "sends a request again that failed %s it did something",
    async (when) => {
      faults = [when, when];
      expect((await handOver()).code).toBe(0);
      await deliver();
      expect(placed).toEqual([ADA, BOB, EVE]);
    },
  );

  test("stops if the Worker stays silent, and the same command continues", async () => {
    faults = new Array<"before">(5).fill("before");
    const { code, text } = await handOver();
    expect([code, text]).toEqual([1, expect.stringMatching(/Stopped: HTTP 502\.\n0 handed over, 3 left\./)]);
    expect(text).not.toContain("--status");
    expect((await handOver()).code).toBe(0);
    expect(waiting).toHaveLength(3);
  });

  test("leaves out those in the do-not-call file and the rows that are wrong", async () => {
    await write({ "never.txt": `${BOB}\n`, "list.csv": `${LIST}12,Max,\n` });
    const { code, text } = await handOver({ except: "never.txt" });
    expect([code, text]).toEqual([
      1,
      expect.stringContaining("2 handed over, 1 excluded, 1 wrong in the list."),
    ]);
    await deliver();
    expect(placed).toEqual([ADA, EVE]);
  });

  test("says which rows the deployed flow refuses; they are tried again", async () => {
    line = lineOf(FLOW.replace(", DE", ""), withoutPrograms(line.deps));
    const { code, text } = await handOver();
    expect(code).toBe(1);
    expect(text).toContain("2 handed over, 1 refused.\n");
    expect(text).toContain(`line 4, ${EVE}: The number in \`to\` does not match the flow's \`allow\`.`);
    line = lineOf(FLOW, withoutPrograms(line.deps));
    expect((await handOver()).text).toContain("1 handed over, 2 in the queue or called already.");
  });

  test("needs the queue, and says how to make it", async () => {
    line = lineOf(FLOW, { ...withoutPrograms(line.deps), queue: undefined });
    expect((await handOver()).text).toContain(
      "Stopped: There is no queue. Make it (`npx wrangler queues create",
    );
  });

  test("prints JSON", async () => {
    const { text } = await handOver({ json: true, yes: true });
    expect(JSON.parse(text)).toEqual({ queued: 3, known: 0, excluded: [], refused: [], wrong: [], left: [] });
  });
});

describe("ringflow dial --status", () => {
  test("says how many were called, wait and were refused, and why", async () => {
    await handOver();
    expect(await status()).toEqual({
      code: 1,
      text:
        "0 placed, 3 waiting.\n" +
        "Those who wait are outside the hours, or have no room in CALLS_PER_MINUTE or CALLS_PER_DAY yet.\n",
    });
    answers.push([400, { code: 21211, message: "Invalid 'To' Phone Number" }]);
    await deliver();
    const { code, text } = await status();
    expect(code).toBe(1);
    expect(text).toContain("2 placed, 0 waiting, 1 refused.\n");
    expect(text).toContain(`line 2, ${ADA}: twilio-21211: Invalid 'To' Phone Number\n`);
    expect(JSON.parse((await status({ json: true })).text)).toMatchObject({
      ...{ placed: 2, refused: 1, waiting: 0, lost: 0 },
      notCalled: [{ line: 2, to: ADA, is: "refused" }],
    });
    const again = await handOver();
    expect(again.text).toContain("1 handed over.");
    await deliver();
    expect(await status()).toEqual({ code: 0, text: "3 placed, 0 waiting.\n" });
    expect(placed).toEqual([BOB, EVE, ADA]);
  });

  test("brings the journal up to date, so that it holds when the Worker has forgotten", async () => {
    await handOver();
    await deliver();
    await status();
    expect(await readFile("list.csv.desk.journal", "utf8")).toContain(
      `{"to":"${ADA}","is":"placed","sid":"CA1"}`,
    );
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * 24 * 3_600_000 });
    expect((await dialing({ dryRun: true, queue: true })).text).toContain("0 calls to hand over.");
    vi.useRealTimers();
  });

  test("of a list that was not handed over says so", async () => {
    expect(await status()).toMatchObject({
      ...{ code: 2, text: expect.stringContaining("There is no journal list.csv.desk.journal") },
    });
    await dialing({ rate: 100 });
    expect((await status()).text).toBe(`${url} has nothing of this list.\n`);
  });
});

function withoutPrograms({ programs: _, ...rest }: Deps): Partial<Deps> {
  return rest;
}
