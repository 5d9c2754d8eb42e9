/** The body of a payment: TwiML's Pay and its Prompts as data. */
import { Status } from "../../language/exit-schema.ts";
import { Prompt } from "../../language/prompt-schema.ts";
import { Env, Keys, LanguageTag, OneOf, Saved } from "../../language/schema.ts";
import { type Static, Type } from "../../language/type.ts";
import { flag, method, shaped, text, url, whole, word, words } from "../../twiml/attributes.ts";
import { type Noun, PARAMETERS, PairsOf } from "../../twiml/noun.ts";
import { promptIn } from "../../twiml/prompt-nouns.ts";

const CARDS = [
  "visa",
  "mastercard",
  "amex",
  "maestro",
  "discover",
  "optima",
  "jcb",
  "diners-club",
  "enroute",
] as const;

/** TwiML Prompt, "for": the questions of Pay in order; the first four for a card, the last two for a bank account. */
const ASKED = [
  "payment-card-number",
  "expiration-date",
  "security-code",
  "postal-code",
  "payment-processing",
  "bank-account-number",
  "bank-routing-number",
] as const;

const payWith = (keys: string): string => `pay: { ${keys}, status: { else: hangup } }`;
const Attempt = Type.Integer({ minimum: 1, maximum: 3 });

/** TwiML Prompt. */
export const PROMPT = {
  element: "Prompt",
  key: "prompts",
  example: payWith("prompts: [{ for: payment-processing, prompt: One moment., … }]"),
  attributes: {
    for: OneOf(...ASKED),
    attempt: Type.Optional(Type.Union([Attempt, Type.Array(Attempt, { minItems: 1 })])),
    errorType: words([
      "timeout",
      "invalid-card-number",
      "invalid-card-type",
      "invalid-date",
      "invalid-security-code",
      "internal-error",
      "input-matching-failed",
    ]),
    cardType: words(CARDS),
    requireMatchingInputs: flag(),
  },
  children: promptIn((prompt) => payWith(`prompts: [{ for: payment-processing, prompt: ${prompt} }]`)),
} satisfies Noun;

/** TwiML Pay, "chargeAmount": up to a million; the value of a hole is known only during the call. */
const Amount = Type.Union([
  Type.String({
    pattern: "^((0|[1-9]\\d{0,5}|1000000)(\\.\\d{1,2})?|\\{\\{.*\\}\\})$",
    "x-says": "an amount up to 1000000, such as 20.45",
    "x-mark": "text",
  }),
  Env,
]);

/** TwiML Pay. */
export const PAY = {
  element: "Pay",
  example: "pay: { status: { else: hangup }, … }",
  attributes: {
    chargeAmount: Type.Optional(Amount),
    currency: shaped("^[A-Za-z]{3}$", "a currency such as usd"),
    description: text,
    paymentConnector: text,
    tokenType: word(["one-time", "reusable", "payment-method"]),
    paymentMethod: word(["credit-card", "ach-debit"]),
    bankAccountType: word([
      "consumer-checking",
      "consumer-savings",
      "commercial-checking",
      "commercial-savings",
    ]),
    validCardTypes: words(CARDS),
    securityCode: flag(),
    postalCode: text,
    minPostalCodeLength: whole(0, 20),
    input: word(["dtmf"]),
    timeout: whole(1, 60),
    maxAttempts: whole(1, 3),
    language: Type.Optional(LanguageTag),
    statusCallback: url,
    statusCallbackMethod: method(),
  },
  own: ["action"],
  pairs: [PARAMETERS],
  children: [PROMPT],
} satisfies Noun;

/** TwiML Pay, "Result": the failures with the caller still on the line. */
export const FAILURES = [
  "too-many-failed-attempts",
  "payment-connector-error",
  "caller-interrupted-with-star",
  "validation-error",
  "internal-error",
] as const;

export const Body = Keys({
  ...PAY.attributes,
  prompts: Type.Optional(Type.Array(Keys({ ...PROMPT.attributes, prompt: Prompt }), { minItems: 1 })),
  parameter: Type.Optional(PairsOf),
  save: Type.Optional(Saved),
  status: Type.Optional(Status(...FAILURES, "caller-hung-up")),
});
export type Pay = Static<typeof Body>;
