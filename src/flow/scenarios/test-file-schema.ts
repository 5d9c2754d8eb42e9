/** The shape of a test file: scenarios, and the steps of their scripts. */
import type { Json } from "../../program/json.ts";
import type { MarkName } from "../language/mark.ts";
import { Keys, OneOf, Shaped } from "../language/schema.ts";
import { type Schema, type Static, Type } from "../language/type.ts";
import { vocabularyOf } from "../language/vocabulary.ts";
import type { Belongs } from "../shape/misplaced.ts";

const Words = Type.String({ minLength: 1 });
/** A picture can come without words. */
const Texted = Type.String({ "x-text": "sentences" });

function naming(mark: MarkName) {
  return Type.String({ minLength: 1, "x-mark": mark });
}

/** Values of the flow's variables, by name. */
const Expected = Type.Record(Type.String(), Type.Unsafe<Json>({ "x-mark": "expected" }));
const Sentences = Type.String({ minLength: 1, "x-text": "sentences" });
const KeysPressed = Shaped("^[0-9*#]+$", "keys of 0-9, * and #");
const E164 = Shaped("^(\\+[1-9]\\d{1,14}|[A-Za-z]+(:.+)?)?$", "a number such as +14155550100, or anonymous");

const CalleeStep = Type.Union([
  Keys({ hears: Sentences, hangup: Type.Optional(Type.Union([Type.Boolean(), OneOf("caller")])) }),
  Keys({ presses: KeysPressed }),
  Keys({ says: Sentences }),
  OneOf("silence", "hangup"),
]);
/** The ends of a payment: Twilio's Result, or `exhausted`: too many attempts, after which the next verb is played. */
export const PAY_RESULTS = [
  "success",
  "too-many-failed-attempts",
  "exhausted",
  "payment-connector-error",
  "caller-interrupted-with-star",
  "validation-error",
  "internal-error",
] as const;
/** The ends of a transfer: Twilio's ReferCallStatus, or `untold` if the other side reports none. */
export const REFER_STATUSES = ["in-progress", "busy", "no-answer", "failed", "untold"] as const;
const Pause = Shaped(
  "^[1-9]\\d{0,3}[smhd]$",
  "seconds in a call, or a time between text messages such as 31m",
);
const Unanswered = OneOf("busy", "no-answer", "failed", "canceled");
const Ends = OneOf("caller", "callee");
const ScriptStep = Type.Union([
  Keys({ hear: Sentences, hangup: Type.Optional(Type.Boolean()) }),
  Keys({ press: KeysPressed }),
  Keys({ say: Sentences, as: Type.Optional(Words) }),
  Keys({
    dial: naming("destination"),
    callee: Type.Optional(Type.Array(CalleeStep)),
    status: Type.Optional(OneOf("completed", "declined", "no-answer", "busy", "failed", "canceled")),
    ends: Type.Optional(Ends),
    seconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  Keys({
    record: Type.Union([Type.Integer({ minimum: 0 }), OneOf("silence")]),
    words: Type.Optional(Type.String()),
    hangup: Type.Optional(Type.Boolean()),
  }),
  Keys({
    wait: Type.Union([Type.Integer({ minimum: 0, maximum: 3600 }), Pause]),
    status: Type.Optional(OneOf("bridged", "queue-full", "error", "system-error", "redirected", "hangup")),
    ends: Type.Optional(Ends),
    seconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  Keys({ connect: Type.Record(Words, Type.String()) }),
  Keys({ pay: OneOf(...PAY_RESULTS), fields: Type.Optional(Type.Record(Words, Type.String())) }),
  Keys({ machine: OneOf("machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other") }),
  Keys({
    retry: Shaped("^[1-9]\\d{0,3}[mhd]$", "minutes, hours or days, such as 10m"),
    unanswered: Type.Optional(Unanswered),
  }),
  Keys({ refer: OneOf(...REFER_STATUSES) }),
  Keys({ sms: Sentences, to: Type.Optional(Words) }),
  Keys({
    delivery: OneOf("delivered", "undelivered", "failed"),
    errorCode: Type.Optional(Shaped("^\\d{5}$", "a code of Twilio's, such as 30005")),
  }),
  Keys({ text: Texted, media: Type.Optional(Type.Array(Words, { minItems: 1 })) }),
  Keys({ request: Words, json: Type.Optional(Type.Unsafe<Json>({})) }),
  OneOf("silence", "hangup", "end", "no sms", "no request"),
]);

/** The answer of an HTTP service in a test: a status, with JSON or a text. */
const Answer = Keys({
  status: Type.Optional(
    Type.Union([Type.Integer({ minimum: 200, maximum: 599 }), OneOf("timeout", "failed")]),
  ),
  json: Type.Optional(Type.Unsafe<Json>({})),
  text: Type.Optional(Type.String()),
});
/** As it is written in a test file. */
export type WrittenAnswer = Static<typeof Answer>;
const Answers = Type.Record(Words, Type.Array(Answer, { minItems: 1 }));
/** The answers of services, by URL. */
export type Answers = Static<typeof Answers>;
/** The secrets of a test, by name. */
const Secrets = Type.Record(Words, Type.String());
/** What the number's owner passes along, by name. */
const Parameters = Type.Record(Words, Type.String());
/** The environment variables of a test, which `{ env: NAME }` reads. */
const Env = Type.Record(Words, Type.String());

const At = Shaped(
  "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)$",
  "a moment with its offset, such as 2026-11-23T12:00:00-05:00",
);
const Caller = Keys({
  name: Type.Optional(Words),
  city: Type.Optional(Words),
  state: Type.Optional(Words),
  zip: Type.Optional(Words),
  country: Type.Optional(Words),
  verified: Type.Optional(Type.Boolean()),
  attestation: Type.Optional(OneOf("A", "B", "C")),
});
const Count = Type.Optional(Type.Integer({ minimum: 1 }));
const Queue = Keys({ position: Count, size: Count, average: Type.Optional(Type.Integer({ minimum: 0 })) });
const Scenario = Keys({
  name: Words,
  at: Type.Optional(At),
  direction: Type.Optional(OneOf("inbound", "outbound")),
  from: Type.Optional(E164),
  to: Type.Optional(E164),
  answeredBy: Type.Optional(Words),
  unanswered: Type.Optional(Unanswered),
  queue: Type.Optional(Queue),
  caller: Type.Optional(Caller),
  parameters: Type.Optional(Parameters),
  kept: Type.Optional(Expected),
  requests: Type.Optional(Answers),
  secrets: Type.Optional(Secrets),
  env: Type.Optional(Env),
  script: Type.Array(ScriptStep, { minItems: 1 }),
  expect: Type.Optional(Expected),
});
/** A test file. */
export const TestFile = Keys({
  flow: naming("flow"),
  requests: Type.Optional(Answers),
  secrets: Type.Optional(Secrets),
  env: Type.Optional(Env),
  scenarios: Type.Array(Scenario, { minItems: 1 }),
});
export type TestFile = Static<typeof TestFile>;
/** A scenario, as it is written. */
export type Scenario = Static<typeof Scenario>;

/** Says where a key of a scenario belongs that is at another depth. */
export const belongs: Belongs = ({ key: { text } }, isOwn) => {
  if (!Object.hasOwn(Scenario.properties, text)) return undefined;
  return isOwn
    ? "it belongs to a scenario: indent it below its `name`"
    : "it goes next to `script`: indent both alike";
};

/** The schema of a test file. */
export const testFileSchema: Schema = TestFile;
/** What the keys of a test file say about their texts. */
export const testVocabulary = vocabularyOf([testFileSchema]);
