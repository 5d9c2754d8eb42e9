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

function answers(asked: Asked): Answer[] {
  const { element } = asked;
  const card = { PaymentCardNumber: "xxxx-xxxx-xxxx-4242", PaymentCardType: "visa", ExpirationDate: "1230" };
  const paid = { Result: "success", PaymentConfirmationCode: "ch_1", PaymentToken: "tok_1", ...card };
  return [
    outcome(element, "paid", paid, { pay: "success" }),
    ...otherFields(asked, paid),
    ...FAILED.map((result) => outcome(element, result, { Result: result }, { pay: result })),
    // After the last attempt without an answer, Twilio plays the next verb.
    { ...outcome(element, "exhausted", { Result: "exhausted" }, { pay: "exhausted" }), next: "next" },
  ];
}

/** Payments that differ in what the flow tells apart of them. */
function otherFields({ element, step, told }: Asked, paid: Readonly<Record<string, string>>): Answer[] {
  return told.paramsAt(step).flatMap((name) =>
    told.of(`param ${step} ${name}`).flatMap(({ side }) => {
      if (name === "Result" || !("value" in side)) return [];
      const fields = { [name]: String(side.value) };
      const line = { pay: "success" as const, fields };
      return outcome(element, `paid, ${name} ${fields[name]}`, { ...paid, ...fields }, line);
    }),
  );
}
