/** `pay`: take a payment by card or from a bank account. */

import type { Op } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { keepParams } from "../../compile/compiler.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import { isEnv } from "../../language/schema.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import { addPairs, PARAMETERS } from "../../twiml/noun.ts";
import type { Element } from "../../twiml/twiml.ts";
import type { StepKind } from "../kind.ts";
import { Body, FAILURES, PAY, type Pay, PROMPT } from "./body.ts";

function ask({ body }: Step<Pay>, to: Compiler): Op {
  return to.twiml((response) => {
    const attributes = { action: to.link("paid"), ...attributesFrom(to, PAY.attributes, body) };
    const pay = response.addChild(PAY.element, attributes);
    addPrompts(pay, body, to);
    addPairs(to, pay, PARAMETERS, body.parameter);
    // TwiML Pay: after the last attempt Twilio may go on to the next verb instead of asking `action`.
    response.addChild("Redirect", {}).addText(to.link("exhausted"));
  });
}

function addPrompts(pay: Element, { prompts = [] }: Pay, to: Compiler): void {
  for (const one of prompts) {
    to.speak(pay.addChild(PROMPT.element, attributesFrom(to, PROMPT.attributes, one)), one.prompt);
  }
}

function paid(step: Step<Pay>, to: Compiler): Op[] {
  const { save, status } = step.body;
  const failures = FAILURES.map((name) => [name, to.outcome(status, name)]);
  const cases = {
    success: to.exit(step.next ?? "hangup"),
    "caller-hung-up": to.gone(status, "caller-hung-up"),
    ...Object.fromEntries(failures),
  };
  return [
    ...keepParams(save, to),
    { op: "switch", on: { param: "Result" }, cases },
    ...to.outcome(status, "internal-error"),
  ];
}

const flow = (keys: string): string =>
  `steps:\n  bill:\n    pay: { ${keys}, status: { else: hangup } }\n    next: hangup\n`;

const FINDINGS: readonly FindingDoc[] = [
  {
    code: "pay-mixed",
    severity: "error",
    summary:
      "A payment by card with a bank account's keys, or the other way round: Twilio refuses both together.",
    bad: flow("paymentMethod: ach-debit, validCardTypes: visa"),
    good: flow("paymentMethod: ach-debit, bankAccountType: consumer-savings"),
  },
];

const OF_CARDS = ["validCardTypes", "securityCode", "postalCode", "minPostalCodeLength"];
const OF_BANKS = ["bankAccountType"];

function lint(step: Step<Pay>, _flow: Flow, report: Report): void {
  if (isEnv(step.body.paymentMethod)) return;
  const byBank = step.body.paymentMethod === "ach-debit";
  for (const key of byBank ? OF_CARDS : OF_BANKS) {
    const at = valueAt(step, key);
    if (!at) continue;
    const message = `\`${key}\` does not go with ${byBank ? "a bank account" : "a card"}; remove it, or change \`paymentMethod\``;
    report({ code: "pay-mixed", at, message });
  }
}

export const pay: StepKind<Pay> = {
  name: "pay",
  does: "asks",
  doc: {
    summary: "Takes a payment by card or bank account; the numbers never reach the flow.",
    text:
      "Twilio asks for the card's number and the rest, checks them, asks again, and hands them to the payment service " +
      "of the Pay Connector that is installed in the account. Without `chargeAmount` it makes a token to charge later. " +
      "`prompts` replaces what Twilio says, by what is asked (`for`), by the attempt, by the error before it. `save` " +
      "keeps fields of the webhook that comes back: `PaymentConfirmationCode`, `PaymentToken`, `PaymentCardNumber` (its " +
      "last four digits). `next` is taken when it was paid; every other result is looked up in `status`.",
    example: `
variables:
  code: { type: string }
steps:
  bill:
    pay:
      chargeAmount: 20.45
      currency: usd
      maxAttempts: 3
      prompts:
        - for: payment-card-number
          prompt: Please enter the number of your card.
        - for: payment-card-number
          attempt: [2, 3]
          errorType: [timeout, invalid-card-number]
          prompt: That was no card number. Please try again.
      save: { code: PaymentConfirmationCode }
      status: { caller-interrupted-with-star: later, else: sorry }
    next: thanks
  thanks:
    hangup: Thank you. Your confirmation is {{ spell(vars.code) }}.
  later:
    hangup: You can pay another time. Goodbye.
  sorry:
    hangup: The payment did not go through. Goodbye.
`,
    calls: `
flow: example
scenarios:
  - name: the card is charged
    script:
      - pay: success
        fields: { PaymentConfirmationCode: ab12 }
      - hear: Your confirmation is a b 1 2.
      - end
  - name: the caller presses star
    script:
      - pay: caller-interrupted-with-star
      - hear: You can pay another time.
      - end
`,
  },
  twiml: [PAY],
  schema: Body,
  keys: {
    chargeAmount: "What is charged; a token is made if left out.",
    currency: "Of the amount, such as `usd` (Twilio's default).",
    description: "What the payment is for.",
    paymentConnector: "The Pay Connector; `Default` if left out.",
    tokenType: "`one-time`, `reusable` (Twilio's default) or `payment-method`.",
    paymentMethod: "`credit-card` (Twilio's default) or `ach-debit`, a bank account.",
    bankAccountType: "Whose bank account, and of what kind.",
    validCardTypes: "The cards that are taken: one, or a list; `visa`, `mastercard` and `amex` if left out.",
    securityCode: "Whether the security code is asked for; true if left out.",
    postalCode: "Whether the postal code is asked for, or the postal code itself.",
    minPostalCodeLength: "The least digits of a postal code.",
    input: "`dtmf`: Twilio takes keys only.",
    timeout: "Seconds of silence before Twilio asks again; 5 if left out.",
    maxAttempts: "How often each is asked, 1 to 3.",
    language: "The language of Twilio's own prompts.",
    statusCallback: "Where Twilio tells of each step, by webhooks of its own.",
    statusCallbackMethod: "How it does so: `GET` or `POST`.",
    prompts:
      "What is heard instead of Twilio's own: a list of `{for, attempt, errorType, cardType, prompt}`.",
    parameter: "Names and values for the Pay Connector.",
    save: "Variables, and the field of the webhook that each keeps.",
    status: "Exits by result.",
  },
  outcomes: {
    "too-many-failed-attempts": "The caller was asked `maxAttempts` times, and the answer was never good.",
    "payment-connector-error": "The payment service refused, or could not be asked.",
    "caller-interrupted-with-star": "The caller pressed star.",
    "validation-error": "Twilio does not take the step's values.",
    "internal-error": "An error at Twilio.",
    "caller-hung-up": "The caller hung up. Nobody is there to hear more: only an exit of its own goes on.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, to) => ({
    enter: [ask(step, to), { op: "wait", block: "paid" }],
    paid: paid(step, to),
    exhausted: to.outcome(step.body.status, "too-many-failed-attempts"),
  }),
};
