import { describe, expect, it } from "vitest";
import type { Params } from "../../src/phone/leg/leg.ts";
import type { CalleeStep, DialStatus, ScriptStep } from "../../src/phone/script/scenario.ts";
import { playScenario, type ScenarioResult } from "../../src/phone/script/script.ts";
import { BASE, fakeLine, type Page } from "./support.ts";

const DESK = "+14155550100";

/** A small front desk: a menu, a dial with a whisper, voicemail. */
const frontDesk: Record<string, Page> = {
  "/voice": "<Say>Thank you for calling Acme.</Say><Redirect>/menu</Redirect>",
  "/menu": `<Gather input="dtmf speech" numDigits="1" action="/chosen">
      <Say>For the front desk,\n press 1 or say front desk. To leave a message, press 2.</Say>
    </Gather><Say>I did not hear anything.</Say><Redirect>/menu</Redirect>`,
  "/chosen": ({ params }) => {
    if (params.Digits === "1" || params.SpeechResult === "front desk") return "<Redirect>/desk</Redirect>";
    return params.Digits === "2"
      ? "<Redirect>/voicemail</Redirect>"
      : "<Say>Sorry.</Say><Redirect>/menu</Redirect>";
  },
  "/desk": `<Dial action="/rang"><Number url="/whisper">${DESK}</Number></Dial>`,
  "/whisper": `<Gather numDigits="1" action="/accepted"><Say>A call for the front desk. Press 1.</Say></Gather><Hangup/>`,
  "/accepted": ({ params }) => (params.Digits === "1" ? "" : "<Hangup/>"),
  "/rang": ({ params }) => (params.DialBridged === "true" ? "<Hangup/>" : "<Redirect>/voicemail</Redirect>"),
  "/voicemail": `<Say>Leave a message.</Say><Record action="/left"/><Say>Nothing was said.</Say>`,
  "/left": "<Say>Thank you. Goodbye.</Say><Hangup/>",
};

const destinations: Record<string, string[]> = { reception: [DESK], oncall: [DESK, "+14155550101"] };

function play(script: ScriptStep[], pages = frontDesk): Promise<ScenarioResult> {
  return playScenario(
    {
      line: fakeLine(pages),
      url: `${BASE}/voice`,
      from: "+14155550111",
      to: "+14155550122",
      resolve: (name) => destinations[name] ?? [],
    },
    { name: "a scenario", script },
  );
}

describe("a call that goes as written", () => {
  it.each<[string, ScriptStep[]]>([
    ["nothing but a greeting, then the caller hangs up", [{ hear: "thank you for CALLING" }, "hangup"]],
    [
      "prompts in order, over verbs and lines",
      [{ hear: "Acme. For the front desk, press 1" }, { hear: "press 2" }, "hangup"],
    ],
    ["a key before the prompt is over", [{ press: "2" }, { record: 12 }, { hear: "goodbye" }, "end"]],
    ["words", [{ say: "front desk" }, { dial: "reception", status: "busy" }, { record: 3 }, "end"]],
    ["silence", ["silence", { hear: "did not hear" }, { hear: "press 1" }, "hangup"]],
    [
      "what is heard before and after an answer",
      [{ hear: "leave a message, press 2" }, { press: "2" }, { hear: "Leave a" }, "hangup"],
    ],
    ["no message, and what comes then", [{ press: "2" }, "silence", { hear: "Nothing was said" }]],
    [
      "no message, written as a record",
      [{ press: "2" }, { record: "silence" }, { hear: "Nothing was said" }, "end"],
    ],
    ["hangup after the flow has hung up", [{ press: "2" }, { record: 1 }, "hangup"]],
    ["a caller who hangs up instead of a message", [{ press: "2" }, "hangup"]],
    ["a caller who hangs up while it rings", [{ press: "1" }, "hangup"]],
    [
      "a dial by its number",
      [{ press: "1" }, { dial: DESK, status: "no-answer" }, { hear: "Leave a message" }, "hangup"],
    ],
    [
      "a dial by a list that holds its number",
      [{ press: "1" }, { dial: "oncall", status: "failed" }, "hangup"],
    ],
    [
      "somebody who accepts",
      [{ press: "1" }, { dial: "reception", callee: [{ hears: "front desk" }, { presses: "1" }] }, "end"],
    ],
    [
      "somebody who hears the whisper and hangs up",
      [
        { press: "1" },
        { dial: DESK, callee: [{ hears: "front desk" }], status: "no-answer" },
        { hear: "Leave a message" },
        "hangup",
      ],
    ],
    [
      "somebody who declines by a key",
      [
        { press: "1" },
        { dial: "reception", callee: [{ presses: "2" }], status: "declined" },
        { hear: "Leave" },
        "hangup",
      ],
    ],
    [
      "somebody who says nothing",
      [{ press: "1" }, { dial: "reception", callee: [{ hears: "press 1" }], status: "declined" }, "hangup"],
    ],
  ])("%s", async (_, script) => {
    const { failure, transcript } = await play(script);
    expect({ failure, transcript }).toMatchObject({ failure: undefined });
  });
});

describe("a call that does not", () => {
  it.each<[string, ScriptStep[], number, string]>([
    [
      "what was not heard",
      [{ hear: "Thank you" }, { hear: "billing" }, "hangup"],
      1,
      "a key or words. What was heard next: for calling acme.",
    ],
    [
      "what was heard in another order",
      [{ hear: "press 1" }, { hear: "Thank you" }, "hangup"],
      1,
      "hear: Thank you",
    ],
    ["once what is written twice", [{ hear: "press 1" }, { hear: "press 1" }, "hangup"], 1, "hear: press 1"],
    [
      "what was not heard at all",
      [{ hear: "billing" }, "hangup"],
      0,
      "a key or words. What was heard: Thank you for calling Acme.",
    ],
    ["what was heard before an answer", [{ press: "2" }, { hear: "press 2" }, "hangup"], 1, "hear: press 2"],
    [
      "a script that has ended",
      [{ hear: "press 1" }],
      1,
      "The call is waiting for a key or words, but the script has ended.",
    ],
    [
      "a dial where a key is wanted",
      [{ dial: "reception" }],
      0,
      "The call is waiting for a key or words, but the script says dial: reception.",
    ],
    [
      "a key where it rings",
      [{ press: "1" }, { press: "2" }],
      1,
      `The call is ringing ${DESK}, but the script says press: 2.`,
    ],
    [
      "another dial",
      [{ press: "1" }, { dial: "billing" }],
      1,
      `The call is ringing ${DESK}, but the script says dial: billing.`,
    ],
    [
      "a key where a message is wanted",
      [{ press: "2" }, { press: "1" }],
      1,
      "The call is recording a message, but the script says press: 1.",
    ],
    ["end when a key is expected", ["end"], 0, "but the script says end."],
    [
      "end where the caller has hung up",
      ["hangup", "end"],
      1,
      "The call is over: the caller hung up, but the script says end.",
    ],
    [
      "a call that is over too early",
      [{ press: "2" }, { record: 1 }, { press: "1" }],
      2,
      "The call is over: the flow hung up, but the script says press: 1.",
    ],
    [
      "a whisper that says something else",
      [{ press: "1" }, { dial: "reception", callee: [{ hears: "billing" }, { presses: "1" }] }, "end"],
      1,
      `${DESK} does not hear "billing".`,
    ],
    [
      "a whisper that is another, before nobody answers",
      [{ press: "1" }, { dial: "reception", callee: [{ hears: "billing" }], status: "no-answer" }, "end"],
      1,
      `${DESK} does not hear "billing".`,
    ],
    [
      "a callee who is asked, and has no key",
      [{ press: "1" }, { dial: "reception" }, "end"],
      1,
      `${DESK} is asked for a key, but the script has none.`,
    ],
    [
      "a callee who is not asked a second time",
      [{ press: "1" }, { dial: "reception", callee: [{ presses: "1" }, { presses: "2" }] }, "end"],
      1,
      `${DESK} is not asked for keys, but the script says presses: 2.`,
    ],
    [
      "a whisper that says it before the last answer only",
      [
        { press: "1" },
        { dial: "reception", callee: ["silence", { hears: "A call for" }], status: "declined" },
        "hangup",
      ],
      1,
      `${DESK} does not hear "A call for". Nothing was heard.`,
    ],
    [
      "a callee who should speak, and is asked for a key",
      [{ press: "1" }, { dial: "reception", callee: [{ presses: "1" }, { says: "yes" }] }, "end"],
      1,
      `${DESK} is not asked for words, but the script says says: yes.`,
    ],
    [
      "a callee who accepts, and is not connected",
      [{ press: "1" }, { dial: "reception", callee: [{ presses: "2" }] }, "end"],
      1,
      `${DESK} accepts the call but is not connected.`,
    ],
    [
      "a callee who declines, and is connected",
      [{ press: "1" }, { dial: "reception", callee: [{ presses: "1" }], status: "declined" }, "end"],
      1,
      `${DESK} declines the call but is connected.`,
    ],
  ])("%s", async (_, script, step, message) => {
    const { failure } = await play(script);
    expect(failure?.step).toBe(step);
    expect(failure?.message).toContain(message);
  });

  it("reports what was heard since the last answer", async () => {
    const { failure } = await play([{ press: "2" }, { hear: "billing" }]);
    expect(failure?.heard).toEqual(["Leave a message."]);
  });

  it.each<[string, Page, string]>([
    [
      "TwiML that Twilio would complain about",
      "<Say pitch='2'>Hi.</Say>",
      "problem 12200: <Say> has no attribute pitch.",
    ],
    ["a webhook that fails", new Response("", { status: 500 }), "problem 11200"],
    ["a gather that takes keys only", `<Gather/>`, "The call is waiting for keys (# to finish)"],
  ])("%s fails it", async (_, page, message) => {
    const { failure } = await play([{ say: "hello" }], { "/voice": page });
    expect(failure?.message).toContain(message);
  });

  it("a problem on the called leg fails it", async () => {
    const pages = { ...frontDesk, "/whisper": "<Dial>+14155550101</Dial>" };
    const { failure } = await play(
      [{ press: "1" }, { dial: "reception", status: "declined" }, "hangup"],
      pages,
    );
    expect(failure?.message).toContain("problem 13201");
  });

  it.each<[string, CalleeStep[], DialStatus, ScriptStep[]]>([
    ["is silent at first", ["silence", { hears: "A second time" }, { presses: "1" }], "completed", ["end"]],
    ["says something", [{ hears: "A call" }, { says: "yes" }], "completed", ["end"]],
    ["hangs up", [{ hears: "A call" }, "hangup"], "declined", [{ hear: "Leave a message" }, "hangup"]],
  ])("a called person who %s", async (_, callee, status, rest) => {
    const pages = {
      ...frontDesk,
      "/whisper": `<Gather input="dtmf speech" action="/accepted"><Say>A call.</Say></Gather><Redirect>/again</Redirect>`,
      "/again": `<Gather action="/accepted"><Say>A second time.</Say></Gather><Hangup/>`,
      "/accepted": ({ params }: { params: Params }) =>
        params.Digits === "1" || params.SpeechResult === "yes" ? "" : "<Hangup/>",
    };
    const { failure } = await play([{ press: "1" }, { dial: "reception", callee, status }, ...rest], pages);
    expect(failure).toBeUndefined();
  });

  it("a caller who hangs up while the called person is asked something", async () => {
    const { failure, transcript } = await play([
      { press: "1" },
      { dial: "reception", callee: [{ hears: "A call for" }], ends: "caller" },
    ]);
    expect(failure).toBeUndefined();
    expect(transcript.slice(-2)).toEqual([`  at ${DESK}: > hangup`, "ended after 12 s: the caller hung up"]);
  });

  it("a called phone that is asked forever and never accepts hangs up", async () => {
    const pages = { ...frontDesk, "/whisper": `<Gather/><Redirect/>` };
    const { failure } = await play(
      [{ press: "1" }, { dial: "reception", status: "declined" }, "hangup"],
      pages,
    );
    expect(failure).toBeUndefined();
  });
});

describe("the transcript", () => {
  it("is the call in plain lines", async () => {
    const { transcript } = await play([
      { hear: "Thank you" },
      { press: "1" },
      { dial: "reception", callee: [{ presses: "2" }], status: "declined" },
      { record: 12 },
      "end",
    ]);
    expect(transcript).toEqual([
      "voice: Thank you for calling Acme.",
      "voice: For the front desk, press 1 or say front desk. To leave a message, press 2. [key or speech interrupts]",
      "asks for a key or words",
      "> press: 1",
      `rings ${DESK} for 30 s`,
      "> dial: reception, status: declined",
      `  at ${DESK}: voice: A call for the front desk. Press 1. [key interrupts]`,
      `  at ${DESK}: asks for a key`,
      `  at ${DESK}: > presses: 2`,
      "voice: Leave a message.",
      "beep, then records for up to 3600 s, any key ends it",
      "> record: 12",
      "voice: Thank you. Goodbye.",
      "ended after 26 s: the flow hung up",
    ]);
  });

  it("is the same each time", async () => {
    const script: ScriptStep[] = [{ press: "2" }, { record: 5 }, "end"];
    expect(await play(script)).toEqual(await play(script));
  });
});

it.each(["ada", "client:ada", "front"])("a dial of a client may be written %s", async (dial) => {
  const pages = { "/voice": "<Dial><Client>ada</Client></Dial>" };
  const resolve = (name: string) => (name === "front" ? ["client:ada"] : []);
  const stage = { line: fakeLine(pages), url: `${BASE}/voice`, from: "+1", to: "+2", resolve };
  const { failure } = await playScenario(stage, { name: "a client", script: [{ dial }, "end"] });
  expect(failure).toBeUndefined();
});

it("sends AnsweredBy if the scenario has it", async () => {
  const line = fakeLine({ "/voice": "" });
  const stage = { line, url: `${BASE}/voice`, from: "+1", to: "+2", resolve: () => [] };
  await playScenario(stage, { name: "a machine", answeredBy: "machine_start", script: ["end"] });
  expect(line.sent[0]?.params.AnsweredBy).toBe("machine_start");
});

it("calls from and to the numbers of the scenario", async () => {
  const line = fakeLine({ "/voice": "", "/status": "" });
  const stage = {
    line,
    url: `${BASE}/voice`,
    statusUrl: `${BASE}/status`,
    from: "+1",
    to: "+2",
    resolve: () => [],
  };
  await playScenario(stage, { name: "numbers", from: "+14155550133", to: "+14155550144", script: ["end"] });
  await playScenario(stage, { name: "numbers", script: ["end"] });
  expect(line.sent.map(({ path, params }) => [path, params.From, params.To])).toEqual([
    ["/voice", "+14155550133", "+14155550144"],
    ["/status", "+14155550133", "+14155550144"],
    ["/voice", "+1", "+2"],
    ["/status", "+1", "+2"],
  ]);
});
