/** `<Pay>`: the results of a payment. */
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const FAILED = [
  "too-many-failed-attempts",
  "payment-connector-error",
  "caller-interrupted-with-star",
  "validation-error",
  "internal-error",
] as const;

export const pay: Verb = { answers, hangUp: { Result: "caller-hung-up" } };

function answers({ element }: Asked): Answer[] {
  const card = { PaymentCardNumber: "xxxx-xxxx-xxxx-4242", PaymentCardType: "visa", ExpirationDate: "1230" };
  const paid = { Result: "success", PaymentConfirmationCode: "ch_1", PaymentToken: "tok_1", ...card };
  return [
    outcome(element, "paid", paid, { pay: "success" }),
    ...FAILED.map((result) => outcome(element, result, { Result: result }, { pay: result })),
    // After the last attempt without an answer, Twilio plays the next verb.
    { ...outcome(element, "exhausted", { Result: "exhausted" }, { pay: "exhausted" }), next: "next" },
  ];
}
