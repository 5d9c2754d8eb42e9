import { expect, test } from "vitest";
import { readEvent } from "../../src/engine/event.ts";

test("an empty webhook has every field", () => {
  expect(readEvent({})).toEqual({
    sid: "",
    parentSid: "",
    accountSid: "",
    status: "",
    to: "",
    direction: "",
    caller: { number: "", name: "", city: "", state: "", zip: "", country: "", verified: false },
    input: { digits: "", speech: "", confidence: 0 },
    queue: { position: 0n, size: 0n, time: 0n, average: 0n },
    message: { body: "", media: "" },
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
    From: "anonymous",
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
    caller: { number: "anonymous", name: "ADA LOVELACE", city: "DOTHAN", zip: "33333", verified: true },
    origin: { forwardedFrom: "+14155550199", answeredBy: "human", name: "ADA LOVELACE", verified: true },
  });
  expect(event.params).toEqual(params);
});

test.each([
  ["TN-Validation-Passed-A", true],
  ["TN-Validation-Passed-A-Diverted", false],
  ["TN-Validation-Passed-B", false],
  ["TN-Validation-Failed-A", false],
  ["No-TN-Validation", false],
  ["", false],
])("StirVerstat %j makes the caller verified: %s", (StirVerstat, verified) => {
  const event = readEvent({ StirVerstat });
  expect(event.caller.verified).toBe(verified);
  expect(event.origin.verified ?? false).toBe(verified);
});

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
  ["12", 12n],
  ["12.7", 12n],
  ["", 0n],
  ["first", 0n],
  ["-1", 0n],
  ["1e400", 1n],
  ["9".repeat(400), 999_999_999n],
])("a place in a queue: %j", (QueuePosition, position) => {
  expect(readEvent({ QueuePosition }).queue.position).toBe(position);
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
