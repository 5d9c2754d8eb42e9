import { describe, expect, it } from "vitest";
import type { RingAnswer } from "../../src/phone/leg/handset.ts";
import { type Answers, callPages, handset, type Page, problemsIn, saidIn, twiml } from "./support.ts";

const NUMBER = "+14155550100";

/** Dials, with an action that says goodbye. */
function dial(
  inside: string,
  answers: Answers,
  attributes = `action="/action"`,
  pages: Record<string, Page> = {},
) {
  const voice = `<Dial ${attributes}>${inside}</Dial><Say>After the dial.</Say>`;
  return callPages({ "/voice": voice, "/action": "<Say>Goodbye.</Say>", "/status": "", ...pages }, answers);
}

describe("Dial reports its outcome to the action", () => {
  it.each<[string, RingAnswer, object]>([
    ["busy", { status: "busy" }, { DialCallStatus: "busy", DialBridged: "false" }],
    ["no answer", { status: "no-answer" }, { DialCallStatus: "no-answer", DialBridged: "false" }],
    ["failed", { status: "failed" }, { DialCallStatus: "failed", DialBridged: "false" }],
    ["canceled", { status: "canceled" }, { DialCallStatus: "canceled", DialBridged: "false" }],
    [
      "connected",
      { answered: 0, handset: handset() },
      { DialCallStatus: "completed", DialBridged: "true", DialCallDuration: "42" },
    ],
  ])("%s", async (_, ring, params) => {
    const { sent, moments } = await dial(NUMBER, { ring: [ring], talk: [{ seconds: 42, by: "callee" }] });
    expect(sent[1]).toMatchObject({ path: "/action", params: { CallStatus: "in-progress", ...params } });
    expect(sent[1]?.params.DialCallSid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(sent[1]?.params.DialCallSid).not.toBe(sent[0]?.params.CallSid);
    expect(saidIn(moments)).toEqual(["Goodbye."]);
  });

  it("continues with the next verb without an action", async () => {
    const { sent, moments } = await dial(NUMBER, { ring: [{ status: "busy" }] }, "");
    expect(sent).toHaveLength(1);
    expect(saidIn(moments)).toEqual(["After the dial."]);
  });

  it("fails without anybody to ring", async () => {
    const { sent, moments } = await dial("<Number>reception</Number>", {});
    expect(problemsIn(moments)).toEqual([13223]);
    expect(moments.some(({ kind }) => kind === "ringing")).toBe(false);
    expect(sent[1]?.params).toMatchObject({ DialCallStatus: "failed" });
  });
});

describe("a caller who hangs up", () => {
  it("while it rings: the action learns of it, and nothing of its answer is played", async () => {
    const { sent, moments, ended } = await dial(NUMBER, {});
    expect(sent[1]?.params).toMatchObject({ DialCallStatus: "canceled", CallStatus: "completed" });
    expect(saidIn(moments)).toEqual([]);
    expect(ended.by).toBe("caller");
  });

  it("while they talk", async () => {
    const ring: RingAnswer[] = [{ answered: 0, handset: handset() }];
    const { sent, ended } = await dial(NUMBER, { ring, talk: [{ seconds: 9, by: "caller" }] });
    expect(sent[1]?.params).toMatchObject({
      DialCallStatus: "completed",
      DialBridged: "true",
      CallStatus: "completed",
    });
    expect(ended.by).toBe("caller");
  });

  it("after timeLimit, which ended the talk before", async () => {
    const ring: RingAnswer[] = [{ answered: 0, handset: handset() }];
    const attributes = `action="/action" timeLimit="30"`;
    const { sent, ended } = await dial(NUMBER, { ring, talk: [{ seconds: 99, by: "caller" }] }, attributes);
    expect(sent[1]?.params.DialCallDuration).toBe("30");
    expect(ended.by).toBe("flow");
  });

  it("without an action, nothing more is sent", async () => {
    const { sent } = await dial(NUMBER, {}, "");
    expect(sent).toHaveLength(1);
  });
});

describe("Dial rings", () => {
  it.each([
    ["a number", NUMBER, { kind: "number", target: NUMBER }],
    ["a Number", `<Number>${NUMBER}</Number>`, { kind: "number", target: NUMBER }],
    ["a Client", "<Client>ada</Client>", { kind: "client", target: "ada" }],
    ["a Client by Identity", "<Client> <Identity>ada</Identity></Client>", { kind: "client", target: "ada" }],
    ["a Sip address", "<Sip>sip:desk@a.example</Sip>", { kind: "sip", target: "sip:desk@a.example" }],
    ["a Queue", "<Queue>support</Queue>", { kind: "queue", target: "support" }],
    ["a Conference", "<Conference>Room 1</Conference>", { kind: "conference", target: "Room 1" }],
  ])("%s", async (_, inside, callee) => {
    const { moments } = await dial(inside, {}, `timeout="12" callerId="+14155550199"`);
    expect(moments[1]).toEqual({ kind: "ringing", callees: [callee], timeout: 12, callerId: "+14155550199" });
  });

  it("with the caller's number and for 30 seconds if nothing else is said", async () => {
    const { moments, ended } = await dial(NUMBER, { ring: [{ status: "no-answer" }] }, "");
    expect(moments[1]).toMatchObject({ timeout: 30, callerId: "+14155550111" });
    expect(ended.seconds).toBe(31);
  });

  const two = `<Number>${NUMBER}</Number><Number>+14155550101</Number>`;

  it("all at once, and the action learns of the one who picked up", async () => {
    const phone = handset();
    const pages = { "/whisper": "<Say>A call.</Say>" };
    const inside = `<Number>${NUMBER}</Number><Number url="/whisper">+14155550101</Number>`;
    const { moments, sent } = await dial(
      inside,
      { ring: [{ answered: 1, handset: phone }] },
      undefined,
      pages,
    );
    expect(moments.filter(({ kind }) => kind === "ringing")).toHaveLength(1);
    expect(sent[1]?.params.To).toBe("+14155550101");
    expect(sent[2]?.params.DialCallSid).toBe(sent[1]?.params.CallSid);
    expect(moments).toContainEqual(
      expect.objectContaining({ kind: "bridged", callee: { kind: "number", target: "+14155550101" } }),
    );
  });

  it("in turn with sequential, until somebody picks up", async () => {
    const ring: RingAnswer[] = [{ status: "busy" }, { answered: 0, handset: handset() }];
    const { moments, sent } = await dial(two, { ring }, `action="/action" sequential="true"`);
    const rung = moments.flatMap((moment) =>
      moment.kind === "ringing" ? moment.callees.map((one) => one.target) : [],
    );
    expect(rung).toEqual([NUMBER, "+14155550101"]);
    expect(sent[1]?.params).toMatchObject({ DialCallStatus: "completed", DialBridged: "true" });
  });

  it("nobody else once the caller is gone", async () => {
    const { moments } = await dial(two, {}, `sequential="true"`);
    expect(moments.filter(({ kind }) => kind === "ringing")).toHaveLength(1);
  });

  it("in turn, and reports the last outcome", async () => {
    const ring: RingAnswer[] = [{ status: "busy" }, { status: "no-answer" }];
    const { sent } = await dial(two, { ring }, `action="/action" sequential="true"`);
    expect(sent[1]?.params).toMatchObject({ DialCallStatus: "no-answer" });
  });

  it("a conference, whose action gets less", async () => {
    const ring: RingAnswer[] = [{ answered: 0, handset: handset() }];
    const { sent } = await dial("<Conference>Room 1</Conference>", { ring });
    expect(sent[1]?.params).toMatchObject({ DialCallStatus: "answered" });
    expect(sent[1]?.params).not.toHaveProperty("DialCallSid");
  });
});

describe("the document that the called leg hears first", () => {
  /** Rings a number with a whisper; `callee` answers at the other end. */
  const whisper = (page: string, callee: Answers, more: Record<string, Page> = {}) => {
    const phone = handset(callee);
    const pages = { "/whisper": page, ...more };
    const inside = `<Number url="/whisper">${NUMBER}</Number>`;
    return dial(inside, { ring: [{ answered: 0, handset: phone }] }, undefined, pages).then((told) => ({
      ...told,
      phone,
    }));
  };

  it("is fetched for a leg of its own", async () => {
    const { sent, phone, moments } = await whisper("<Say>A call for the front desk.</Say>", {});
    const caller = sent[0]?.params;
    expect(sent[1]).toMatchObject({
      path: "/whisper",
      params: {
        ParentCallSid: caller?.CallSid,
        Direction: "outbound-dial",
        CallStatus: "in-progress",
        From: "+14155550111",
        To: NUMBER,
      },
    });
    expect(sent[1]?.params.CallSid).not.toBe(caller?.CallSid);
    expect(sent[2]?.params.DialCallSid).toBe(sent[1]?.params.CallSid);
    expect(saidIn(phone.moments)).toEqual(["A call for the front desk."]);
    expect(saidIn(moments)).not.toContain("A call for the front desk.");
    expect(moments.map(({ kind }) => kind)).toEqual([
      "webhook",
      "ringing",
      "bridged",
      "webhook",
      "said",
      "ended",
    ]);
  });

  const screen = `<Gather action="/accept" numDigits="1"><Say>Press 1.</Say></Gather><Hangup/>`;
  it.each<[string, Answers, string, string]>([
    ["accepts by a key", { gather: [{ digits: "1" }] }, "<Say>Connecting.</Say>", "true"],
    ["declines by a key", { gather: [{ digits: "2" }] }, "<Hangup/>", "false"],
    ["says nothing", { gather: ["silence"] }, "", "false"],
    ["hangs up", { gather: ["hangup"] }, "", "false"],
    ["is sent on", { gather: [{ digits: "1" }] }, "<Redirect>/more</Redirect>", "true"],
    ["meets a failing document", { gather: [{ digits: "1" }] }, "<Redirect>/nowhere</Redirect>", "false"],
  ])("the person %s", async (_, callee, accept, bridged) => {
    const { sent, ended } = await whisper(screen, callee, { "/accept": accept, "/more": "<Pause/>" });
    expect(sent.at(-1)).toMatchObject({
      path: "/action",
      params: { DialCallStatus: "completed", DialBridged: bridged },
    });
    expect(ended.by).toBe("flow");
  });

  it("must not dial, which is reported to that leg, and the call continues", async () => {
    const { phone, sent, moments } = await whisper(`<Dial>${NUMBER}</Dial>`, {});
    expect(problemsIn(phone.moments)).toEqual([13201]);
    expect(sent.at(-1)?.params.DialBridged).toBe("false");
    expect(saidIn(moments)).toEqual(["Goodbye."]);
  });

  it("may not record", async () => {
    const { phone } = await whisper("<Record/>", {});
    expect(problemsIn(phone.moments)).toEqual([undefined]);
  });
});

describe("callbacks of a dial", () => {
  const events = `statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"`;
  const statuses = (sent: { path: string; params: Record<string, string> }[]) =>
    sent
      .filter(({ path }) => path === "/status")
      .map(({ params }) => `${params.SequenceNumber} ${params.CallStatus}`);

  it("follow the called leg, before the action", async () => {
    const ring: RingAnswer[] = [{ answered: 0, handset: handset() }];
    const { sent } = await dial(`<Number ${events}>${NUMBER}</Number>`, {
      ring,
      talk: [{ seconds: 61, by: "callee" }],
    });
    expect(statuses(sent)).toEqual(["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
    expect(sent.at(-2)?.params).toMatchObject({
      CallDuration: "61",
      Duration: "2",
      ParentCallSid: sent[0]?.params.CallSid,
      CallSid: sent.at(-1)?.params.DialCallSid,
    });
    expect(sent.at(-1)?.path).toBe("/action");
  });

  it("only the end of it if nothing else is said", async () => {
    const inside = `<Number statusCallback="/status">${NUMBER}</Number>`;
    const { sent } = await dial(inside, { ring: [{ status: "no-answer" }] });
    expect(statuses(sent)).toEqual(["0 no-answer"]);
  });

  it("report to the others that someone else picked up", async () => {
    const inside = `<Number>${NUMBER}</Number><Number statusCallback="/status">+14155550101</Number>`;
    const { sent } = await dial(inside, { ring: [{ answered: 0, handset: handset() }] });
    expect(statuses(sent)).toEqual(["0 canceled"]);
  });

  it("a recording of what was talked", async () => {
    const ring: RingAnswer[] = [{ answered: 0, handset: handset() }];
    const attributes = `action="/action" record="record-from-answer-dual" recordingStatusCallback="/recording"`;
    const answers: Answers = { ring, talk: [{ seconds: 30, by: "callee" }] };
    const { sent } = await dial(NUMBER, answers, attributes, { "/recording": twiml("") });
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/action", "/recording"]);
    expect(sent[1]?.params).toMatchObject({ RecordingUrl: sent[2]?.params.RecordingUrl });
    expect(sent[2]?.params).toMatchObject({
      RecordingSource: "DialVerb",
      RecordingChannels: "2",
      RecordingDuration: "30",
      CallSid: sent[0]?.params.CallSid,
    });
  });

  it.each<[string, RingAnswer]>([
    ["nobody picked up", { status: "busy" }],
    ["the one who did was not connected", { answered: 0, handset: handset() }],
  ])("no recording where %s", async (_, ring) => {
    const attributes = `action="/action" record="record-from-answer" recordingStatusCallback="/recording"`;
    const pages = { "/whisper": "<Hangup/>" };
    const { sent } = await dial(
      `<Number url="/whisper">${NUMBER}</Number>`,
      { ring: [ring] },
      attributes,
      pages,
    );
    expect(sent.at(-1)?.path).toBe("/action");
    expect(sent.at(-1)?.params).not.toHaveProperty("RecordingUrl");
  });
});
