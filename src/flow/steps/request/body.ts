/** The body of a `request` step. */
import { Exit } from "../../language/exit-schema.ts";
import { Prompt } from "../../language/prompt-schema.ts";
import { JsonValue, Keys, OneOf, Results, Saved, Whole } from "../../language/schema.ts";
import { AnyRequestUrl, SecretText } from "../../language/text-schema.ts";
import { type Static, Type } from "../../language/type.ts";

/** The requests of a turn, with all retries, have 10 of Twilio's 15 seconds. */
export const MOST_SECONDS = 10;
/** Seconds for one attempt, if the step does not say. */
export const TIMEOUT = 4;

const Texts = Type.Record(Type.String({ minLength: 1 }), SecretText);
/** Whose signature goes along: what the Worker needs for it is checked as the flow's own variables are. */
const Signing = Type.Unsafe<"twilio">(
  Type.String({
    enum: ["twilio"],
    "x-mark": "reads",
    "x-reads": ["TWILIO_AUTH_TOKEN", "TWILIO_SIGNED_HOSTS"],
  }),
);

const OUTCOME = "^([1-5]\\d\\d|[1-5]xx|timeout|invalid|failed|else)$";

/** Its schema. */
export const Body = Keys({
  url: AnyRequestUrl,
  method: Type.Optional(OneOf("GET", "POST", "PUT", "PATCH", "DELETE")),
  headers: Type.Optional(Texts),
  query: Type.Optional(Texts),
  json: Type.Optional(JsonValue),
  form: Type.Optional(Texts),
  timeout: Type.Optional(Whole(1, MOST_SECONDS)),
  retries: Type.Optional(Whole(0, 3)),
  idempotent: Type.Optional(Type.Boolean()),
  sign: Type.Optional(Signing),
  save: Type.Optional(Saved),
  answer: Type.Optional(Results({ status: "string", text: "string" })),
  meanwhile: Type.Optional(Prompt),
  status: Type.Optional(
    Type.Record(Type.String({ pattern: OUTCOME }), Exit, {
      additionalProperties: false,
      "x-says": "a status such as 404, a class such as 5xx, timeout, invalid, failed or else",
    }),
  ),
});
/** A body that fits the schema. */
export type Request = Static<typeof Body>;

/** The HTTP method. */
export function methodOf({ method, json, form }: Request): string {
  return method ?? (json || form ? "POST" : "GET");
}

/** The seconds that a request can take, with its retries: what may have arrived is not sent again. */
export function mostSeconds(body: Request): number {
  const { timeout = TIMEOUT, retries = 0, idempotent } = body;
  const isRepeated = idempotent === true || !["POST", "PATCH"].includes(methodOf(body));
  return Math.min(MOST_SECONDS, timeout * (isRepeated ? 1 + retries : 1));
}
