import { expect, test } from "vitest";
import { identityOf, readEvent, timeoutEvent } from "../../src/engine/event.ts";

test("an empty webhook has every field", () => {
  expect(readEvent({})).toEqual({
    sid: "",
    parentSid: "",
    accountSid: "",
    status: "",
    to: "",
    number: "",
    direction: "",
    channel: "voice",
    caller: {
      number: "anonymous",
      hidden: true,
      name: "",
      city: "",
      state: "",
      zip: "",
      country: "",
      attestation: "",
      verified: false,
    },
    input: { digits: "", speech: "", confidence: 0 },
    message: { body: "", media: "", attachments: [] },
    gone: false,
    origin: {},
    params: {},
  });
});

test("an incoming call's webhook", () => {
  const params = {
    CallSid: "CA1",
    AccountSid: "AC1",
    ParentCallSid: "CA0",
    CallStatus: "ringing",
    From: "+14155550111",
    To: "+14155550100",
    Direction: "inbound",
    CallerName: "ADA LOVELACE",
    FromCity: "DOTHAN",
    FromState: "AL",
    FromZip: "33333",
    FromCountry: "US",
    StirVerstat: "TN-Validation-Passed-A",
    ForwardedFrom: "+14155550199",
    AnsweredBy: "human",
  };
  const event = readEvent(params);
  expect(event).toMatchObject({
    sid: "CA1",
    accountSid: "AC1",
    parentSid: "CA0",
    status: "ringing",
    to: "+14155550100",
    direction: "inbound",
    caller: { number: "+14155550111", name: "ADA LOVELACE", city: "DOTHAN", zip: "33333", verified: true },
    origin: {
      forwardedFrom: "+14155550199",
      answeredBy: "human",
      name: "ADA LOVELACE",
      attestation: "A",
      verified: true,
    },
  });
  expect(event.params).toEqual(params);
});

test.each([
  ["TN-Validation-Passed-A", "A"],
  ["TN-Validation-Passed-A-Diverted", "A"],
  ["TN-Validation-Passed-A-Diverted-Passthrough", "A"],
  ["TN-Validation-Passed-A-Passthrough", "A"],
  ["TN-Validation-Passed-B", "B"],
  ["TN-Validation-Passed-C-Diverted", "C"],
  ["TN-Validation-Passed-A-Rewritten", ""],
  ["TN-Validation-Passed-AB", ""],
  ["TN-Validation-Failed-A", ""],
  ["TN-Validation-Failed-A-Passthrough", ""],
  ["No-TN-Validation", ""],
  ["", ""],
])("StirVerstat %j is the attestation %j", (StirVerstat, attestation) => {
  const event = readEvent({ StirVerstat });
  const verified = attestation === "A";
  expect(event.caller.attestation).toBe(attestation);
  expect(event.origin.attestation ?? "").toBe(attestation);
  expect(event.caller.verified).toBe(verified);
  expect(event.origin.verified ?? false).toBe(verified);
});

test.each([
  "",
  "anonymous",
  "Anonymous",
  "Restricted",
  "RESTRICTED",
  "blocked",
  "private",
  "unknown",
  "Unavailable",
  "client:Anonymous",
  "sip:anonymous@anonymous.invalid",
  "sip:Restricted@198.51.100.7:5060",
  "sips:unknown@unknown.invalid",
  "sip:+266696687@carrier.example.com",
  "+266696687",
  "266696687",
  "+86282452253",
  "+7378742833",
  "+2562533",
  "+7748283",
  "+8656696",
])("a caller who hides the number: %j", (From) => {
  const event = readEvent({ CallSid: "CA1", From, FromCity: "BANGKOK", FromCountry: "TH" });
  expect(event.caller).toMatchObject({ number: "anonymous", hidden: true, city: "", country: "" });
  expect(identityOf(event)).toBe("CA1");
});

test.each(["+14155550111", "+2666966870", "+66966871", "client:ada", "sip:ada@example.com", "unknown1"])(
  "a caller who does not: %j",
  (From) => {
    const event = readEvent({ CallSid: "CA1", From, FromCountry: "US" });
    expect(event.caller).toMatchObject({ number: From, hidden: false, country: "US" });
    expect(identityOf(event)).toBe(From);
  },
);

test.each(["outbound-api", "outbound-dial"])(
  "the other person of an %s call is the one called",
  (Direction) => {
    const event = readEvent({
      ...{ Direction, From: "+14155550100", FromCity: "OAKLAND", FromCountry: "US" },
      ...{ To: "+442079460000", ToCity: "LONDON", ToState: "ENG", ToZip: "EC1", ToCountry: "GB" },
    });
    expect(event).toMatchObject({
      to: "+442079460000",
      number: "+14155550100",
      direction: Direction,
      caller: { number: "+442079460000", city: "LONDON", state: "ENG", zip: "EC1", country: "GB" },
    });
  },
);

test.each([
  [{ Digits: "007" }, { digits: "007", speech: "", confidence: 0 }],
  [
    { SpeechResult: "Sales, please.", Confidence: "0.93" },
    { digits: "", speech: "Sales, please.", confidence: 0.93 },
  ],
  [
    { SpeechResult: "hm", Confidence: "" },
    { digits: "", speech: "hm", confidence: 0 },
  ],
  [
    { SpeechResult: "hm", Confidence: "high" },
    { digits: "", speech: "hm", confidence: 0 },
  ],
])("an answer: %j", (params, input) => {
  expect(readEvent(params).input).toEqual(input);
});

test.each([
  ["12", 12],
  ["12.7", 12],
  ["first", 0],
  ["-1", 0],
  ["1e400", 1],
  ["9".repeat(400), 999_999_999],
])("a place in a queue: %j", (QueuePosition, position) => {
  expect(readEvent({ QueuePosition }).queue?.position).toBe(position);
});

test("a webhook that names no place in a queue", () => {
  expect(readEvent({ QueuePosition: "", QueueTime: "12" }).queue).toBeUndefined();
});

test.each([
  [{ CallStatus: "completed" }, true],
  [{ CallStatus: "canceled" }, true],
  [{ CallStatus: "no-answer" }, true],
  [{ CallStatus: "ringing" }, false],
  [{ RecordingStatus: "completed" }, true],
  [{ TranscriptionStatus: "failed" }, true],
  [{ MessageSid: "SM1", Body: "Hello" }, true],
  [{ CallStatus: "in-progress", Digits: "1" }, false],
])("nobody follows a Redirect behind %j: %s", (params, gone) => {
  expect(readEvent(params).gone).toBe(gone);
});

test("a text message's media can lack a type, and a number its digits", () => {
  const event = readEvent({ MessageSid: "SM1", NumMedia: "1", MediaUrl0: "https://example.com/a" });
  expect(event.message.attachments).toEqual([{ url: "https://example.com/a", type: "" }]);
  expect(readEvent({ QueuePosition: "some", CurrentQueueSize: "3" }).queue).toMatchObject({
    position: 0,
    size: 3,
  });
});

test.each([
  ["a call", { CallSid: "CA1", From: "+14155550111" }, "voice"],
  ["an SMS", { MessageSid: "SM1", From: "+14155550111" }, "sms"],
  ["WhatsApp", { MessageSid: "SM1", From: "whatsapp:+14155550111" }, "whatsapp"],
  ["RCS", { MessageSid: "SM1", From: "+14155550111", To: "rcs:brand_agent" }, "rcs"],
  ["Messenger", { MessageSid: "SM1", From: "messenger:1234" }, "messenger"],
  ["another channel", { MessageSid: "SM1", From: "constructor:1234" }, "sms"],
])("%s has its channel", (_, params, channel) => {
  expect(readEvent(params).channel).toBe(channel);
});

test("the end of the time to answer has the channel of its conversation, and nothing to reply to", () => {
  const event = timeoutEvent("SM1", "AC1", "whatsapp:+14155550111", "whatsapp:+14155550100");
  expect(event).toMatchObject({
    sid: "SM1",
    channel: "whatsapp",
    gone: true,
    number: "whatsapp:+14155550100",
  });
  expect(event.params).not.toHaveProperty("MessageSid");
});
