/** What the engine reads of a webhook and hands out, row by row. */
import { describe, expect, test } from "vitest";
import { personAt, readCaller } from "../../src/engine/caller.ts";
import { identityOf, OVER, readEvent } from "../../src/engine/event.ts";
import { nameOfParameter } from "../../src/engine/parameters.ts";
import { markMenu, menuBefore } from "../../src/engine/scope.ts";
import { readyMessage } from "../../src/engine/text-message.ts";
import { callWith } from "./support.ts";

describe("a caller", () => {
  const WORDS = ["anonymous", "restricted", "blocked", "private", "withheld", "unknown", "unavailable"];
  const KEYS = ["266696687", "7378742833", "2562533", "7748283", "8656696", "86282452253"];

  test.each(["", ...WORDS, ...KEYS, ...KEYS.map((keys) => `+${keys}`), "client:Anonymous", "ANONYMOUS"])(
    "%j hides the number",
    (From) => {
      const hidden = { number: "anonymous", hidden: true, city: "", name: "Ada" };
      expect(readCaller({ From, FromCity: "Bangkok", CallerName: "Ada" })).toMatchObject(hidden);
    },
  );

  test.each(
    [...WORDS, ...KEYS].flatMap((one) => [`sip:${one}@a.example`, `sips:${one}@a.example`, `${one}@`]),
  )("%j hides it too", (From) => {
    expect(readCaller({ From }).hidden).toBe(true);
  });

  test.each([
    "+14155550111",
    "xanonymous",
    "anonymousx",
    "client:anonymous2",
    "sip:ada@anonymous",
    "++2562533",
  ])("%j does not", (From) => {
    expect(readCaller({ From, FromCity: "Oakland" })).toMatchObject({
      number: From,
      hidden: false,
      city: "Oakland",
    });
  });

  test("is empty where nothing is said", () => {
    const nothing = { name: "", city: "", state: "", zip: "", country: "", attestation: "", verified: false };
    expect(readCaller({ From: "+14155550111" })).toEqual({
      number: "+14155550111",
      hidden: false,
      ...nothing,
    });
    const To = { To: "+14155550122", ToCity: "a", ToState: "b", ToZip: "c", ToCountry: "d" };
    expect(readCaller({ ...To, Direction: "outbound-api", From: "+1", FromCity: "x" })).toEqual({
      ...nothing,
      number: "+14155550122",
      hidden: false,
      city: "a",
      state: "b",
      zip: "c",
      country: "d",
    });
  });

  test.each([
    ["TN-Validation-Passed-A", "A"],
    ["TN-Validation-Passed-B", "B"],
    ["TN-Validation-Passed-C-Diverted", "C"],
    ["TN-Validation-Passed-A-Passthrough", "A"],
    ["TN-Validation-Passed-A-Diverted-Passthrough", "A"],
    ["TN-Validation-Passed-D", ""],
    ["TN-Validation-Failed-A", ""],
    ["x-TN-Validation-Passed-A", ""],
    ["TN-Validation-Passed-A-Other", ""],
    ["", ""],
  ])("with %s has the attestation %j", (StirVerstat, attestation) => {
    expect(readCaller({ From: "+1", StirVerstat })).toMatchObject({
      attestation,
      verified: attestation === "A",
    });
  });

  test.each([
    ["+5215512345678", "+525512345678"],
    ["+5491112345678", "+541112345678"],
    ["+5511961234567", "+551161234567"],
    ["+5511991234567", "+551191234567"],
    ["+5511951234567", "+5511951234567"],
    ["whatsapp:+5215512345678", "whatsapp:+525512345678"],
    ["+52155123456789", "+52155123456789"],
    ["+54911123456789", "+54911123456789"],
    ["+551199123456789", "+551199123456789"],
    ["+14155550111", "+14155550111"],
  ])("%s is the person at %s", (address, person) => {
    expect(personAt(address)).toBe(person);
  });

  test("is the call itself if the number is hidden", () => {
    expect(identityOf(readEvent({ CallSid: "CA1", From: "anonymous" }))).toBe("CA1");
    expect(identityOf(readEvent({ CallSid: "CA1", From: "+5215512345678" }))).toBe("+525512345678");
  });
});

describe("a webhook", () => {
  test.each(["completed", "busy", "no-answer", "failed", "canceled"])(
    "%s is the end of a call",
    (CallStatus) => {
      expect(readEvent({ CallStatus }).gone).toBe(true);
      expect(OVER.test(`x${CallStatus}`) || OVER.test(`${CallStatus}x`)).toBe(false);
    },
  );

  test.each([
    [{}, false],
    [{ CallStatus: "in-progress" }, false],
    [{ RecordingStatus: "completed" }, true],
    [{ TranscriptionStatus: "completed" }, true],
    [{ MessageSid: "SM1" }, true],
  ])("%j is heard by no one: %s", (params, gone) => {
    expect(readEvent(params).gone).toBe(gone);
  });

  test("without parameters is empty texts", () => {
    expect(readEvent({})).toEqual({
      sid: "",
      parentSid: "",
      accountSid: "",
      status: "",
      to: "",
      number: "",
      direction: "",
      channel: "voice",
      caller: expect.objectContaining({ number: "anonymous" }),
      input: { digits: "", speech: "", confidence: 0 },
      message: { body: "", media: "", attachments: [] },
      gone: false,
      origin: {},
      params: {},
    });
  });

  test("of a message has its text and at most ten files", () => {
    const files = Array.from({ length: 11 }, (_, i) => [
      [`MediaUrl${i}`, `https://m.example/${i}`],
      [`MediaContentType${i}`, `image/${i}`],
    ]).flat();
    const { message, sid } = readEvent({ MessageSid: "SM1", Body: "Hi", ...Object.fromEntries(files) });
    expect(sid).toBe("SM1");
    expect(message).toEqual({
      body: "Hi",
      media: "https://m.example/0",
      attachments: Array.from({ length: 10 }, (_, i) => ({
        url: `https://m.example/${i}`,
        type: `image/${i}`,
      })),
    });
    expect(readEvent({ MessageSid: "SM1", MediaUrl1: "u" }).message).toEqual({
      body: "",
      media: "",
      attachments: [{ url: "u", type: "" }],
    });
  });

  test.each([
    ["SipHeader_X-Account-Id", "account_id"],
    ["sipheader_x-account-id", "account_id"],
    ["SipHeader_Account", "account"],
    ["SipHeader_", "SipHeader_"],
    ["MySipHeader_X-A", "MySipHeader_X-A"],
    ["Account-Id", "Account-Id"],
  ])("has the parameter %s as %s", (parameter, name) => {
    expect(nameOfParameter(parameter)).toBe(name);
  });
});

describe("a text message", () => {
  const form = { To: "+14155550111", From: "+14155550100", Body: "Hi" };

  test.each([
    ["+1234567", "+14155550100"],
    ["+123456789012345", "+14155550100"],
    [" +14155550111 ", " +14155550100 "],
    ["123", "123"],
    ["12345678", ""],
    ["whatsapp:+14155550111", "whatsapp:+14155550100"],
    ["rcs:brand", "MG1"],
    ["messenger:1", ""],
    ["messenger:1", "messenger:2"],
  ])("to %j from %j is ready", (To, From) => {
    expect(readyMessage({ ...form, To, From })).toEqual({
      form: { ...form, To: To.trim(), From: From.trim() },
      cut: false,
    });
  });

  test("joins the receiver's channel", () => {
    const ready = readyMessage({ ...form, To: "whatsapp:+14155550111" });
    expect(ready).toMatchObject({ form: { From: "whatsapp:+14155550100" } });
  });

  test.each<[Partial<typeof form> & { MediaUrl?: string }, string]>([
    [{ To: "" }, "a text message cannot reach an empty address"],
    [{ To: "anonymous" }, "a text message cannot reach a caller who hides the number"],
    [{ To: "+123456" }, "a text message cannot reach this address"],
    [{ To: "+1234567890123456" }, "a text message cannot reach this address"],
    [{ To: "12" }, "a text message cannot reach this address"],
    [{ To: "123456789" }, "a text message cannot reach this address"],
    [{ To: "x+14155550111" }, "a text message cannot reach this address"],
    [{ To: "sip:ada@a.example" }, "a text message cannot reach a sip address"],
    [{ To: "whatsapp:" }, "a text message cannot reach a whatsapp address"],
    [{ Body: " \n" }, "the text message is empty"],
    [
      { To: "messenger:1" },
      "a text message cannot go from this address to a messenger address: use one channel",
    ],
    [
      { From: "whatsapp:+14155550100" },
      "a text message cannot go from a whatsapp address to this address: use one channel",
    ],
    [
      { To: "whatsapp:+14155550111", From: "Ringflow" },
      "a text message cannot go from this address to a whatsapp address: use one channel",
    ],
  ])("%j: %s", (more, problem) => {
    expect(readyMessage({ ...form, ...more })).toEqual({ problem });
  });

  test("can be a picture alone, and is cut to what Twilio takes", () => {
    expect(readyMessage({ ...form, Body: "", MediaUrl: "u" })).toMatchObject({ cut: false });
    const [most, more] = [1600, 1601].map((size) => readyMessage({ ...form, Body: "x".repeat(size) }));
    expect(most).toMatchObject({ cut: false });
    expect(more).toMatchObject({ cut: true });
  });
});

describe("the menus on the way", () => {
  const trailOf = (...steps: string[]) => {
    const call = callWith();
    for (const step of steps) markMenu(call, step);
    return call;
  };

  test.each([
    [
      ["a", "b", "c"],
      ["a", "b", "c"],
    ],
    [
      ["a", "b", "c", "b"],
      ["a", "b"],
    ],
    [["a", "b", "a"], ["a"]],
    [[..."abcdefghij"], [..."abcdefghij"]],
    [[..."abcdefghijk"], [..."bcdefghijk"]],
  ])("%j are %j", (steps, trail) => {
    expect(trailOf(...steps).trail).toEqual(trail);
  });

  test.each([
    [["a", "b"], "b", "a"],
    [["a", "b"], "c", "b"],
    [["a", "b", "c"], "d", "c"],
    [["a", "b", "c"], "c", "b"],
    [["a"], "a", "a"],
    [[], "a", "a"],
  ])("%j: before %s is %s", (steps, step, before) => {
    expect(menuBefore(trailOf(...steps), step)).toBe(before);
  });
});
