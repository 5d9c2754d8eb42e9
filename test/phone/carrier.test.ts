import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, it } from "vitest";
import { startCall } from "../../src/phone/carrier.ts";
import {
  BASE,
  callPages,
  fakeLine,
  handset,
  type Page,
  problemsIn,
  saidIn,
  TOKEN,
  twiml,
} from "./support.ts";

const xml = (body: string, type = "text/xml") => new Response(body, { headers: { "content-type": type } });

describe("the first webhook", () => {
  it("carries what Twilio sends, signed", async () => {
    const { sent } = await callPages({ "/voice": "<Hangup/>" }, {}, { city: "BOSTON", country: "US" });
    const [first] = sent;
    expect(first?.params).toEqual({
      CallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      AccountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      CallStatus: "ringing",
      Direction: "inbound",
      ApiVersion: "2010-04-01",
      From: "+14155550111",
      Caller: "+14155550111",
      To: "+14155550122",
      Called: "+14155550122",
      FromCity: "BOSTON",
      FromState: "",
      FromZip: "",
      FromCountry: "US",
      CallerCity: "BOSTON",
      CallerState: "",
      CallerZip: "",
      CallerCountry: "US",
    });
    expect(first?.method).toBe("POST");
    expect(first?.headers["Content-Type"]).toContain("application/x-www-form-urlencoded");
    expect(first?.headers["I-Twilio-Idempotency-Token"]).toMatch(/^TK/);
    const signature = first?.headers["X-Twilio-Signature"] ?? "";
    expect(validateRequest(TOKEN, signature, `${BASE}/voice`, first?.params ?? {})).toBe(true);
  });

  it("carries what the caller brings besides", async () => {
    const more = { callerName: "ADA", answeredBy: "human", attestation: "A" } as const;
    const { sent } = await callPages({ "/voice": "<Hangup/>" }, {}, more);
    expect(sent[0]?.params).toMatchObject({
      CallerName: "ADA",
      AnsweredBy: "human",
      StirVerstat: "TN-Validation-Passed-A",
    });
  });

  it("is answered already if Twilio makes it, and its place is that of the person called", async () => {
    const more = { direction: "outbound", city: "OAKLAND" } as const;
    const { sent } = await callPages({ "/voice": "<Hangup/>" }, {}, more);
    expect(sent[0]?.params).toMatchObject({
      Direction: "outbound-api",
      CallStatus: "in-progress",
      ToCity: "OAKLAND",
      CalledCity: "OAKLAND",
    });
    expect(sent[0]?.params).not.toHaveProperty("FromCity");
  });

  it("is the same to the last digit for the same seed, and another for another", async () => {
    const tell = async (seed: string) => (await callPages({ "/voice": "<Hangup/>" }, {}, { seed })).sent;
    expect(await tell("one")).toEqual(await tell("one"));
    expect((await tell("one"))[0]?.params.CallSid).not.toBe((await tell("two"))[0]?.params.CallSid);
  });
});

describe("documents follow each other", () => {
  it("by redirects, relative ones against the document's own URL, and never with a fragment", async () => {
    const { sent, ended } = await callPages(
      {
        "/a/start": "<Say>One.</Say><Redirect>next?x=1#rc=2&amp;rt=5000</Redirect><Say>Never.</Say>",
        "/a/next": `<Redirect method="GET">/b</Redirect>`,
        "/b": "<Say>Two.</Say>",
      },
      {},
      { url: `${BASE}/a/start#rc=1` },
    );
    expect(sent.map(({ method, url }) => `${method} ${url.split("&")[0]}`)).toEqual([
      `POST ${BASE}/a/start`,
      `POST ${BASE}/a/next?x=1`,
      expect.stringMatching(/^GET https:\/\/flows\.example\/b\?CallSid=CA/),
    ]);
    for (const { url, params, headers, method } of sent) {
      const form = method === "POST" ? params : {};
      expect(validateRequest(TOKEN, headers["X-Twilio-Signature"] ?? "", url, form)).toBe(true);
    }
    expect(sent.map(({ params }) => params.CallStatus)).toEqual(["ringing", "in-progress", "in-progress"]);
    expect(ended.by).toBe("flow");
  });

  it("an empty redirect fetches the document again", async () => {
    let times = 0;
    const { sent } = await callPages({ "/voice": () => (++times < 3 ? "<Redirect/>" : "<Hangup/>") });
    expect(sent.map(({ path }) => path)).toEqual(["/voice", "/voice", "/voice"]);
  });

  it("but not forever: 100 without input end the call", async () => {
    const { sent, moments, ended } = await callPages({ "/voice": "<Redirect/>" });
    expect(sent).toHaveLength(100);
    expect(moments).toContainEqual(expect.objectContaining({ kind: "problem", element: "Response" }));
    expect(ended.by).toBe("problem");
  });

  it("forever, if the caller is asked in between", async () => {
    const page = `<Gather action="/voice"/><Redirect/>`;
    const { sent } = await callPages({ "/voice": page }, { gather: Array(150).fill("silence") });
    expect(sent).toHaveLength(151);
  });
});

describe("answers that Twilio does not play", () => {
  const answered = (page: Page) => callPages({ "/voice": page });
  const long = `<Response><!--${"é".repeat(33_000)}--></Response>`;
  it.each<[string, Page, number]>([
    ["a refusal", new Response("no", { status: 403 }), 11200],
    ["a failure", new Response("oops", { status: 500 }), 11200],
    ["a redirection", new Response(null, { status: 302 }), 11200],
    ["JSON", xml("{}", "application/json"), 12300],
    ["no content type", new Response(new TextEncoder().encode("<Response/>")), 12300],
    ["nothing", xml(""), 11770],
    ["more than 64 kB", xml(long), 11750],
    ["bad XML", xml("<Response>"), 12100],
    ["a page for browsers", xml("<html/>", "text/html"), 12102],
    ["no connection", () => Promise.reject(new Error("connection refused")), 11200],
  ])("%s", async (_, page, code) => {
    const { ended, moments } = await answered(page);
    expect(problemsIn(moments)).toEqual([code]);
    expect(ended.by).toBe("problem");
    expect(saidIn(moments)).toEqual(["We are sorry. An application error has occurred. Goodbye."]);
  });

  it("an answer that does not come", async () => {
    const line = { ...fakeLine({ "/voice": () => new Promise<Response>(() => {}) }), deadline: 0.01 };
    const phone = handset();
    const options = { url: `${BASE}/voice`, from: "+14155550111", to: "+14155550122", seed: "late" };
    expect((await startCall(line, options, phone).ended).by).toBe("problem");
    expect(problemsIn(phone.moments)).toEqual([11205]);
  });

  it.each<[string, Page, object]>([
    ["audio is played", xml("...", "audio/mpeg"), { kind: "played", url: `${BASE}/voice` }],
    ["plain text is spoken", xml("Hello there", "text/plain"), { kind: "said", text: "Hello there" }],
    [
      "plain text that is TwiML is played",
      xml("<Response><Say>Hi</Say></Response>", "text/plain"),
      { text: "Hi" },
    ],
    [
      "TwiML may say that it is HTML",
      xml("<Response><Say>Hi</Say></Response>", "text/html; x=y"),
      { text: "Hi" },
    ],
    [
      "64 kB are not too much",
      xml(long.slice(0, 32_000).concat("--></Response>")),
      { kind: "ended", by: "flow" },
    ],
  ])("%s", async (_, page, moment) => {
    expect((await answered(page)).moments).toContainEqual(expect.objectContaining(moment));
  });
});

describe("warnings", () => {
  it("are reported, and the rest of the document is played", async () => {
    const { moments, ended } = await callPages({ "/voice": "<Shout/><Say>Hello.</Say>" });
    expect(problemsIn(moments)).toEqual([12200]);
    expect(saidIn(moments)).toEqual(["Hello."]);
    expect(ended.by).toBe("flow");
  });

  it("a verb that the carrier does not play ends the call, and says so", async () => {
    const { moments, ended } = await callPages({ "/voice": "<Sms>Hello.</Sms><Say>Hello.</Say>" });
    expect(moments).toContainEqual({
      kind: "problem",
      element: "Sms",
      message: "The carrier does not support <Sms> here yet.",
    });
    expect(ended.by).toBe("problem");
  });
});

describe("the end of a call", () => {
  it.each<[string, string, string, string]>([
    ["a document that runs out", "<Say>Bye.</Say>", "flow", "completed"],
    ["an empty document", "", "flow", "completed"],
    ["Hangup", "<Hangup/><Say>Never.</Say>", "flow", "completed"],
    ["Reject at the beginning", "<Reject/>", "flow", "no-answer"],
    ["Reject as busy", `<Reject reason="busy"/>`, "flow", "busy"],
    ["Reject of a call that was answered", `<Say>Hi.</Say><Reject reason="busy"/>`, "flow", "completed"],
    ["Echo", "<Echo/><Say>Never.</Say>", "caller", "completed"],
    ["Leave outside a queue, which has no effect", "<Leave/><Hangup/>", "flow", "completed"],
  ])("%s", async (_, page, by, status) => {
    const { ended, sent, moments } = await callPages(
      { "/voice": page, "/status": twiml("") },
      {},
      {
        statusUrl: `${BASE}/status`,
      },
    );
    expect(ended).toMatchObject({ by, status });
    expect(moments.at(-1)).toBe(ended);
    expect(saidIn(moments)).not.toContain("Never.");
    expect(sent.at(-1)).toMatchObject({ path: "/status", params: { CallStatus: status } });
  });

  it("the status callback has its duration", async () => {
    const page = `<Pause length="50"/><Say>one two three four five six seven eight nine ten</Say><Pause length="7"/>`;
    const { sent, ended } = await callPages(
      { "/voice": page, "/status": "" },
      {},
      { statusUrl: `${BASE}/status` },
    );
    expect(ended.seconds).toBe(61);
    expect(sent.at(-1)?.params).toMatchObject({
      CallDuration: "61",
      Duration: "2",
      Timestamp: "Mon, 23 Nov 2026 17:01:01 +0000",
      CallbackSource: "call-progress-events",
      SequenceNumber: "0",
    });
  });

  it("a refused status callback is a warning", async () => {
    const { moments, ended } = await callPages({ "/voice": "" }, {}, { statusUrl: `${BASE}/status` });
    expect(problemsIn(moments)).toEqual([15003]);
    expect(ended.by).toBe("flow");
  });

  it("hanging up while something is said ends the call at the next verb", async () => {
    const line = fakeLine({ "/voice": "<Say>One.</Say><Say>Two.</Say><Redirect/>" });
    const phone = handset();
    const hear = phone.hear;
    const options = { url: `${BASE}/voice`, from: "+14155550111", to: "+14155550122", seed: "gone" };
    const call = startCall(line, options, {
      ...phone,
      hear: (moment) => {
        if (moment.kind === "said") call.hangUp();
        return hear(moment);
      },
    });
    expect((await call.ended).by).toBe("caller");
    expect(saidIn(phone.moments)).toEqual(["One."]);
    expect(line.sent).toHaveLength(1);
  });
});
