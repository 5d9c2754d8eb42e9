/** Text messages over HTTP: `POST /messages`, for the bearer of CALLS_TOKEN. */
import type { Json } from "../program/json.ts";
import { handOver, readAsked } from "./asked.ts";
import type { Deps } from "./deps.ts";
import { problem } from "./reply.ts";

// No flow has such a name.
const OBJECT = "~messages";

const NUMBER = /^(whatsapp:)?\+[1-9]\d{6,14}$/;

/** Source: Twilio, "Body" of the Messages resource: at most 1,600 characters. */
const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  to: (text) => NUMBER.test(text),
  from: (text) => NUMBER.test(text) || /^(MG\w{32}|\d{3,8})$/.test(text),
  body: (text) => text.length <= 1600 && text.trim() !== "",
  media: (text) => text === "" || /^https:\/\//.test(text),
  statusCallback: (text) => text === "" || /^https:\/\//.test(text),
};

/** Handles a request; undefined if there is no CALLS_TOKEN. */
export async function handleMessages(deps: Deps, request: Request): Promise<Response | undefined> {
  if (!deps.callsToken) return undefined;
  const asked = await readAsked(deps, request);
  if (asked instanceof Response) return asked;
  const { body } = asked;
  const fault =
    Object.keys(body).find((field) => !Object.hasOwn(CHECKS, field)) ??
    Object.keys(CHECKS).find((field) => !CHECKS[field]?.(textOf(body[field])));
  if (fault) return problem(400, fault, `The value of \`${fault}\` is not one that a text message can have.`);
  const [From, media] = [textOf(body.from), textOf(body.media)];
  const StatusCallback = textOf(body.statusCallback);
  const fields = new URLSearchParams({
    To: textOf(body.to),
    ...(From.startsWith("MG") ? { MessagingServiceSid: From } : { From }),
    Body: textOf(body.body),
    ...(media && { MediaUrl: media }),
    ...(StatusCallback && { StatusCallback }),
  });
  const form = fields.toString();
  const key = request.headers.get("Idempotency-Key") ?? "";
  return handOver(deps, key, OBJECT, { resource: "Messages", form, asked: form });
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
