/** The journal of a call must be a script that the scripted caller can play. */
import { describe, expect, it } from "vitest";
import { startCall } from "../../../src/phone/carrier.ts";
import type { Moment } from "../../../src/phone/leg/moment.ts";
import {
  journalCalleeAnswer,
  journalDial,
  journalMoment,
  journalStep,
  newJournal,
  scriptOf,
} from "../../../src/phone/page/call/journal.ts";
import { journaled } from "../../../src/phone/page/call/journaled.ts";
import { answersOf, compare, rehearse } from "../../../src/phone/page/call/rehearsal.ts";
import type { ScriptStep } from "../../../src/phone/script/scenario.ts";
import { playScenario } from "../../../src/phone/script/script.ts";
import { type Answers, BASE, fakeLine, handset, type Page } from "../support.ts";

const CALLER = { from: "+14155550111", to: "+14155550122" };
const STAGE = { url: `${BASE}/voice`, statusUrl: `${BASE}/status`, ...CALLER };
const STATUS = { "/status": new Response(null, { status: 204 }) };

/** Makes a call and writes it down; plays the script back; gives the script. */
async function written(pages: Record<string, Page>, answers: Answers): Promise<ScriptStep[]> {
  const journal = newJournal();
  const options = { ...STAGE, seed: "test" };
  await startCall(fakeLine({ ...STATUS, ...pages }), options, journaled(handset(answers), journal)).ended;
  const script = scriptOf(journal);
  const scenario = { name: "replay", script };
  const stage = { ...STAGE, line: fakeLine({ ...STATUS, ...pages }), resolve: () => [] };
  const played = await playScenario(stage, scenario);
  expect(played.failure).toBeUndefined();
  const line = fakeLine({ ...STATUS, ...pages });
  const rehearsed = await rehearse({ ...STAGE, line }, { ...scenario, ...CALLER });
  expect(compare(journal.transcript, rehearsed).differs).toBeUndefined();
  return script;
}

const MENU = `<Say>Hello, and welcome.</Say><Gather action="/key" numDigits="1"><Say>Press 1 for sales. Press 2 for help.</Say></Gather><Hangup/>`;
const RING = `<Dial action="/rang"><Number url="/whisper">+14155550133</Number></Dial>`;
const WHISPER = `<Gather action="/accept" numDigits="1"><Say>A call for you. Press 1.</Say></Gather><Hangup/>`;

const phone = (answer: "1" | "hangup") => {
  const moments: Moment[] = [];
  return {
    hear: (moment: Moment) => void moments.push(moment),
    gather: () => (answer === "hangup" ? answer : { digits: answer }),
  };
};

describe("A call is written down", () => {
  it("with what was heard in a few words, and what was pressed", async () => {
    const script = await written(
      { "/voice": MENU, "/key": "<Say>Goodbye</Say>" },
      { gather: [{ digits: "1" }] },
    );
    expect(script).toEqual([
      { hear: "Hello, and welcome" },
      { hear: "Press 1 for sales" },
      { press: "1" },
      { hear: "Goodbye" },
      "end",
    ]);
  });

  it("with words, silence and a hang-up", async () => {
    const page = `<Gather action="/voice" input="speech" actionOnEmptyResult="true"><Say>What is it?</Say></Gather>`;
    const script = await written({ "/voice": page }, { gather: [{ speech: "help" }, "silence", "hangup"] });
    expect(script.filter((step) => typeof step === "string" || !("hear" in step))).toEqual([
      { say: "help" },
      "silence",
      "hangup",
    ]);
  });

  const dialled = { "/voice": RING, "/rang": "<Say>It was nice.</Say>", "/whisper": WHISPER, "/accept": "" };

  it("with the called phone's part, if it accepts the call", async () => {
    expect(await written(dialled, { ring: [{ answered: 0, handset: phone("1") }] })).toEqual([
      { dial: "+14155550133", callee: [{ hears: "A call for you" }, { presses: "1" }] },
      { hear: "It was nice" },
      "end",
    ]);
  });

  it("if it declines, and if nobody answers", async () => {
    const [declined] = await written(dialled, { ring: [{ answered: 0, handset: phone("hangup") }] });
    expect(declined).toEqual({
      dial: "+14155550133",
      callee: [{ hears: "A call for you" }, "hangup"],
      status: "declined",
    });
    const talked = {
      ring: [{ answered: 0, handset: phone("1") }],
      talk: [{ seconds: 12, by: "callee" as const }],
    };
    expect((await written(dialled, talked))[0]).toMatchObject({ dial: "+14155550133", seconds: 12 });
    const [missed] = await written(dialled, { ring: [{ status: "busy" }] });
    expect(missed).toEqual({ dial: "+14155550133", status: "busy" });
  });

  it("if the caller hangs up while the called person is asked something", () => {
    const journal = newJournal();
    journalDial(journal, { dial: "+14155550133", callee: [], status: "declined" });
    journalCalleeAnswer(journal, "silence");
    journalCalleeAnswer(journal, "hangup");
    journalMoment(journal, { kind: "ended", by: "caller", status: "completed", seconds: 9 });
    expect(scriptOf(journal)).toEqual([
      { dial: "+14155550133", callee: ["silence"], ends: "caller" },
      "hangup",
    ]);
  });

  it("with a recording's own name if it is known, instead of its URL", () => {
    const journal = newJournal();
    const url = "http://localhost:8787/audio/welcome.3f9c1a2b.mp3";
    const audio = { name: "audio/welcome.mp3", seconds: 2 };
    journalMoment(journal, { kind: "played", url, audio, loop: 1, interruptedBy: [] });
    journalStep(journal, { press: "1" });
    expect(scriptOf(journal)).toEqual([{ hear: "audio/welcome.mp3" }, { press: "1" }]);
  });

  it("with messages, waits, sessions, payments and transfers", async () => {
    const pages = {
      "/voice": `<Record action="/next"/>`,
      "/next": `<Enqueue action="/queued" waitUrl="/wait">support</Enqueue>`,
      "/wait": `<Say>Please hold the line.</Say>`,
      "/queued": `<Connect action="/paid"><Stream url="wss://example.com"/></Connect>`,
      "/paid": `<Pay action="/over" paymentConnector="shop"/>`,
      "/over": "<Hangup/>",
    };
    const script = await written(pages, {
      record: [{ seconds: 12 }],
      wait: ["stay", { result: "bridged" }],
      connect: [{ seconds: 60, fields: { SessionStatus: "ended" } }],
      pay: [{ result: "success", fields: {} }],
    });
    expect(script.filter((step) => typeof step === "string" || !("hear" in step))).toEqual([
      { record: 12 },
      { wait: expect.any(Number) },
      { connect: { SessionStatus: "ended" } },
      { pay: "success" },
      "end",
    ]);
  });
});

describe("A message", () => {
  it.each([
    ["", `<Record action="/over"/>`],
    ["that is transcribed, ", `<Record action="/over" transcribe="true" transcribeCallback="/words"/>`],
  ])("%sis written down with its words", async (_which, record) => {
    const pages = { "/voice": record, "/words": "", "/over": "<Hangup/>" };
    const script = await written(pages, { record: [{ seconds: 12, words: "Please call me." }] });
    expect(script[0]).toEqual({ record: 12, words: "Please call me." });
  });
});

describe("A conference that is waited for", () => {
  const pages = {
    "/voice": `<Dial action="/over"><Conference waitUrl="/wait">standup</Conference></Dial>`,
    "/wait": "<Say>Please wait for the others.</Say>",
    "/over": "<Hangup/>",
  };
  const entered = { answered: 0, handset: phone("1") };

  it("is dialled, waited for, and connected", async () => {
    const answers: Answers = { ring: [entered], wait: ["stay", { result: "bridged" }] };
    expect(await written(pages, answers)).toEqual([
      { dial: "conference:standup" },
      { hear: "Please wait for the others" },
      { wait: expect.any(Number) },
      "end",
    ]);
  });

  it("may fail", async () => {
    const answers: Answers = { ring: [entered], wait: ["stay", { result: "system-error" }] };
    expect(await written(pages, answers)).toEqual([
      { dial: "conference:standup", status: "declined" },
      { hear: "Please wait for the others" },
      { wait: expect.any(Number), status: "system-error" },
      "end",
    ]);
  });
});

describe("A wait in which all was skipped", () => {
  it("is one all the same, and what was heard in it is written down once", async () => {
    const pages = {
      ...STATUS,
      "/voice": `<Enqueue action="/over" waitUrl="/wait">support</Enqueue>`,
      "/wait": "<Say>Please hold the line.</Say><Say>It will not be long.</Say>",
      "/over": "<Hangup/>",
    };
    const journal = newJournal();
    // On the page a clock runs by itself: what nobody waits for takes no time.
    const line = { ...fakeLine(pages), clock: { now: () => 0, pass: () => undefined } };
    const phone = handset({ wait: ["stay", "stay", { result: "bridged" }] });
    await startCall(line, { ...STAGE, seed: "test" }, journaled(phone, journal)).ended;
    const script = scriptOf(journal);
    expect(script).toEqual([
      { hear: "Please hold the line" },
      { hear: "It will not be long" },
      { wait: 1 },
      "end",
    ]);
    const stage = { ...STAGE, line: fakeLine(pages), resolve: () => [] };
    expect((await playScenario(stage, { name: "replay", script })).failure).toBeUndefined();
  });
});

describe("A wait that is left by a key", () => {
  it("is over: later silence is written again", async () => {
    const pages = {
      "/voice": `<Enqueue action="/left" waitUrl="/wait">support</Enqueue>`,
      "/wait": `<Gather action="/leave" numDigits="1"><Say>Press 1 to be called back.</Say></Gather>`,
      "/leave": "<Leave/>",
      "/left": `<Gather action="/over" actionOnEmptyResult="true"><Say>Your number?</Say></Gather>`,
      "/over": "<Hangup/>",
    };
    const script = await written(pages, { wait: ["stay"], gather: [{ digits: "1" }, "silence"] });
    expect(script.filter((step) => typeof step === "string" || !("hear" in step))).toEqual([
      { press: "1" },
      "silence",
      "end",
    ]);
  });
});

describe("The same answers against another version", () => {
  it("show the differences", async () => {
    const journal = newJournal();
    const before = fakeLine({ ...STATUS, "/voice": MENU, "/key": "<Say>Sales.</Say>" });
    await startCall(
      before,
      { ...STAGE, seed: "test" },
      journaled(handset({ gather: [{ digits: "1" }] }), journal),
    ).ended;
    const line = fakeLine({ ...STATUS, "/voice": MENU, "/key": "<Say>Marketing.</Say>" });
    const after = await rehearse(
      { ...STAGE, line },
      { name: "replay", ...CALLER, script: scriptOf(journal) },
    );
    const { lines, differs = -1 } = compare(journal.transcript, after);
    expect(lines[differs]).toEqual({ in: "before", text: "voice: Sales." });
    expect(lines[differs + 1]).toEqual({ in: "after", text: "voice: Marketing." });
  });

  it("count what is heard in a wait once, however long it was", () => {
    const pass = ["voice: Please hold.", "waits 5 s"];
    const wait = (passes: number) => [
      "voice: Please hold.",
      "waits in the queue support",
      ...Array.from({ length: passes }, () => pass).flat(),
      "> wait: 60",
      "voice: Please hold.",
    ];
    expect(compare(wait(1), wait(9)).differs).toBeUndefined();
    expect(compare(wait(1), [...wait(9), "voice: Please hold."]).differs).toBeDefined();
  });

  it("do without what was heard", () => {
    const callee = [{ hears: "A call" }, { presses: "1" }];
    expect(answersOf([{ hear: "Hello" }, { press: "1" }, { dial: "ada", callee }, "end"])).toEqual([
      { press: "1" },
      { dial: "ada", callee: [{ presses: "1" }] },
      "end",
    ]);
  });
});
