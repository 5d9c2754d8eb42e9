/** Deleting recordings by age: what goes, what stays, and how a run ends. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Deps } from "../../src/worker/deps.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { deleteRecordings } from "../../src/worker/retention.ts";
import { programOf } from "../flow/support.ts";
import { outboundObjects } from "./outbound-object.ts";
import { ACCOUNT, type Line, lineOf, linkIn, memoryStore, outside, post, TOKEN } from "./support.ts";

const NOW = Date.UTC(2026, 10, 23, 17);
const DAY = 86_400_000;
const BASE = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/`;
const sid = (prefix: string, index: number): string => prefix + index.toString(16).padStart(32, "0");

const GREETING = `
variables:
  greeting: { type: recording, keep: flow }
steps:
  greet: { play: "{{ vars.greeting }}", next: hangup }
`;

/** Twilio's recordings, the latest first, with the age of each in days, and transcripts by their recording. */
let recordings: Map<string, number>;
let transcripts: Map<string, string>;
let asked: string[];
let lines: LogLine[];
/** Answers a request in Twilio's place. */
let instead: (request: string) => Response | undefined;

beforeEach(() => {
  recordings = new Map();
  transcripts = new Map();
  asked = [];
  lines = [];
  instead = () => undefined;
});

async function fetch(url: string, { method = "GET" }: RequestInit): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(BASE).pathname.length);
  asked.push(`${method} ${path}`);
  const answer = instead(`${method} ${path}`);
  if (answer) return answer;
  const [, id = ""] = /(?:Recordings|Transcriptions)\/(\w+)/.exec(path) ?? [];
  if (method === "DELETE") {
    const isThere = recordings.delete(id) || transcripts.delete(id);
    return new Response(null, { status: isThere ? 204 : 404 });
  }
  if (path.endsWith("/Transcriptions.json")) {
    const own = [...transcripts].filter(([, recording]) => recording === id);
    return Response.json({ transcriptions: own.map(([one]) => ({ sid: one })) });
  }
  const limit = Date.parse(searchParams.get("DateCreated<") ?? "");
  const old = [...recordings].filter(([, age]) => NOW - age * DAY < limit).map(([one]) => ({ sid: one }));
  const [size, page] = [Number(searchParams.get("PageSize")), Number(searchParams.get("Page"))];
  searchParams.set("Page", `${page + 1}`);
  return Response.json({
    recordings: old.slice(page * size, (page + 1) * size),
    next_page_uri: old.length > (page + 1) * size ? `${pathname}?${searchParams}` : null,
  });
}

async function run(overrides: Partial<Deps> = {}, kept: Record<string, string> = {}): Promise<void> {
  const deps = {
    programs: indexPrograms([programOf(GREETING, "flows/desk.yaml")]),
    tokens: [TOKEN],
    accountSid: ACCOUNT,
    recordingsKeep: "30d",
    store: memoryStore(kept),
    web: { fetch, privateHosts: [], wait: async () => undefined },
    callTime: () => NOW,
    log: (entry: LogLine) => lines.push(entry),
  };
  const rest = { env: {}, sealing: { secrets: [], cipher: never }, waitUntil: never, outgoing: never };
  await deleteRecordings({ ...rest, ...deps, ...overrides });
}

const never = Object.assign(
  (): never => {
    throw new Error("this is not needed");
  },
  { hmac: () => Buffer.alloc(0), encrypt: () => Buffer.alloc(0), decrypt: () => undefined },
);

test("deletes what is older, with its transcripts, and nothing else", async () => {
  recordings = new Map([1, 29, 31, 400].map((age, index) => [sid("RE", index), age]));
  transcripts = new Map([
    [sid("TR", 1), sid("RE", 1)],
    [sid("TR", 2), sid("RE", 2)],
  ]);
  await run();
  expect([...recordings.values()]).toEqual([1, 29]);
  expect([...transcripts.values()]).toEqual([sid("RE", 1)]);
  expect(lines).toEqual([expect.objectContaining({ event: "deleted 2 recordings" })]);
  expect(lines[0]).not.toHaveProperty("error");
});

test("deletes a transcript before its recording", async () => {
  recordings.set(sid("RE", 1), 31);
  transcripts.set(sid("TR", 1), sid("RE", 1));
  await run();
  expect(asked.filter((one) => one.startsWith("DELETE"))).toEqual([
    `DELETE Transcriptions/${sid("TR", 1)}.json`,
    `DELETE Recordings/${sid("RE", 1)}.json`,
  ]);
});

test("leaves a greeting that a flow keeps, and goes on to the pages after it", async () => {
  for (let index = 0; index < 120; index++) recordings.set(sid("RE", index), 40);
  const greeting = { url: `${BASE}Recordings/${sid("RE", 7)}`, seconds: 5, transcript: "" };
  await run({}, { "keep:flow:desk.greeting": JSON.stringify(greeting) });
  expect([...recordings.keys()]).toEqual([sid("RE", 7)]);
});

describe("with a version that was published over the bundled one", () => {
  const published = programOf(GREETING, "flows/desk.yaml");
  const bundled = programOf("steps: { bye: { say: Bye, next: hangup } }", "flows/desk.yaml");
  const greeting = JSON.stringify({ url: `${BASE}Recordings/${sid("RE", 7)}`, seconds: 5, transcript: "" });
  const runWith = (pointer: object, kept: Record<string, string> = {}): Promise<void> => {
    const fetch = async () => Response.json({ pointer: { over: bundled.hash, ...pointer } });
    const publishing = { object: () => ({ fetch }), known: new Map() };
    const programs = indexPrograms([bundled]);
    return run(
      { programs, publishing, archive: newArchive() },
      { "keep:flow:desk.greeting": greeting, ...kept },
    );
  };
  const program = { [`program:desk/${published.hash}`]: JSON.stringify(published) };

  test.each([
    ["to all", { hash: published.hash }],
    ["as a canary", { hash: bundled.hash, canary: { hash: published.hash, percent: 5 } }],
  ])("%s: leaves its greeting", async (_, pointer) => {
    recordings = new Map([sid("RE", 6), sid("RE", 7)].map((one) => [one, 40]));
    await runWith(pointer, program);
    expect([...recordings.keys()]).toEqual([sid("RE", 7)]);
  });

  test("deletes nothing if it cannot be read", async () => {
    recordings.set(sid("RE", 7), 40);
    await runWith({ hash: published.hash });
    expect(recordings.size).toBe(1);
    expect(lines[0]?.error).toContain(published.hash);
  });
});

test("deletes nothing if what flows keep cannot be read", async () => {
  recordings.set(sid("RE", 1), 40);
  const store = { get: () => Promise.reject(new Error("KV is down")), put: async () => undefined };
  await run({ store });
  expect(recordings.size).toBe(1);
  expect(lines[0]?.error).toContain("flow:desk.greeting cannot be read");
});

test("takes 200 at most, and the rest the next time", async () => {
  for (let index = 0; index < 210; index++) recordings.set(sid("RE", index), 40);
  await run();
  expect([recordings.size, lines[0]?.event]).toEqual([10, "deleted 200 recordings"]);
  await run();
  expect(recordings.size).toBe(0);
});

test("ends at a failure, and says what had been done", async () => {
  for (let index = 0; index < 3; index++) recordings.set(sid("RE", index), 40);
  instead = (request) =>
    request === `DELETE Recordings/${sid("RE", 1)}.json`
      ? Response.json({ code: 20003, message: "Authenticate" }, { status: 401 })
      : undefined;
  await run();
  expect(lines).toEqual([
    expect.objectContaining({
      event: "deleted 1 recordings",
      error: `Recordings/${sid("RE", 1)}.json: 401, Authenticate`,
    }),
  ]);
});

test("takes what another has deleted meanwhile for done", async () => {
  recordings.set(sid("RE", 1), 40);
  instead = (request) => {
    if (request.startsWith("DELETE")) recordings.clear();
    return request.startsWith("DELETE") ? Response.json({ code: 20404 }, { status: 404 }) : undefined;
  };
  await run();
  expect(lines[0]).not.toHaveProperty("error");
});

test("says nothing if there is nothing to delete", async () => {
  await run();
  expect(lines).toEqual([]);
});

test.each([
  [{ recordingsKeep: "a month" }, 'RECORDINGS_KEEP is "a month"; expected a duration such as 30d'],
  [{ accountSid: undefined }, "RECORDINGS_KEEP needs TWILIO_ACCOUNT_SID"],
  [{ tokens: [] }, "TWILIO_API_KEY or TWILIO_AUTH_TOKEN"],
])("says what is missing: %j", async (overrides, error) => {
  recordings.set(sid("RE", 1), 40);
  await run(overrides);
  expect(lines[0]?.error).toContain(error);
  expect(asked).toEqual([]);
});

describe("a flow with `recordings: { keep }`", () => {
  const VOICEMAIL = `
recordings: { keep: 2d }
variables:
  message: { type: recording }
steps:
  voicemail: { record: { save: message, notify: tell }, next: bye }
  tell: { sms: { to: +14155550177, body: "{{ vars.message.url }}" }, next: return }
  bye: { hangup: Goodbye. }
`;
  const CALLER_OF_PART = `
steps:
  leave: { run: { flow: mail, with: { who: Ada } }, next: bye }
  bye: { hangup: Goodbye. }
`;
  const MAIL = `
recordings: { keep: 1d }
takes: [who]
variables: { who: { type: string }, message: { type: recording } }
steps:
  voicemail: { record: { save: message }, next: return }
`;
  const objects = () =>
    outboundObjects({ web: outside().web, tokens: [TOKEN], limits: { minute: 1, day: 1 } });

  /** A call that leaves a message. */
  async function leave(
    flow: string,
    overrides: Partial<Deps>,
    parts: Record<string, string> = {},
  ): Promise<Line> {
    const { web } = outside();
    const app = lineOf(flow, { web, callTime: () => NOW, ...overrides }, parts);
    const reported = { RecordingUrl: `${BASE}Recordings/${sid("RE", 1)}`, RecordingDuration: "12" };
    const document = await post(app, "/voice/desk");
    await post(app, linkIn(document), reported);
    if (document.includes("recordingStatusCallback"))
      await post(app, linkIn(document, "recordingStatusCallback"), {
        ...reported,
        RecordingStatus: "completed",
      });
    await app.settle();
    return app;
  }

  test.each([
    ["before it is due", VOICEMAIL, {}, 2 * DAY - 1, 0],
    ["once it is due", VOICEMAIL, {}, 2 * DAY, 1],
    ["by its part's own time", CALLER_OF_PART, { mail: MAIL }, DAY, 1],
  ])("has a recording deleted with its transcripts %s: %#", async (_, flow, parts, later, count) => {
    const { outbound } = objects();
    const app = await leave(flow, { outbound }, parts);
    expect(app.lines.flatMap(({ error }) => error ?? [])).toEqual([]);
    recordings.set(sid("RE", 1), 0).set(sid("RE", 2), 0);
    transcripts.set(sid("TR", 1), sid("RE", 1));
    for (let runs = 0; runs < 2; runs++)
      await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + later });
    expect([recordings.has(sid("RE", 1)), transcripts.size]).toEqual([count === 0, 1 - count]);
    expect(recordings.has(sid("RE", 2))).toBe(true);
    expect(lines).toHaveLength(count);
  });

  test("decides for its recordings, whatever RECORDINGS_KEEP says", async () => {
    const { outbound } = objects();
    await leave(VOICEMAIL.replace("2d", "90d"), { outbound });
    recordings.set(sid("RE", 1), 40).set(sid("RE", 2), 40);
    await run({ outbound });
    expect([...recordings.keys()]).toEqual([sid("RE", 1)]);
  });

  test("keeps what a variable of all callers holds, and asks again a day later", async () => {
    const { outbound } = objects();
    await leave(VOICEMAIL, { outbound });
    recordings.set(sid("RE", 1), 3);
    const held = { "keep:flow:desk.greeting": `"${BASE}Recordings/${sid("RE", 1)}"` };
    await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + 3 * DAY }, held);
    await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + 4 * DAY - 1 });
    expect(recordings.size).toBe(1);
    await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + 4 * DAY });
    expect(recordings.size).toBe(0);
  });

  test("does not note what a call's first webhook names: an app can put any parameter there", async () => {
    const { outbound } = objects();
    const app = lineOf(VOICEMAIL, { web: outside().web, callTime: () => NOW, outbound });
    await post(app, "/voice/desk", { RecordingUrl: `${BASE}Recordings/${sid("RE", 1)}` });
    await app.settle();
    recordings.set(sid("RE", 1), 0);
    await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + 3 * DAY });
    expect(recordings.size).toBe(1);
  });

  test("logs that it needs the Durable Object", async () => {
    const app = await leave(VOICEMAIL, {});
    expect(app.lines).toContainEqual(
      expect.objectContaining({
        event: "recordings",
        error: expect.stringContaining("OUTBOUND in wrangler.toml"),
      }),
    );
  });

  test("is not held up by recordings that cannot be deleted", async () => {
    const { outbound } = objects();
    const last = 6;
    for (let index = 1; index <= last; index++) {
      recordings.set(sid("RE", index), 3);
      const noted = { sid: sid("RE", index), account: ACCOUNT };
      const wanted = { recordings: "note", noted, due: NOW + index };
      await outbound("~recordings").fetch("https://outbound/", {
        method: "POST",
        body: JSON.stringify(wanted),
      });
    }
    // The first four are of another account.
    instead = (request) =>
      /RE0+[1-4]\b/.test(request)
        ? Response.json({ code: 20003, message: "No." }, { status: 401 })
        : undefined;
    for (let hour = 1; hour <= 2; hour++)
      await run({ outbound, recordingsKeep: undefined, callTime: () => NOW + hour * 3_600_000 });
    expect([...recordings.keys()]).toEqual([1, 2, 3, 4].map((index) => sid("RE", index)));
    expect(asked.filter((one) => one.includes(sid("RE", 1)))).toHaveLength(2);
    expect(lines.map(({ error }) => error)).toEqual(
      [0, 1].map(() => expect.stringContaining(`the list of transcripts of ${sid("RE", 1)}: 401, No.`)),
    );
  });

  test("tries again in the next run if Twilio fails", async () => {
    const { outbound } = objects();
    await leave(VOICEMAIL, { outbound });
    recordings.set(sid("RE", 1), 3);
    instead = () => new Response(null, { status: 500 });
    const later = { outbound, recordingsKeep: undefined, callTime: () => NOW + 3 * DAY };
    await run(later);
    expect(lines.at(-1)?.error).toContain("500");
    instead = () => undefined;
    await run(later);
    expect(recordings.size).toBe(0);
  });
});
