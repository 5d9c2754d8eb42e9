import { describe, expect, it } from "vitest";
import { type Answers, callPages, saidIn } from "./support.ts";

const STREAM = '<Stream url="wss://example.com/audio" name="main" statusCallback="/stream"/>';

describe("Connect", () => {
  const connect = (noun: string, answers: Answers, attributes = 'action="/action"') =>
    callPages(
      {
        "/voice": `<Connect ${attributes}>${noun}</Connect><Say>After it.</Say>`,
        "/action": "<Say>Goodbye.</Say>",
        "/stream": new Response(null, { status: 204 }),
      },
      answers,
    );

  it("lasts until the session ends, and the action gets its fields", async () => {
    const relay = '<ConversationRelay url="wss://example.com/agent"/>';
    const { moments, sent, ended } = await connect(relay, {
      connect: [{ seconds: 30, fields: { SessionStatus: "ended", HandoffData: "x" } }],
    });
    expect(moments).toContainEqual({
      kind: "connected",
      noun: "ConversationRelay",
      target: "wss://example.com/agent",
    });
    expect(sent[1]).toMatchObject({
      path: "/action",
      params: { SessionStatus: "ended", HandoffData: "x", CallStatus: "in-progress" },
    });
    expect(saidIn(moments)).toEqual(["Goodbye."]);
    expect(ended.seconds).toBeGreaterThanOrEqual(30);
  });

  it("continues with the next verb without an action", async () => {
    const { moments } = await connect("<Room>standup</Room>", { connect: [{ seconds: 1, fields: {} }] }, "");
    expect(moments).toContainEqual({ kind: "connected", noun: "Room", target: "standup" });
    expect(saidIn(moments)).toEqual(["After it."]);
  });

  it("a caller who hangs up ends it, and hears nothing of the action's answer", async () => {
    const { moments, sent, ended } = await connect("<Room>standup</Room>", {});
    expect(sent[1]?.params).toMatchObject({ CallStatus: "completed" });
    expect(saidIn(moments)).toEqual([]);
    expect(ended.by).toBe("caller");
  });

  it("a stream's callback gets its start and its stop", async () => {
    const { sent } = await connect(STREAM, { connect: [{ seconds: 5, fields: {} }] });
    const events = sent
      .filter(({ path }) => path === "/stream")
      .map(({ params }) => [params.StreamEvent, params.StreamName]);
    expect(events).toEqual([
      ["stream-started", "main"],
      ["stream-stopped", "main"],
    ]);
  });
});

describe("Start and Stop", () => {
  const pages = (voice: string) => ({
    "/voice": voice,
    "/stream": new Response(null, { status: 204 }),
    "/words": new Response(null, { status: 204 }),
    "/rec": new Response(null, { status: 204 }),
  });

  it("hold nothing up, and tell of what began and ended", async () => {
    const { moments } = await callPages(
      pages(`<Start>${STREAM}</Start><Say>Hello.</Say><Stop><Stream name="main"/></Stop>`),
    );
    expect(moments.filter(({ kind }) => kind === "background")).toEqual([
      { kind: "background", noun: "Stream", name: "main", begins: true },
      { kind: "background", noun: "Stream", name: "main", begins: false },
    ]);
    expect(saidIn(moments)).toEqual(["Hello."]);
  });

  it("a session without a Stop ends with the call", async () => {
    const transcription = '<Transcription name="t" statusCallbackUrl="/words" statusCallbackMethod="GET"/>';
    const { sent } = await callPages(pages(`<Start>${transcription}</Start><Say>Hello.</Say>`));
    expect(sent.slice(1).map(({ method, params }) => [method, params.TranscriptionEvent])).toEqual([
      ["GET", "transcription-started"],
      ["GET", "transcription-stopped"],
    ]);
  });

  it("a recording is reported when it is over", async () => {
    const recording =
      '<Recording recordingStatusCallback="/rec" recordingStatusCallbackEvent="in-progress completed"/>';
    const { sent } = await callPages(pages(`<Start>${recording}</Start><Pause length="7"/>`));
    expect(sent.slice(1).map(({ params }) => params.RecordingStatus)).toEqual(["in-progress", "completed"]);
    expect(sent[2]?.params).toMatchObject({ RecordingDuration: "7", RecordingChannels: "2" });
  });

  it("what nothing of that name runs is passed over", async () => {
    const { moments } = await callPages(pages('<Stop><Stream name="other"/></Stop><Say>Hello.</Say>'));
    expect(saidIn(moments)).toEqual(["Hello."]);
  });
});
