/** `ringflow calls`, `hangup`, `sms` and `recordings`, against the stand-in. */
import { readdir, readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { segmentsOf } from "../../src/cli/account/segments.ts";
import { calls, hangup } from "../../src/cli/commands/account/calls.ts";
import {
  getRecordings,
  listRecordings,
  removeRecordings,
} from "../../src/cli/commands/account/recordings.ts";
import { sms } from "../../src/cli/commands/account/sms.ts";
import { write } from "../cli/folder.ts";
import { answering, QUICK, type Said, said, withAccount } from "./support.ts";
import { type Fault, hasContract, type TwilioApi } from "./twilio-api.ts";
import { addCall, addMessage, addRecording } from "./twilio-records.ts";

const [US, CALLER] = ["+14155550100", "+14155550111"];
const patience = QUICK;

let api: TwilioApi;

beforeEach(async () => {
  if (hasContract) api = await withAccount();
});

const posts = (): number => api.requests.filter(({ method }) => method !== "GET").length;

describe.runIf(hasContract)("ringflow calls", () => {
  test("lists the calls in progress, or all, the newest first", async () => {
    const old = { from: CALLER, to: US, direction: "inbound", start_time: "Thu, 26 Nov 2026 10:00:00 +0000" };
    const over = addCall(api, { ...old, status: "completed" });
    const live = addCall(api, {
      ...old,
      status: "in-progress",
      start_time: "Thu, 26 Nov 2026 10:05:00 +0000",
    });
    const line = `${live.sid}  2026-11-26T10:05:00Z  in-progress  inbound        ${CALLER} → ${US}\n`;
    expect(await said((out) => calls({ out, patience, live: true }))).toEqual({ code: 0, text: line });
    const { text } = await said((out) => calls({ out, patience, json: true }));
    expect(JSON.parse(text).map(({ sid }: { sid: string }) => sid)).toEqual([live.sid, over.sid]);
  });

  test("says so if there are none", async () => {
    expect((await said((out) => calls({ out, patience, live: true }))).text).toBe("No calls in progress.\n");
  });
});

describe.runIf(hasContract)("ringflow hangup", () => {
  const ended = (sid: string, answer = "y"): Promise<Said> =>
    said((out) => hangup(sid, { out, patience, ...answering(answer) }));

  test.each(["queued", "ringing", "in-progress"])("ends a call that is %s, after asking", async (status) => {
    const call = addCall(api, { from: CALLER, to: US, status });
    expect((await ended(call.sid, "n")).code).toBe(1);
    expect(call.status).toBe(status);
    expect(await ended(call.sid)).toEqual({ code: 0, text: "The call is completed.\n" });
    expect(await ended(call.sid)).toEqual({ code: 0, text: "The call is over already: completed.\n" });
  });

  test("explains a SID that is none, and one of another account", async () => {
    expect((await ended("CA1")).text).toMatch(/is not the SID of a call/);
    expect((await ended(`CA${"0".repeat(32)}`)).text).toMatch(/Looking up CA0+ failed\. Twilio 20404/);
  });
});

describe.runIf(hasContract)("ringflow sms", () => {
  const sent = (body: string, options = {}): Promise<Said> =>
    said((out) => sms(CALLER, body, { out, patience, from: US, ...answering("y"), ...options }));

  test("shows the message and its segments, asks, and sends it once", async () => {
    expect((await sent("Hello.", answering("n"))).code).toBe(1);
    expect(posts()).toBe(0);
    const { code, text } = await sent("Hello.");
    const [message] = [...api.messages.values()];
    expect(text).toBe(`From ${US} to ${CALLER}, 1 segment:\nHello.\n${message?.sid} is queued.\n`);
    expect({ code, message }).toMatchObject({ code: 0, message: { body: "Hello.", from: US, to: CALLER } });
  });

  test.each<[string, Fault]>([
    ["is silent", { fails: "hang", acts: true }],
    ["breaks off", { fails: "half", acts: true }],
  ])("finds the message if Twilio %s after sending it, and sends no other", async (_, fault) => {
    addMessage(api, { from: US, to: CALLER, body: "Hello." });
    api.faults.push(undefined, fault);
    const { code, text } = await sent("Hello.");
    expect(code).toBe(0);
    expect(text).toMatch(/SM\w+ is queued\.\n$/);
    expect(api.messages.size).toBe(2);
    expect(posts()).toBe(1);
  });

  test("does not send it again if it cannot be found", async () => {
    addMessage(api, { from: US, to: CALLER, body: "Hello." });
    api.faults.push(undefined, { fails: "hang" });
    const { code, text } = await sent("Hello.");
    expect(code).toBe(2);
    expect(text).toContain(
      "It may still come: look in the Console's log of messages before you send it again.",
    );
    expect(posts()).toBe(1);
  });

  test("explains what Twilio refuses, and does not try again", async () => {
    api.refused.set(US, {
      code: 21606,
      message: "The 'From' phone number is not a valid, SMS-capable number",
    });
    expect((await sent("Hello.")).text).toMatch(
      /Twilio 21606: The 'From' phone number.*List them: npx ringflow numbers/,
    );
    expect(posts()).toBe(1);
  });

  test.each([
    ["an empty text", " ", {}, /The text is empty/],
    ["a long text", "x".repeat(1601), {}, /longer than 1600/],
    ["a sender that is none", "Hello.", { from: "desk" }, /--from is not a number/],
    ["a picture that is no URL", "Hello.", { media: ["cat.png"] }, /--media needs a URL/],
  ])("refuses %s before it asks Twilio", async (_, body, options, message) => {
    expect(await sent(body, options)).toEqual({ code: 2, text: expect.stringMatching(message) });
    expect(api.requests).toEqual([]);
  });
});

test.each([
  ["x".repeat(160), 1],
  ["x".repeat(161), 2],
  ["€".repeat(80), 1],
  ["€".repeat(81), 2],
  ["ё".repeat(70), 1],
  ["ё".repeat(71), 2],
  ["😀".repeat(36), 2],
])("%s is billed as %d", (text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});

describe.runIf(hasContract)("ringflow recordings", () => {
  test("lists them, with what is not finished", async () => {
    const { sid, call_sid } = addRecording(api, Buffer.from("sound"), { status: "processing" });
    const { text } = await said((out) => listRecordings({ out, patience }));
    expect(text).toMatch(new RegExp(`^${sid}  20\\S+Z     4 s  RecordVerb  ${call_sid}  processing\n$`));
    const none = await said((out) =>
      listRecordings({ out, patience, call: `CA${"f".repeat(32)}`, since: "2026-01-01" }),
    );
    expect(none.text).toBe("No recordings.\n");
    expect((await said((out) => listRecordings({ out, patience, since: "yesterday" }))).text).toMatch(
      /--since needs/,
    );
  });

  test("writes files, and never over another", async () => {
    const one = addRecording(api, Buffer.from("sound"));
    const two = addRecording(api, Buffer.from("more"));
    const got = (sids: string[], options = {}): Promise<Said> =>
      said((out) => getRecordings(sids, { out, patience, format: "mp3", ...options }));
    expect((await got([one.sid, two.sid])).text).toBe(
      `Wrote ${one.sid}.mp3 (1 kB).\nWrote ${two.sid}.mp3 (1 kB).\n`,
    );
    expect(await readFile(`${two.sid}.mp3`, "utf8")).toBe("more");
    expect((await got([one.sid])).text).toMatch(/\.mp3 exists already/);
    expect((await got([one.sid], { format: "wav", to: "call.wav" })).code).toBe(0);
    expect((await got([one.sid, two.sid], { to: "nowhere" })).text).toMatch(/"nowhere" is not a folder/);
    expect((await got([`RE${"0".repeat(32)}`])).text).toMatch(/^Looking up RE0+ failed\. Twilio 20404/);
    one.status = "processing";
    expect((await got([one.sid], { to: "later.mp3" })).text).toBe(
      `${one.sid} is processing, and has no file yet. Try again in a minute.`,
    );
  });

  test("tries again if Twilio is busy", async () => {
    const { sid } = addRecording(api, Buffer.from("sound"));
    api.faults.push({ fails: "status", status: 429, retryAfter: 0 }, { fails: "hang" });
    expect((await said((out) => getRecordings([sid], { out, patience, format: "mp3" }))).code).toBe(0);
    expect(api.requests).toHaveLength(3);
  });

  test("writes no half of a file", async () => {
    const { sid } = addRecording(api, Buffer.from("sound"));
    api.faults.push({ fails: "half" });
    const { code, text } = await said((out) => getRecordings([sid], { out, patience, format: "mp3" }));
    expect({ code, text }).toEqual({
      code: 2,
      text: `The file broke off, and ${sid}.mp3 was not written. Try again.`,
    });
    expect(await readdir(".")).toEqual([".dev.vars"]);
  });

  test("deletes them after asking", async () => {
    await write({ "keep.txt": "" });
    const { sid } = addRecording(api, Buffer.from("sound"));
    const removed = (answer: string): Promise<Said> =>
      said((out) => removeRecordings([sid], { out, patience, ...answering(answer) }));
    expect((await removed("n")).code).toBe(1);
    expect(api.recordings.size).toBe(1);
    expect((await removed("yes")).text).toContain(`Deleted ${sid}.\n`);
    expect(api.recordings.size).toBe(0);
    expect((await removed("y")).text).toMatch(/Twilio 20404/);
  });
});
