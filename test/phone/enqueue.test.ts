import { describe, expect, it } from "vitest";
import type { WaitAnswer } from "../../src/phone/leg/handset.ts";
import { type Answers, callPages, type Page, problemsIn, saidIn } from "./support.ts";

/** Enqueues, with a document to wait by and an action that says goodbye. */
function enqueue(
  answers: Answers,
  pages: Record<string, Page> = {},
  attributes = 'action="/action" waitUrl="/wait"',
) {
  const voice = `<Enqueue ${attributes}>support</Enqueue><Say>After the queue.</Say>`;
  return callPages(
    {
      "/voice": voice,
      "/wait": "<Say>Please hold the line.</Say>",
      "/action": "<Say>Goodbye.</Say>",
      ...pages,
    },
    answers,
  );
}

const asking = { "/wait": "<Gather><Say>Press 1.</Say></Gather>" };

const bridged: WaitAnswer = { result: "bridged" };

describe("a caller in a queue", () => {
  it("who hangs up during a question ends the call, and the action is requested", async () => {
    const { sent, ended } = await enqueue({ wait: ["stay"], gather: ["hangup"] }, asking);
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "hangup", CallStatus: "completed" });
    expect(ended.by).toBe("caller");
  });

  it("hears the document repeatedly until someone takes the call, and the action is requested", async () => {
    const { moments, sent } = await enqueue({
      wait: ["stay", "stay", "stay", bridged],
      talk: [{ seconds: 42, by: "callee" }],
    });
    expect(saidIn(moments)).toEqual([
      "Please hold the line.",
      "Please hold the line.",
      "Please hold the line.",
      "Goodbye.",
    ]);
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/wait", "/wait", "/wait", "/action"]);
    expect(sent[4]?.params).toMatchObject({ QueueResult: "bridged", CallStatus: "in-progress" });
    expect(moments).toContainEqual(
      expect.objectContaining({ kind: "bridged", callee: { kind: "queue", target: "support" } }),
    );
  });

  it("gets its place at every pass", async () => {
    const { sent } = await enqueue({ wait: ["stay", "stay", bridged] });
    expect(sent[1]?.params).toMatchObject({
      QueuePosition: "1",
      QueueTime: "0",
      CurrentQueueSize: "1",
      MaxQueueSize: "1000",
    });
    expect(sent[2]?.params).toMatchObject({ QueueTime: "2", QueueSid: sent[1]?.params.QueueSid });
    expect(sent[1]?.params.QueueSid).toMatch(/^QU[0-9a-f]{32}$/);
  });

  it("a pass of audio files of unknown length still takes time", async () => {
    const { sent } = await enqueue(
      { wait: ["stay", "stay", bridged] },
      { "/wait": "<Play>/hold.mp3</Play>" },
    );
    expect(sent[2]?.params.QueueTime).toBe("10");
  });

  it("leaves by pressing a key that leads to a Leave", async () => {
    const wait = '<Gather action="/choice" numDigits="1"><Say>Press 1 to leave.</Say></Gather>';
    const { moments, sent } = await enqueue(
      { wait: ["stay", "stay"], gather: ["silence", { digits: "1" }] },
      { "/wait": wait, "/choice": "<Leave/><Say>Never heard.</Say>" },
    );
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "leave", QueueTime: "8" });
    expect(saidIn(moments)).toEqual(["Press 1 to leave.", "Press 1 to leave.", "Goodbye."]);
  });

  it.each<[string, WaitAnswer]>([
    ["queue-full", { result: "queue-full" }],
    ["system-error", { result: "system-error" }],
    ["error", { result: "error" }],
    ["redirected", { result: "redirected" }],
  ])("%s is told to the action, and nothing of the wait was heard", async (result, answer) => {
    const { moments, sent } = await enqueue({ wait: [answer] });
    expect(sent[1]?.params).toMatchObject({ QueueResult: result });
    expect(saidIn(moments)).toEqual(["Goodbye."]);
  });

  it("who hangs up is reported to the action, whose document is not played", async () => {
    const { moments, sent, ended } = await enqueue({ wait: ["stay", "hangup"] });
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "hangup", CallStatus: "completed" });
    expect(saidIn(moments)).toEqual(["Please hold the line."]);
    expect(ended.by).toBe("caller");
  });

  it("is hung up on by what is heard meanwhile", async () => {
    const { moments, sent, ended } = await enqueue(
      { wait: ["stay"] },
      { "/wait": "<Say>We are closing.</Say><Hangup/>" },
    );
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "hangup" });
    expect(saidIn(moments)).toEqual(["We are closing."]);
    expect(ended.by).toBe("flow");
  });

  it("continues with the next verb without an action", async () => {
    const { moments } = await enqueue({ wait: [bridged] }, {}, 'waitUrl="/wait"');
    expect(saidIn(moments)).toEqual(["After the queue."]);
  });

  it("hears Twilio's own music without a document, and makes no request", async () => {
    const { sent } = await enqueue({ wait: ["stay", "stay", bridged] }, {}, 'action="/action"');
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/action"]);
    expect(sent[1]?.params.QueueTime).toBe("20");
  });

  it("a document that cannot be had is an error", async () => {
    const { moments, sent } = await enqueue(
      { wait: ["stay"] },
      { "/wait": new Response("", { status: 500 }) },
    );
    expect(problemsIn(moments)).toEqual([11200]);
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "error" });
  });

  it("may not be dialled on from there", async () => {
    const { moments, sent } = await enqueue({ wait: ["stay"] }, { "/wait": "<Dial>+14155550100</Dial>" });
    expect(moments).toContainEqual(expect.objectContaining({ kind: "problem", element: "Dial" }));
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "error" });
  });

  it("who talks to someone and hangs up is reported to the action", async () => {
    const { sent, ended } = await enqueue({ wait: [bridged], talk: [{ seconds: 5, by: "caller" }] });
    expect(sent.at(-1)?.params).toMatchObject({ QueueResult: "bridged", CallStatus: "completed" });
    expect(ended.by).toBe("caller");
  });
});

describe("a conference's waiting room", () => {
  const meet = (
    answers: Answers,
    wait: string,
    inside = '<Conference waitUrl="/wait">standup</Conference>',
  ) =>
    callPages(
      {
        "/voice": `<Dial action="/action">${inside}</Dial>`,
        "/wait": wait,
        "/action": "<Say>Goodbye.</Say>",
      },
      { ring: [{ answered: 0, handset: { hear: () => undefined, gather: () => "hangup" } }], ...answers },
    );

  it("is played again if its document ends in an empty Redirect", async () => {
    const { moments, sent } = await meet(
      { wait: ["stay", "stay", bridged] },
      "<Say>Please wait.</Say><Redirect/>",
    );
    expect(saidIn(moments)).toEqual(["Please wait.", "Please wait.", "Goodbye."]);
    expect(sent.at(-1)?.params).toMatchObject({ DialCallStatus: "answered" });
  });

  it("falls silent otherwise", async () => {
    const { moments } = await meet({ wait: ["stay", "stay", "stay", bridged] }, "<Say>Please wait.</Say>");
    expect(saidIn(moments)).toEqual(["Please wait.", "Goodbye."]);
  });

  it("who hangs up there never meets anybody", async () => {
    const { moments, ended } = await meet({ wait: ["stay", "hangup"] }, "<Say>Please wait.</Say><Redirect/>");
    expect(moments.some(({ kind }) => kind === "bridged")).toBe(false);
    expect(ended.by).toBe("caller");
  });

  it("that fails keeps the caller out", async () => {
    const { moments, sent } = await meet({ wait: ["stay"] }, "<Gather/>");
    expect(moments.some(({ kind }) => kind === "bridged")).toBe(false);
    expect(sent.at(-1)?.params).toMatchObject({ DialCallStatus: "failed" });
  });

  it("does not exist without a waitUrl: the conference begins", async () => {
    const { moments } = await meet({}, "", "<Conference>standup</Conference>");
    expect(moments.some(({ kind }) => kind === "waiting")).toBe(false);
    expect(moments.some(({ kind }) => kind === "bridged")).toBe(true);
  });
});

describe("an agent who dials a queue", () => {
  const take = (url: string) =>
    callPages(
      {
        "/voice": `<Dial action="/action"><Queue url="/hello">support</Queue></Dial>`,
        "/hello": url,
        "/action": "",
      },
      { ring: [{ answered: 0, handset: { hear: () => undefined, gather: () => ({ digits: "1" }) } }] },
    );

  it("takes the call out of it, and the action learns of the queue", async () => {
    const { sent } = await take("<Say>Here we are.</Say>");
    expect(sent.at(-1)?.params).toMatchObject({
      DialCallStatus: "completed",
      DialBridged: "true",
      QueueTime: "0",
    });
    expect(sent.at(-1)?.params.DequeingCallSid).toMatch(/^CA/);
  });

  it("cannot ask the one who waited for a key", async () => {
    const { sent } = await take("<Gather/>");
    expect(sent.at(-1)?.params).toMatchObject({ DialBridged: "false" });
  });
});
