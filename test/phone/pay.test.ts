import { describe, expect, it } from "vitest";
import type { PayAnswer } from "../../src/phone/leg/handset.ts";
import { type Answers, callPages, problemsIn, saidIn } from "./support.ts";

const PROMPTS =
  '<Prompt for="payment-card-number"><Say>Your card.</Say></Prompt>' +
  '<Prompt for="payment-card-number" attempt="2" errorType="timeout invalid-card-number"><Say>Once more.</Say></Prompt>' +
  '<Prompt for="payment-card-number" attempt="3"><Say>A last time.</Say></Prompt>' +
  '<Prompt for="payment-processing"><Say>One moment.</Say></Prompt>';

function pay(answers: Answers, attributes = "", inside = PROMPTS) {
  return callPages(
    {
      "/voice": `<Pay action="/action" securityCode="false" postalCode="false" ${attributes}>${inside}</Pay><Say>After it.</Say>`,
      "/action": "<Say>Goodbye.</Say>",
    },
    answers,
  );
}

const result = (name: Extract<PayAnswer, object>["result"], fields = {}): Answers => ({
  pay: [{ result: name, fields }],
});

describe("Pay", () => {
  it("asks for the card with the document's prompts, or Twilio's own", async () => {
    const { moments, sent } = await pay(result("success"), 'chargeAmount="20.45"');
    expect(moments).toContainEqual({
      kind: "paying",
      amount: "20.45",
      currency: "usd",
      method: "credit-card",
    });
    expect(saidIn(moments)[0]).toBe("Your card.");
    expect(saidIn(moments)[1]).toContain("expiration date");
    expect(saidIn(moments).slice(2)).toEqual(["One moment.", "Goodbye."]);
    expect(sent[1]?.params).toMatchObject({
      Result: "success",
      PaymentMethod: "credit-card",
      PaymentConfirmationCode: "ch_1",
    });
  });

  it("makes a token if nothing is charged", async () => {
    const { sent } = await pay(result("success"));
    expect(sent[1]?.params.PaymentToken).toBe("tok_1");
    expect(sent[1]?.params.PaymentConfirmationCode).toBeUndefined();
  });

  it("asks for the bank account of an ach-debit", async () => {
    const { moments, sent } = await pay(result("success"), 'paymentMethod="ach-debit"', "");
    expect(saidIn(moments)[0]).toContain("routing number");
    expect(saidIn(moments)[1]).toContain("account number");
    expect(sent[1]?.params.BankAccountNumber).toBe("*******92");
  });

  it("asks again with the prompt of the attempt, up to the last", async () => {
    const { moments, sent } = await pay(result("too-many-failed-attempts"), 'maxAttempts="3"');
    expect(saidIn(moments).slice(2)).toEqual(["Once more.", "A last time.", "Goodbye."]);
    expect(sent[1]?.params.Result).toBe("too-many-failed-attempts");
  });

  it("can continue with the next verb after the last attempt", async () => {
    const { moments, sent } = await pay(result("exhausted"), 'maxAttempts="2"');
    expect(saidIn(moments).slice(2)).toEqual(["Once more.", "After it."]);
    expect(sent).toHaveLength(1);
  });

  it("hands on what the scenario says of the result", async () => {
    const { sent } = await pay(result("payment-connector-error", { PaymentError: "card is declined" }));
    expect(sent[1]?.params).toMatchObject({
      Result: "payment-connector-error",
      PaymentError: "card is declined",
    });
  });

  it("who hangs up is reported to the action, whose document is not played", async () => {
    const { moments, sent, ended } = await pay({});
    expect(sent[1]?.params).toMatchObject({ Result: "caller-hung-up", CallStatus: "completed" });
    expect(saidIn(moments)).not.toContain("Goodbye.");
    expect(ended.by).toBe("caller");
  });
});

describe("Refer", () => {
  const refer = (answers: Answers, from = "sip:ada@example.com") =>
    callPages(
      {
        "/voice": '<Refer action="/action"><Sip>sip:desk@example.com</Sip></Refer><Say>Not referred.</Say>',
        "/action": "<Say>Goodbye.</Say>",
      },
      answers,
      { from },
    );

  it.each([
    [
      "in-progress",
      { ReferCallStatus: "in-progress", ReferSipResponseCode: "202", NotifySipResponseCode: "200" },
    ],
    ["busy", { ReferCallStatus: "busy", ReferSipResponseCode: "202", NotifySipResponseCode: "486" }],
    ["no-answer", { ReferCallStatus: "no-answer", ReferSipResponseCode: "202" }],
    ["failed", { ReferCallStatus: "failed", ReferSipResponseCode: "405" }],
    ["untold", { ReferSipResponseCode: "202" }],
  ] as const)("%s is told to the action", async (status, params) => {
    const { moments, sent } = await refer({ refer: [{ status }] });
    expect(moments).toContainEqual({ kind: "referring", to: "sip:desk@example.com" });
    expect(sent[1]?.params).toMatchObject(params);
    expect(saidIn(moments)).toEqual(["Goodbye."]);
  });

  it("who hangs up is reported as canceled", async () => {
    const { sent, ended } = await refer({});
    expect(sent[1]?.params).toMatchObject({ ReferCallStatus: "canceled", CallStatus: "completed" });
    expect(ended.by).toBe("caller");
  });

  it("a caller from the telephone network cannot be referred, and hears what comes next", async () => {
    const { moments, sent } = await refer({ refer: [{ status: "in-progress" }] }, "+14155550111");
    expect(problemsIn(moments)).toEqual([13801]);
    expect(sent).toHaveLength(1);
    expect(saidIn(moments)).toEqual(["Not referred."]);
  });
});
