import { describe, expect, it } from "vitest";
import type { Webhook } from "../../src/phone/leg/moment.ts";
import type { ScriptStep } from "../../src/phone/script/scenario.ts";
import { playScenario } from "../../src/phone/script/script.ts";
import { sendText, type TextMessage } from "../../src/phone/text-message.ts";
import { BASE, fakeLine, type Page } from "./support.ts";

const TEXT: TextMessage = { from: "+14155550111", to: "+14155550122", body: "Hours? & <more>" };

async function answered(page: Page, more: Record<string, Page> = {}) {
  const line = fakeLine({ "/sms": page, ...more });
  return { ...(await sendText(line, `${BASE}/sms`, TEXT, "test")), sent: line.sent };
}

describe("a text message to a number", () => {
  it("is a signed webhook with Twilio's parameters", async () => {
    const { sent } = await answered("");
    expect(sent).toHaveLength(1);
    expect(sent[0]?.params).toMatchObject({
      MessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      From: TEXT.from,
      To: TEXT.to,
      Body: TEXT.body,
      NumMedia: "0",
    });
    expect(sent[0]?.params).not.toHaveProperty("CallSid");
    expect(sent[0]?.headers["X-Twilio-Signature"]).toMatch(/=$/);
  });

  it.each<[string, Page, { from: string; to: string; body: string }[]]>([
    ["nothing", "", []],
    ["words", "<Message>We are open.</Message>", [{ from: TEXT.to, to: TEXT.from, body: "We are open." }]],
    [
      "a body and a picture",
      "<Message><Body>A &amp; B</Body><Media>https://example.com/a.png</Media></Message>",
      [{ from: TEXT.to, to: TEXT.from, body: "A & B" }],
    ],
    [
      "several, to others",
      '<Message to="+14155550177" from="+14155550188">One</Message><Message>Two</Message>',
      [
        { from: "+14155550188", to: "+14155550177", body: "One" },
        { from: TEXT.to, to: TEXT.from, body: "Two" },
      ],
    ],
  ])("may be answered with %s", async (_what, page, messages) => {
    expect(await answered(page)).toMatchObject({ messages, problems: [] });
  });

  it("shows every webhook with its answer", async () => {
    const seen: Webhook[] = [];
    const line = fakeLine({ "/sms": "<Redirect>/more</Redirect>", "/more": "<Message>Two</Message>" });
    await sendText(line, `${BASE}/sms`, TEXT, "test", (webhook) => seen.push(webhook));
    expect(seen).toMatchObject([
      {
        url: `${BASE}/sms`,
        status: 200,
        params: { Body: TEXT.body },
        body: expect.stringContaining("/more"),
      },
      { url: `${BASE}/more`, status: 200, body: expect.stringContaining("Two") },
    ]);
  });

  it("can be answered from elsewhere, after a Redirect", async () => {
    const page = "<Message>One</Message><Redirect>/more</Redirect><Message>Never</Message>";
    const { messages, problems } = await answered(page, { "/more": "<Message>Two</Message>" });
    expect([messages.map(({ body }) => body), problems]).toEqual([["One", "Two"], []]);
  });

  it.each<[string, Page, number, string]>([
    ["what only a call can hear", "<Say>Hello</Say>", 12200, "<Say> is not allowed in <Response>"],
    ["an unknown verb", "<Mesage>Hello</Mesage>", 12200, "<Mesage> is not allowed in <Response>"],
    ["a misspelt attribute", '<Message too="+1">Hello</Message>', 12200, "<Message> has no attribute too"],
    ["no XML", new Response("Hello"), 12100, "The document is not valid XML"],
    ["an error", new Response("", { status: 500 }), 11200, "/sms returned HTTP 500."],
    [
      "no answer at all",
      () => Promise.reject(new Error("nobody is there")),
      11200,
      "The webhook could not be sent: nobody is there.",
    ],
    ["a Redirect to itself", "<Redirect>/sms</Redirect>", 11200, "redirects endlessly"],
  ])("that is answered with %s is a problem", async (_what, page, code, message) => {
    const { messages, problems } = await answered(page);
    expect(messages).toEqual([]);
    expect(problems).toMatchObject([{ code, message: expect.stringContaining(message) }]);
  });
});

describe("a cookie of a text message", () => {
  /** Writes messages, and returns the cookies that came along. */
  async function cookiesOf(set: string, ...sent: { from?: string; after?: number }[]) {
    const cookies = new Map();
    const page = new Response("<Response/>", { headers: { "set-cookie": set, "content-type": "text/xml" } });
    const line = { ...fakeLine({ "/sms": page }), cookies };
    for (const { from = TEXT.from, after = 0 } of sent) {
      line.clock.pass(after);
      await sendText(line, `${BASE}/sms`, { ...TEXT, from }, "test");
    }
    return line.sent.map(({ headers }) => headers.Cookie);
  }
  const HOUR = 3600;

  it.each<[string, string, { from?: string; after?: number }[], (string | undefined)[]]>([
    ["comes with the next message", "a=1; Path=/", [{}, {}], [undefined, "a=1"]],
    ["is of two numbers", "a=1", [{}, { from: "+14155550199" }, {}], [undefined, undefined, "a=1"]],
    ["lasts four hours", "a=1", [{}, { after: 4 * HOUR - 1 }], [undefined, "a=1"]],
    ["does not last longer", "a=1; Max-Age=99999", [{}, { after: 4 * HOUR }], [undefined, undefined]],
    ["lasts as long as it says", "a=1; Max-Age=60", [{}, { after: 61 }], [undefined, undefined]],
    [
      "lasts until the date that it says",
      "a=1; Expires=Mon, 23 Nov 2026 17:01:00 GMT",
      [{}, { after: 59 }, { after: 61 }],
      [undefined, "a=1", undefined],
    ],
    ["is deleted by an age of 0", "a=1; Max-Age=0", [{}, {}], [undefined, undefined]],
  ])("%s", async (_what, set, sent, expected) => {
    expect(await cookiesOf(set, ...sent)).toEqual(expected);
  });

  it("is kept by no line that has no place for it", async () => {
    const page = new Response("<Response/>", {
      headers: { "set-cookie": "a=1", "content-type": "text/xml" },
    });
    const line = fakeLine({ "/sms": page });
    for (const seed of ["1", "2"]) await sendText(line, `${BASE}/sms`, TEXT, seed);
    expect(line.sent.map(({ headers }) => headers.Cookie)).toEqual([undefined, undefined]);
  });
});

describe("a script", () => {
  const pages: Record<string, Page> = {
    "/sms": ({ params }) =>
      params.Body === "Bad" ? "<Say>No.</Say>" : `<Message>You wrote ${params.Body}.</Message>`,
    "/voice": '<Gather action="/again"><Say>Hello.</Say></Gather>',
    "/again": '<Record action="/left" transcribe="true" transcribeCallback="/words"/>',
    "/left": "<Hangup/>",
    "/words": ({ params }) => {
      heard.push(params.TranscriptionText ?? "");
      return "";
    },
    "/status": ({ params }) => {
      if (params.CallStatus === "completed") texts.push("Gave up");
      return "";
    },
  };
  let texts: string[] = [];
  let heard: string[] = [];

  async function play(
    script: ScriptStep[],
    passes: (seconds: number) => Promise<TextMessage[]> = () => Promise.resolve([]),
  ) {
    texts = [];
    heard = [];
    const stage = {
      passes,
      line: fakeLine(pages),
      url: `${BASE}/voice`,
      statusUrl: `${BASE}/status`,
      messageUrl: `${BASE}/sms`,
      replied: ({ body }: TextMessage) => texts.push(body),
      from: TEXT.from,
      to: TEXT.to,
      resolve: () => [],
      happened: (step: { sms: string } | { request: string }) =>
        "sms" in step && texts.some((text) => text.includes(step.sms)) ? undefined : "Nothing was sent.",
    };
    const { failure, transcript } = await playScenario(stage, { name: "a scenario", script });
    return { failure, transcript, sent: stage.line.sent.map(({ path }) => path) };
  }

  it("writes text messages, and looks for the replies, without any call", async () => {
    const { failure, transcript, sent } = await play([
      { text: "Hours" },
      { sms: "You wrote Hours" },
      { text: "Map" },
      { sms: "You wrote Map" },
    ]);
    expect([failure, sent]).toEqual([undefined, ["/sms", "/sms"]]);
    expect(transcript).toEqual([
      "> text: Hours",
      "texts +14155550111: You wrote Hours.",
      "> text: Map",
      "texts +14155550111: You wrote Map.",
    ]);
  });

  it("calls after its text messages if there are more lines", async () => {
    const { failure, sent } = await play([{ text: "Hours" }, { sms: "Hours" }, { hear: "Hello" }, "hangup"]);
    expect([failure, sent.slice(0, 2)]).toEqual([undefined, ["/sms", "/voice"]]);
  });

  it("writes after its call, if the script says how that ends", async () => {
    const after = [{ text: "Hours" }, { sms: "Hours" }];
    const { failure, sent } = await play([{ hear: "Hello" }, "hangup", ...after]);
    expect([failure, sent]).toEqual([undefined, ["/voice", "/status", "/sms"]]);
    expect((await play([{ press: "1" }, ...after])).failure?.message).toContain("recording a message");
  });

  it("lets time pass between messages, and shows what is sent meanwhile", async () => {
    const waited: number[] = [];
    const passes = async (seconds: number) => {
      waited.push(seconds);
      return [{ from: TEXT.to, to: TEXT.from, body: "Are you there?" }];
    };
    const { failure, transcript } = await play(
      [{ text: "Hours" }, { wait: "31m" }, { text: "Yes" }, { wait: "2d" }],
      passes,
    );
    expect([failure, waited]).toEqual([undefined, [31 * 60, 2 * 86_400]]);
    expect(transcript.slice(1, 4)).toEqual([
      "texts +14155550111: You wrote Hours.",
      "> wait: 31m",
      "texts +14155550111: Are you there?",
    ]);
  });

  it("knows a time from a wait within a call", async () => {
    expect((await play([{ hear: "Hello" }, { wait: "31m" }, "end"])).failure?.message).toBe(
      "The call is waiting for keys (# to finish), but the script says wait: 31m.",
    );
    expect((await play([{ text: "Hours" }, { wait: 5 }])).failure?.message).toContain("says wait: 5");
  });

  it("takes an end after a message for that of the conversation, and makes no call", async () => {
    const { failure, transcript, sent } = await play([{ text: "Hours" }, "end", { sms: "Hours" }]);
    expect([failure, sent]).toEqual([undefined, ["/sms"]]);
    expect(transcript.at(-1)).toBe("> end");
    const after = await play([{ hear: "Hello" }, "hangup", { text: "Hours" }, "end"]);
    expect([after.failure, after.sent]).toEqual([undefined, ["/voice", "/status", "/sms"]]);
  });

  it("fails if a reply is missing or invalid", async () => {
    expect((await play([{ text: "Hours" }, { sms: "Closed" }])).failure).toMatchObject({
      step: 1,
      message: "Nothing was sent.",
    });
    expect((await play([{ text: "Bad" }])).failure?.message).toContain("<Say> is not allowed");
  });

  it("looks for what is sent once the caller has hung up", async () => {
    expect((await play([{ hear: "Hello" }, "hangup", { sms: "Gave up" }])).failure).toBeUndefined();
    expect((await play([{ hear: "Hello" }, "hangup", { sms: "Gave in" }])).failure).toMatchObject({
      step: 2,
    });
  });

  it("says what a transcript of its message would hold", async () => {
    const { failure } = await play([{ press: "1" }, { record: 12, words: "Call me back" }, "end"]);
    expect([failure, heard]).toEqual([undefined, ["Call me back"]]);
  });
});
