import { describe, expect, it } from "vitest";
import type { RecordAnswer } from "../../src/phone/leg/handset.ts";
import { callPages, problemsIn, saidIn } from "./support.ts";

const URL = expect.stringMatching(
  /^https:\/\/api\.twilio\.com\/2010-04-01\/Accounts\/AC0+\/Recordings\/RE[0-9a-f]{32}$/,
);

/** Leaves a message; the rest of the document and the action's answer can be told apart. */
function record(attributes: string, answer: RecordAnswer) {
  const pages = {
    "/voice": `<Record action="/action" ${attributes}/><Say>Nothing was said.</Say>`,
    "/action": "<Say>Thank you.</Say>",
    "/recording": "",
    "/transcript": "",
  };
  return callPages(pages, { record: [answer] });
}

describe("Record requests its action", () => {
  it.each<[string, string, RecordAnswer, object]>([
    ["with the message", "", { seconds: 12 }, { RecordingDuration: "12" }],
    ["with the key that ended it", "", { seconds: 12, key: "#" }, { RecordingDuration: "12", Digits: "#" }],
    ["cut to maxLength", `maxLength="10"`, { seconds: 12 }, { RecordingDuration: "10" }],
    ["with a silent one that was kept", "", { seconds: 0 }, { RecordingDuration: "0" }],
  ])("%s", async (_, attributes, answer, params) => {
    const { sent, moments } = await record(attributes, answer);
    expect(sent[1]).toMatchObject({
      path: "/action",
      params: { RecordingUrl: URL, CallStatus: "in-progress", ...params },
    });
    expect(sent[1]?.params.RecordingUrl).toContain(sent[1]?.params.RecordingSid);
    expect(saidIn(moments)).toEqual(["Thank you."]);
  });

  it("without a key that does not end it", async () => {
    const { sent } = await record(`finishOnKey="#"`, { seconds: 12, key: "1" });
    expect(sent[1]?.params).not.toHaveProperty("Digits");
  });

  it.each<[RecordAnswer, string]>([
    [{ seconds: 8, hangup: true }, "8"],
    ["hangup", "0"],
  ])("also for a caller who hangs up, and plays nothing of its answer: %j", async (answer, duration) => {
    const { sent, moments, ended } = await record("", answer);
    expect(sent[1]?.params).toMatchObject({
      Digits: "hangup",
      CallStatus: "completed",
      RecordingDuration: duration,
    });
    expect(saidIn(moments)).toEqual([]);
    expect(ended.by).toBe("caller");
  });

  it("of the current document without an action", async () => {
    const { sent } = await callPages({ "/voice": "<Record/>" }, { record: [{ seconds: 3 }] });
    expect(sent[1]).toMatchObject({ path: "/voice", params: { RecordingDuration: "3" } });
  });
});

describe("Record and silence", () => {
  it("continues with the next verb after the timeout", async () => {
    const { sent, moments, ended } = await record(
      `timeout="4" recordingStatusCallback="/recording"`,
      "silence",
    );
    expect(sent).toHaveLength(1);
    expect(saidIn(moments)).toEqual(["Nothing was said."]);
    expect(ended.seconds).toBe(5);
  });

  it("reports an absent recording to whom that interests", async () => {
    const attributes = `recordingStatusCallback="/recording" recordingStatusCallbackEvent="completed absent"`;
    const { sent } = await record(attributes, "silence");
    expect(sent[1]).toMatchObject({ path: "/recording", params: { RecordingStatus: "absent" } });
  });
});

describe("callbacks of a recording", () => {
  it("come after the next document, and say what there is", async () => {
    const attributes = `recordingStatusCallback="/recording" recordingStatusCallbackEvent="in-progress completed" transcribe="true" transcribeCallback="/transcript"`;
    const { sent, moments } = await record(attributes, { seconds: 12, words: "Please call Ada." });
    expect(sent.map(({ path }) => path)).toEqual([
      "/voice",
      "/action",
      "/recording",
      "/recording",
      "/transcript",
    ]);
    const { RecordingSid, RecordingUrl, CallSid } = sent[1]?.params ?? {};
    expect(sent[2]?.params.RecordingStatus).toBe("in-progress");
    expect(sent[3]?.params).toEqual({
      AccountSid: `AC${"0".repeat(32)}`,
      CallSid,
      RecordingSid,
      RecordingUrl,
      RecordingStatus: "completed",
      RecordingDuration: "12",
      RecordingChannels: "1",
      RecordingStartTime: "Mon, 23 Nov 2026 17:00:00 +0000",
      RecordingSource: "RecordVerb",
      RecordingTrack: "both",
    });
    expect(sent[4]?.params).toMatchObject({
      CallSid,
      RecordingSid,
      TranscriptionStatus: "completed",
      TranscriptionText: "Please call Ada.",
      TranscriptionSid: expect.stringMatching(/^TR/),
    });
    expect(problemsIn(moments)).toEqual([]);
  });

  it("are sent even if the caller hung up", async () => {
    const { sent } = await record(`recordingStatusCallback="/recording"`, { seconds: 5, hangup: true });
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/action", "/recording"]);
  });

  it("a silent message has no transcript", async () => {
    const { sent } = await record(`transcribe="true" transcribeCallback="/transcript"`, { seconds: 0 });
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/action"]);
  });

  it.each([2, 120])("a message of %i seconds cannot be transcribed", async (seconds) => {
    const attributes = `transcribe="true" transcribeCallback="/transcript"`;
    const { sent } = await record(attributes, { seconds, words: "Hello." });
    expect(sent.at(-1)?.params).toMatchObject({ TranscriptionStatus: "failed", TranscriptionText: "" });
  });
});

it("Record gives the handset its limits", async () => {
  const page = `<Record maxLength="30" timeout="3" finishOnKey="*" playBeep="false"/>`;
  const { moments } = await callPages({ "/voice": page });
  expect(moments).toContainEqual({
    kind: "recording",
    maxLength: 30,
    timeout: 3,
    finishOnKey: "*",
    beep: false,
    transcribed: false,
  });
  const { moments: transcribed } = await callPages({ "/voice": `<Record transcribe="true"/>` });
  expect(transcribed[1]).toMatchObject({
    maxLength: 120,
    finishOnKey: "1234567890*#",
    beep: true,
    transcribed: true,
  });
});
