import { describe, expect, it } from "vitest";
import type { ScriptStep } from "../../src/phone/script/scenario.ts";
import { playScenario, type ScenarioResult } from "../../src/phone/script/script.ts";
import { BASE, fakeLine, type Page } from "./support.ts";

/** A line with everything that is no menu: the first key chooses. */
const pages: Record<string, Page> = {
  "/voice": '<Gather numDigits="1" action="/chosen"><Say>Welcome.</Say></Gather>',
  "/chosen": ({ params }) => `<Redirect>/${params.Digits}</Redirect>`,
  "/1": '<Say>You are put through.</Say><Enqueue action="/done" waitUrl="/wait">support</Enqueue>',
  "/wait": '<Gather numDigits="1" timeout="5" action="/leave"><Say>Please hold, or press 9.</Say></Gather>',
  "/leave": "<Leave/>",
  "/6": '<Enqueue action="/done" waitUrl="/ask">support</Enqueue>',
  "/ask": '<Gather numDigits="1" action="/ask" actionOnEmptyResult="true"><Say>Please hold.</Say></Gather>',
  "/2": '<Connect action="/done"><ConversationRelay url="wss://example.com/agent"/></Connect>',
  "/3": '<Pay action="/done" maxAttempts="2"><Prompt for="payment-card-number"><Say>Your card.</Say></Prompt></Pay><Say>Given up.</Say>',
  "/4": '<Refer action="/done"><Sip>sip:desk@example.com</Sip></Refer>',
  "/5": '<Dial action="/done"><Conference waitUrl="/room">standup</Conference></Dial>',
  "/room": "<Say>Please wait for the others.</Say><Redirect/>",
  "/done": ({ params }) =>
    `<Say>It was ${params.QueueResult ?? params.HandoffData ?? params.Result ?? params.ReferCallStatus ?? params.DialCallStatus}.</Say>`,
};

/** Asks repeatedly, announces the caller's place, and lets the caller leave. */
const counting: Record<string, Page> = {
  "/voice": '<Enqueue action="/done" waitUrl="/place">support</Enqueue>',
  "/place": ({ params }) =>
    `<Gather numDigits="1" timeout="5" action="/leave"><Say>Number ${params.QueuePosition} of ${params.CurrentQueueSize}, ${params.AvgQueueTime} s.</Say></Gather>`,
  "/leave": "<Leave/>",
  "/done": ({ params }) => `<Say>It was ${params.QueueResult}.</Say>`,
};

function play(...script: ScriptStep[]): Promise<ScenarioResult> {
  const stage = {
    line: fakeLine(pages),
    url: `${BASE}/voice`,
    from: "sip:ada@example.com",
    to: "+14155550122",
  };
  return playScenario({ ...stage, resolve: () => [] }, { name: "a scenario", script });
}

describe("a call that goes as written", () => {
  it.each<[string, ScriptStep[]]>([
    [
      "somebody takes the call after a while",
      [{ press: "1" }, { hear: "Please hold" }, { wait: 30 }, { hear: "It was bridged" }, "end"],
    ],
    [
      "asked a hundred times and more, a pass each",
      [{ press: "1" }, { wait: 3600 }, { hear: "It was bridged" }, "end"],
    ],
    [
      "the queue is full, and nothing of the wait is heard",
      [{ press: "1" }, { wait: 0, status: "queue-full" }, { hear: "It was queue-full" }],
    ],
    [
      "the queue breaks after a while",
      [{ press: "1" }, { wait: 12, status: "error" }, { hear: "It was error" }],
    ],
    [
      "a key while waiting",
      [{ press: "1" }, { hear: "or press 9" }, { press: "9" }, { hear: "It was leave" }],
    ],
    ["hanging up while waiting", [{ press: "1" }, { hear: "Please hold" }, "hangup"]],
    [
      "an agent that hands back",
      [{ press: "2" }, { connect: { HandoffData: "sales" } }, { hear: "It was sales" }],
    ],
    ["hanging up on an agent", [{ press: "2" }, "hangup"]],
    [
      "a payment",
      [{ press: "3" }, { hear: "Your card" }, { pay: "success" }, { hear: "processed. It was success" }],
    ],
    ["a payment that is given up", [{ press: "3" }, { pay: "exhausted" }, { hear: "Given up" }]],
    ["a transfer", [{ press: "4" }, { refer: "busy" }, { hear: "It was busy" }]],
    [
      "a waiting room, for a while",
      [
        { press: "5" },
        { dial: "standup" },
        { hear: "Please wait" },
        { wait: 20 },
        { hear: "It was answered" },
      ],
    ],
    [
      "a waiting room, heard once",
      [{ press: "5" }, { dial: "standup" }, { hear: "Please wait" }, { hear: "It was answered" }],
    ],
    [
      "hanging up in a waiting room",
      [{ press: "5" }, { dial: "standup" }, { wait: 4 }, { hear: "answered" }],
    ],
  ])("%s", async (_, script) => {
    expect((await play(...script)).failure).toBeUndefined();
  });

  it("says in the transcript what it waits for, once", async () => {
    const { transcript } = await play({ press: "1" }, { wait: 30 });
    expect(transcript.filter((line) => line.includes("waits in the queue support"))).toHaveLength(1);
    expect(transcript).toContain("> wait: 30");
    const paid = await play({ press: "2" }, { connect: { HandoffData: "sales" } });
    expect(paid.transcript).toContain('> connect: {"HandoffData":"sales"}');
    expect(paid.transcript).toContain("connected to ConversationRelay wss://example.com/agent");
  });
});

describe("a call that does not", () => {
  it.each<[string, ScriptStep[], number, string]>([
    [
      "waits where the script has a key",
      [{ press: "1" }, { hear: "hold" }, { dial: "support" }],
      2,
      "The call is waiting for a key",
    ],
    [
      "asks again and again where the script waits",
      [{ press: "6" }, { hear: "hold" }, { wait: 5 }],
      2,
      "The call asks for a key repeatedly while it waits",
    ],
    [
      "is connected where the script waits",
      [{ press: "2" }, { wait: 5 }],
      1,
      "The call is connected to a ConversationRelay",
    ],
    [
      "takes a payment where the script has none",
      [{ press: "3" }],
      1,
      "The call is taking a payment, but the script has ended",
    ],
    [
      "is referred where the script presses",
      [{ press: "4" }, { press: "1" }],
      1,
      "The call is referred to sip:desk@example.com",
    ],
    ["asks for a key when the script pays", [{ pay: "success" }], 0, "The call is waiting for a key"],
    [
      "says something else while waiting",
      [{ press: "1" }, { hear: "music" }, { wait: 5 }],
      1,
      "which was not heard",
    ],
    [
      "never waits",
      [{ press: "1" }, { hear: "Please hold" }, { wait: 0, status: "queue-full" }],
      1,
      "which was not heard",
    ],
  ])("%s", async (_, script, step, message) => {
    const { failure } = await play(...script);
    expect(failure?.step).toBe(step);
    expect(failure?.message).toContain(message);
  });
});

describe("a caller who is asked while waiting", () => {
  const stage = {
    line: fakeLine(counting),
    url: `${BASE}/voice`,
    from: "+14155550111",
    to: "+14155550122",
    resolve: () => [],
  };

  it("answers at any pass, and hears the scenario's place", async () => {
    const queue = { position: 3, size: 5, average: 90 };
    const script: ScriptStep[] = [
      { hear: "Number 3 of 5, 90 s." },
      "silence",
      { hear: "Number 3 of 5" },
      { press: "1" },
      { hear: "It was leave" },
      "end",
    ];
    expect(await playScenario(stage, { name: "leaves", queue, script })).not.toHaveProperty("failure");
  });

  it("fails if the wait never asks for input", async () => {
    const line = fakeLine({ ...counting, "/place": "<Say>Please hold.</Say>" });
    const { failure } = await playScenario({ ...stage, line }, { name: "waits", script: [{ press: "1" }] });
    expect(failure?.message).toBe("The call is waiting in the queue support, but the script says press: 1.");
  });
});
