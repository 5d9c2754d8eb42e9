/** `pay`: take a payment by card or from a bank account. */

import type { Op } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { captureParams } from "../../compile/compiler.ts";
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { isEnv } from "../../language/schema.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import type { Element } from "../../twiml/element.ts";
import { addPairs, PARAMETERS } from "../../twiml/noun.ts";
import type { StepKind } from "../kind.ts";
import { Body, FAILURES, PAY, type Pay, PROMPT } from "./body.ts";

function ask({ body }: Step<Pay>, compiler: Compiler): Op {
  return compiler.twiml((response) => {
    const attributes = { action: compiler.link("paid"), ...attributesFrom(compiler, PAY.attributes, body) };
    const pay = response.addChild(PAY.element, attributes);
    addPrompts(pay, body, compiler);
    addPairs(compiler, pay, PARAMETERS, body.parameter);
    // TwiML Pay: after the last attempt Twilio may continue with the next verb instead of requesting `action`.
    response.addChild("Redirect", {}).addText(compiler.link("exhausted"));
  });
}

function addPrompts(pay: Element, { prompts = [] }: Pay, compiler: Compiler): void {
  for (const one of prompts) {
    compiler.speak(
      pay.addChild(PROMPT.element, attributesFrom(compiler, PROMPT.attributes, one)),
      one.prompt,
    );
  }
}

function paid(step: Step<Pay>, compiler: Compiler): Op[] {
  const { save, status } = step.body;
  const failures = FAILURES.map((name) => [name, compiler.outcome(status, name)]);
  const cases = {
    success: compiler.exit(step.next ?? "hangup"),
    "caller-hung-up": compiler.gone(status, "caller-hung-up"),
    ...Object.fromEntries(failures),
  };
  return [
    ...captureParams(save, compiler),
    { op: "switch", on: { param: "Result" }, cases },
    ...compiler.outcome(status, "internal-error"),
  ];
}

const FINDINGS = defineFindings([
  {
    code: "pay-mixed",
    severity: "error",
    summary: "A payment mixes keys for cards with keys for bank accounts, which Twilio refuses.",
    bad: yaml`
      steps:
        bill:
          pay: { paymentMethod: ach-debit, validCardTypes: visa, status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        bill:
          pay: { paymentMethod: ach-debit, bankAccountType: consumer-savings, status: { else: hangup } }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

const OF_CARDS = ["validCardTypes", "securityCode", "postalCode", "minPostalCodeLength"];
const OF_BANKS = ["bankAccountType"];

function lint(step: Step<Pay>, _flow: Flow, report: Report<Code>): void {
  if (isEnv(step.body.paymentMethod)) return;
  const byBank = step.body.paymentMethod === "ach-debit";
  for (const key of byBank ? OF_CARDS : OF_BANKS) {
    const at = valueAt(step, key);
    if (!at) continue;
    const message = `\`${key}\` does not go with ${byBank ? "a bank account" : "a card"}; remove it, or change \`paymentMethod\``;
    report({ code: "pay-mixed", at, message });
  }
}

export const pay: StepKind<Pay, Code> = {
  name: "pay",
  does: "asks",
  doc: {
    summary: "Takes a payment by card or bank account. The numbers never reach the flow.",
    text:
      "Twilio asks for the card number and the other details, checks them, asks again if needed, and passes them to the " +
      "payment service of the account's Pay Connector. Without `chargeAmount` it creates a token to charge later. " +
      "`prompts` replaces Twilio's own prompts by question (`for`), attempt and previous error. `save` captures fields " +
      "of the closing webhook: `PaymentConfirmationCode`, `PaymentToken`, `PaymentCardNumber` (its last four digits). " +
      "`next` is taken after a successful payment; every other result is looked up in `status`.",
    example: yaml`

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
    chargeAmount: "The amount to charge; if left out, a token is created instead.",
    currency: "The currency of the amount, such as `usd` (Twilio's default).",
    description: "What the payment is for.",
    paymentConnector: "The Pay Connector; `Default` if left out.",
    tokenType: "`one-time`, `reusable` (Twilio's default) or `payment-method`.",
    paymentMethod: "`credit-card` (Twilio's default) or `ach-debit`, a bank account.",
    bankAccountType: "Consumer or commercial, checking or savings account.",
    validCardTypes: "The accepted cards, one or a list; `visa`, `mastercard` and `amex` if left out.",
    securityCode: "Whether the security code is asked for; true if left out.",
    postalCode: "Whether the postal code is asked for, or the postal code itself.",
    minPostalCodeLength: "The smallest number of digits of a postal code.",
    input: "`dtmf`, the only input that Twilio accepts.",
    timeout: "Seconds of silence before Twilio asks again; 5 if left out.",
    maxAttempts: "Attempts per question, 1 to 3.",
    language: "The language of Twilio's own prompts.",
    statusCallback: "The URL to which Twilio reports the progress of the payment.",
    statusCallbackMethod: "The method of these webhooks: `GET` or `POST`.",
    prompts: "Prompts that replace Twilio's own: a list of `{for, attempt, errorType, cardType, prompt}`.",
    parameter: "Names and values for the Pay Connector.",
    save: "Variables, and the field of the webhook that each captures.",
    status: "Exits by result.",
  },
  outcomes: {
    "too-many-failed-attempts": "The caller gave no valid answer in `maxAttempts` attempts.",
    "payment-connector-error": "The payment service refused the payment, or could not be reached.",
    "caller-interrupted-with-star": "The caller pressed star.",
    "validation-error": "Twilio does not accept the values of the step.",
    "internal-error": "An error at Twilio.",
    "caller-hung-up":
      "The caller hung up. Only an exit for this outcome itself is taken, because nobody is there to hear more.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({
    enter: [ask(step, compiler), { op: "wait", block: "paid" }],
    paid: paid(step, compiler),
    exhausted: compiler.outcome(step.body.status, "too-many-failed-attempts"),
  }),
};
