/**
 * `<Pay>`: asks for a card or a bank account, tries again, and requests the action with the result. Source: TwiML Pay,
 * Prompt.
 */

import type { TwimlDocument } from "../leg/document.ts";
import { followAction } from "../leg/follow-action.ts";
import type { PayAnswer } from "../leg/handset.ts";
import { type CallerLeg, emit, hangUp, type Params } from "../leg/leg.ts";
import type { Paying } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { type Element, elementsIn } from "../twiml/element.ts";
import { promptVerbs } from "./speech.ts";

/** Twilio's own prompts, for when no prompt of the document fits. */
const OWN_PROMPTS: Readonly<Record<string, string>> = {
  "payment-card-number": "Please enter your credit card number.",
  "expiration-date":
    "Please enter your credit card's expiration date: two digits for the month, two for the year.",
  "security-code": "Please enter your security code.",
  "postal-code": "Please enter your postal code.",
  "bank-routing-number": "Please enter your bank's routing number.",
  "bank-account-number": "Please enter your bank account number.",
  "payment-processing": "Please wait while your payment is processed.",
};

/** Plays a `<Pay>`. */
export async function pay(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const paying = read(element.attributes);
  const asked = askedOf(element.attributes);
  await emit(leg, paying);
  for (const what of asked) await ask(leg, element, document, what, 1);
  const answer = leg.call.gone ? "hangup" : await leg.handset.pay(paying);
  leg.call.sinceInput = 0;
  if (answer === "hangup") hangUp(leg);
  else await hearEnd(leg, element, document, asked[0] ?? "", answer.result);
  if (typeof answer === "object" && answer.result === "exhausted") return "next";
  return followAction(leg, element, document, paramsOf(answer, paying));
}

function read(attributes: Element["attributes"]): Paying {
  const { chargeAmount = "", currency = "usd", paymentMethod } = attributes;
  const method = paymentMethod === "ach-debit" ? "ach-debit" : "credit-card";
  return { kind: "paying", amount: chargeAmount, currency, method };
}

function askedOf({ paymentMethod, securityCode, postalCode = "true" }: Element["attributes"]): string[] {
  if (paymentMethod === "ach-debit") return ["bank-routing-number", "bank-account-number"];
  return [
    "payment-card-number",
    "expiration-date",
    ...(securityCode === "false" ? [] : ["security-code"]),
    ...(postalCode === "true" ? ["postal-code"] : []),
  ];
}

/** The prompts after the details: that the payment is processed, or the retries after each failure. */
async function hearEnd(
  leg: CallerLeg,
  element: Element,
  document: TwimlDocument,
  first: string,
  result: string,
): Promise<void> {
  if (result === "success") return ask(leg, element, document, "payment-processing", 1);
  if (result !== "too-many-failed-attempts" && result !== "exhausted") return;
  const most = Number(element.attributes.maxAttempts ?? 1);
  for (let attempt = 2; attempt <= most; attempt++)
    await ask(leg, element, document, first, attempt, "timeout");
}

const VERBS = promptVerbs([]);

async function ask(
  leg: CallerLeg,
  element: Element,
  document: TwimlDocument,
  what: string,
  attempt: number,
  error?: string,
): Promise<void> {
  const prompt = promptFor(element, what, attempt, error);
  const children = prompt ? elementsIn(prompt) : [ownPrompt(what)];
  for (const child of children) await VERBS[child.name]?.(leg, child, document);
}

function ownPrompt(what: string): Element {
  return { name: "Say", attributes: {}, children: [OWN_PROMPTS[what] ?? what] };
}

/** The best prompt: one that names the attempt or the error takes precedence. */
function promptFor(element: Element, what: string, attempt: number, error = ""): Element | undefined {
  const fits = (list: string | undefined, value: string): boolean => list?.split(" ").includes(value) ?? true;
  const fitting = elementsIn(element).filter(
    ({ name, attributes }) =>
      name === "Prompt" &&
      fits(attributes.for, what) &&
      fits(attributes.attempt, `${attempt}`) &&
      (error === "" ? attributes.errorType === undefined : fits(attributes.errorType, error)),
  );
  return fitting.find(({ attributes }) => attributes.attempt ?? attributes.errorType) ?? fitting[0];
}

function paramsOf(answer: PayAnswer, { method, amount }: Paying): Params {
  if (answer === "hangup") return { Result: "caller-hung-up", PaymentMethod: method };
  const { result, fields } = answer;
  if (result !== "success") return { Result: result, PaymentMethod: method, ...fields };
  const proof =
    amount === "" || Number(amount) === 0 ? { PaymentToken: "tok_1" } : { PaymentConfirmationCode: "ch_1" };
  const card = { PaymentCardNumber: "xxxx-xxxx-xxxx-4242", PaymentCardType: "visa", ExpirationDate: "1230" };
  const account = { BankAccountNumber: "*******92", BankRoutingNumber: "121181976" };
  return {
    Result: result,
    PaymentMethod: method,
    ...proof,
    ...(method === "ach-debit" ? account : card),
    ...fields,
  };
}
