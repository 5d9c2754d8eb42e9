import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GatherAnswer } from "../../src/phone/leg/handset.ts";
import { callPages, saidIn } from "./support.ts";

/** What a gather makes of an answer: the parameters of its action, or "on" if the next verb is played. */
async function gather(attributes: string, answer: GatherAnswer): Promise<Record<string, string> | "on"> {
  const page = `<Gather action="/action" ${attributes}><Say>Choose.</Say></Gather><Say>Nothing came.</Say>`;
  const { sent, moments } = await callPages({ "/voice": page, "/action": "<Hangup/>" }, { gather: [answer] });
  if (saidIn(moments).includes("Nothing came.")) return "on";
  const { Digits, SpeechResult, Confidence, FinishedOnKey } = sent[1]?.params ?? {};
  return JSON.parse(JSON.stringify({ Digits, SpeechResult, Confidence, FinishedOnKey }));
}

describe("Gather takes keys", () => {
  it.each<[string, string, string, string | "on"]>([
    ["up to numDigits", `numDigits="1"`, "1", "1"],
    ["keys beyond numDigits are lost", `numDigits="2"`, "1234", "12"],
    ["fewer than numDigits, after the timeout", `numDigits="4"`, "12", "12"],
    ["up to # if nothing else is said", "", "123#4", "123"],
    ["up to another finishing key", `finishOnKey="*"`, "12#3*4", "12#3"],
    ["# itself where nothing finishes", `finishOnKey="" numDigits="1"`, "#", "#"],
    ["numDigits before the finishing key", `numDigits="2"`, "12#", "12"],
    ["leading zeros", "", "007#", "007"],
    ["a finishing key first is not input", "", "#", "on"],
    ["not if only speech is accepted", `input="speech"`, "1", "on"],
    ["besides speech", `input="dtmf speech"`, "1#", "1"],
  ])("%s", async (_, attributes, digits, expected) => {
    const answer = await gather(attributes, { digits });
    expect(answer === "on" ? "on" : answer.Digits).toEqual(expected);
  });

  it.each([
    ["the key that ended the digits", "", "123#4", { Digits: "123", FinishedOnKey: "#" }],
    ["the key alone", `actionOnEmptyResult="true"`, "#", { Digits: "", FinishedOnKey: "#" }],
    [
      "another key alone",
      `actionOnEmptyResult="true" finishOnKey="*"`,
      "*",
      { Digits: "", FinishedOnKey: "*" },
    ],
    ["no key after numDigits", `numDigits="2"`, "12#", { Digits: "12" }],
    ["no key after the timeout", "", "12", { Digits: "12" }],
  ])("and says which key ended them: %s", async (_, attributes, digits, expected) => {
    expect(await gather(attributes, { digits })).toEqual(expected);
  });

  it("does not wait for the timeout if the finishing key is pressed alone", async () => {
    const page = `<Gather timeout="60" action="/action" actionOnEmptyResult="true"/>`;
    const { ended } = await callPages({ "/voice": page, "/action": "" }, { gather: [{ digits: "#" }] });
    expect(ended.seconds).toBeLessThan(5);
  });

  it("and hands on what was pressed before the finishing key, at most numDigits of it", async () => {
    const keys = fc.string({ unit: fc.constantFrom(..."0123456789*#"), minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 9 }), async (digits, most) => {
        const taken = (digits.split("#")[0] ?? "").slice(0, most);
        const result = await gather(`numDigits="${most}"`, { digits });
        expect(result === "on" ? "" : result.Digits).toEqual(taken);
      }),
      { numRuns: 50 },
    );
  });
});

describe("Gather takes words", () => {
  it.each<[string, string, GatherAnswer, Record<string, string> | "on"]>([
    [
      "with a confidence",
      `input="speech"`,
      { speech: "sales", confidence: 0.4 },
      { SpeechResult: "sales", Confidence: "0.4" },
    ],
    ["without one", `input="dtmf speech"`, { speech: "sales" }, { SpeechResult: "sales", Confidence: "0.9" }],
    ["not if only keys are accepted", "", { speech: "sales" }, "on"],
    ["and empty words are silence", `input="speech"`, { speech: "" }, "on"],
  ])("%s", async (_, attributes, answer, expected) => {
    expect(await gather(attributes, answer)).toEqual(expected);
  });
});

describe("Gather and silence", () => {
  it("continues with the next verb after the timeout", async () => {
    const page = `<Gather timeout="7" action="/action"/><Say>Nothing came.</Say>`;
    const { sent, ended } = await callPages({ "/voice": page }, { gather: ["silence"] });
    expect(sent).toHaveLength(1);
    expect(ended.seconds).toBe(8);
  });

  it("requests the action with actionOnEmptyResult", async () => {
    expect(await gather(`actionOnEmptyResult="true"`, "silence")).toEqual({ Digits: "" });
  });

  it.each([`<Say loop="0">One.</Say>`, `<Play loop="0">a.mp3</Play>`])(
    "never ends a prompt that repeats without end: %s",
    async (prompt) => {
      const page = `<Gather action="/action" actionOnEmptyResult="true">${prompt}</Gather>`;
      const silent = await callPages({ "/voice": page, "/action": "" }, { gather: ["silence"] });
      expect(silent.ended.by).toBe("problem");
      expect(silent.sent).toHaveLength(1);
      const pressed = await callPages({ "/voice": page, "/action": "" }, { gather: [{ digits: "1#" }] });
      expect(pressed.sent[1]?.params.Digits).toBe("1");
    },
  );

  it("ends the call if nothing follows", async () => {
    const { ended } = await callPages({ "/voice": "<Gather/>" }, { gather: ["silence"] });
    expect(ended.by).toBe("flow");
  });
});

describe("Gather", () => {
  it("requests the current document without an action", async () => {
    const { sent } = await callPages({ "/voice": "<Gather/>" }, { gather: [{ digits: "1" }] });
    expect(sent.map(({ path, params }) => [path, params.Digits])).toEqual([
      ["/voice", undefined],
      ["/voice", "1"],
    ]);
  });

  it("requests by GET if its method says so", async () => {
    const page = `<Gather method="GET" action="/action?a=b"/>`;
    const { sent } = await callPages({ "/voice": page, "/action": "" }, { gather: [{ digits: "1" }] });
    expect(sent[1]).toMatchObject({ method: "GET", params: { a: "b", Digits: "1" } });
  });

  it("does not ask a caller who is gone, and sends nothing more", async () => {
    const { sent, ended } = await callPages({ "/voice": `<Gather action="/action"/><Say>Hi.</Say>` });
    expect(sent).toHaveLength(1);
    expect(ended.by).toBe("caller");
  });

  it.each([
    [
      "",
      { input: ["dtmf"], timeout: 5, numDigits: Number.POSITIVE_INFINITY, finishOnKey: "#", hints: [] },
      ["key"],
    ],
    [
      `input="speech dtmf" timeout="3" numDigits="2" finishOnKey="" hints="sales, front desk" language="es-US"`,
      {
        input: ["speech", "dtmf"],
        timeout: 3,
        numDigits: 2,
        finishOnKey: "",
        hints: ["sales", "front desk"],
        language: "es-US",
      },
      ["key", "speech"],
    ],
    [`input="speech" timeout="auto"`, { input: ["speech"], timeout: 5 }, ["speech"]],
  ])("tells the handset what it wants: %s", async (attributes, gathering, interruptedBy) => {
    const page = `<Gather ${attributes}><Say>One.</Say><Play>a.mp3</Play><Pause/></Gather>`;
    const { moments } = await callPages({ "/voice": page });
    expect(moments.map(({ kind }) => kind)).toEqual([
      "webhook",
      "said",
      "played",
      "paused",
      "gathering",
      "ended",
    ]);
    expect(moments[1]).toMatchObject({ interruptedBy });
    expect(moments[2]).toMatchObject({ interruptedBy });
    expect(moments[3]).toMatchObject({ interruptedBy });
    expect(moments[4]).toMatchObject(gathering);
  });
});
