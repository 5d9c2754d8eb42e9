/** What requests for calls and messages share: the token, the account, the body, and the object that they are handed to. */
import { jsonIn } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import { bears } from "./bearer.ts";
import type { Deps, ObjectOf } from "./deps.ts";
import type { Order } from "./journal.ts";
import { problem } from "./reply.ts";
import { type Account, accountOf } from "./twilio.ts";

/** A request of the bearer of CALLS_TOKEN. */
export interface Asked {
  account: Account;
  body: { [key: string]: Json };
}

/** Reads a request, or says what is wrong with it. */
export async function readAsked(deps: Deps, request: Request): Promise<Asked | Response> {
  const { callsToken, accountSid = "", outbound } = deps;
  if (!bears(callsToken, request))
    return problem(401, "unauthorized", "Send `Authorization: Bearer` with CALLS_TOKEN.");
  const account = accountOf(deps, accountSid);
  if (!accountSid || !account || !outbound)
    return problem(
      501,
      "not-set",
      "Set TWILIO_ACCOUNT_SID, a secret of the account, and OUTBOUND in wrangler.toml.",
    );
  const body = jsonIn(await request.text());
  return isMap(body) ? { account, body } : problem(400, "body", "The body must be a JSON object.");
}

/** Hands an order to a Durable Object, under an Idempotency-Key. */
export async function handOver(
  { outbound }: Deps,
  key: string,
  object: string,
  order: Omit<Order, "key">,
): Promise<Response> {
  if (!outbound || !isKey(key)) return problem(400, "key", "Send an `Idempotency-Key` of your own.");
  try {
    return await askObject(outbound, object, { key, ...order });
  } catch {
    return problem(
      503,
      "object",
      "The Durable Object does not answer. Repeat the request with the same key.",
      60,
    );
  }
}

/** Whether a text can be an Idempotency-Key. */
export const isKey = (key: string): boolean => /^[!-~]{1,255}$/.test(key);

/** Asks a Durable Object of calls. Rejects if it does not answer. */
export function askObject(outbound: ObjectOf, object: string, wanted: object): Promise<Response> {
  return outbound(object).fetch("https://outbound/", { method: "POST", body: JSON.stringify(wanted) });
}
