/** A text message to a flow that can hold a conversation: its Durable Object takes it, or else the cookie alone. */
import type { Event } from "../../engine/event.ts";
import { messageOf } from "../../program/message-of.ts";
import { escapeXml } from "../../program/template.ts";
import { left, REPLY_MS } from "../budget.ts";
import type { Deps, ObjectOf } from "../deps.ts";
import { baseOf } from "../links.ts";
import type { LogLine } from "../log.ts";
import { FAILED, refuse, reply } from "../reply.ts";
import { signedUrl } from "../signature.ts";
import { within } from "../store.ts";
import { takeAlone } from "./alone.ts";
import { nameOf, pairOf } from "./conversation.ts";
import { BUSY_MS, DEAD_MS, type Delivery } from "./conversations.ts";
import { cookieIn } from "./cookie.ts";
import { later } from "./later.ts";

/**
 * Takes a text message that was admitted.
 * @param arrived when the webhook came, by the system clock
 * @returns undefined outside of a conversation, if the flow does not ask by text message either
 */
export async function handleTextMessage(
  deps: Deps,
  request: Request,
  flow: string,
  event: Event,
  arrived: number,
): Promise<Response | undefined> {
  // Strangers would share one conversation.
  if (event.caller.hidden) return undefined;
  const { conversations } = deps;
  const pair = pairOf(flow, baseOf(deps, request), event);
  const delivery = { pair, params: event.params, cookie: cookieIn(request) };
  const asked = conversations && (await askObject(conversations, delivery, arrived));
  if (asked === "busy") return reply(redirectTo(deps, request, event));
  if (asked instanceof Response) return asked.status === 204 ? undefined : asked;
  return handleAlone(deps, delivery, event, arrived, asked);
}

/** @param store why the object did not take it */
async function handleAlone(
  deps: Deps,
  delivery: Omit<Delivery, "sent">,
  event: Event,
  arrived: number,
  store: string | undefined,
): Promise<Response | undefined> {
  const { pair, cookie } = delivery;
  const line: LogLine = { call: event.sid, flow: pair.flow, event: "message" };
  // Without a cookie, only the object knew whether there is a conversation.
  if (store !== undefined) Object.assign(line, { store, ...(cookie === undefined && { degraded: true }) });
  try {
    const alone = await takeAlone({ deps, pair, began: arrived, line }, event, cookie);
    if (!alone && store === undefined && line.error === undefined) return undefined;
    deps.log({ ...line, ms: Date.now() - arrived });
    if (store !== undefined && alone?.sealed)
      deps.waitUntil(tell(deps, { ...delivery, cookie: alone.sealed }));
    return alone?.response;
  } catch (error) {
    deps.log({ ...line, error: messageOf(error), ms: Date.now() - arrived });
    return refuse(500, FAILED);
  }
}

/** Lets the object take the message. While another one is being answered, this one waits: `busy`, if that takes too long. */
async function askObject(
  conversations: ObjectOf,
  delivery: Omit<Delivery, "sent">,
  arrived: number,
): Promise<Response | string> {
  const object = conversations(nameOf(delivery.pair));
  for (;;) {
    const response = await askOnce(
      object,
      { ...delivery, sent: Date.now() },
      left(arrived, REPLY_MS, DEAD_MS),
    );
    if (typeof response === "string") return response;
    if (response.status !== 202) return response;
    if (left(arrived, REPLY_MS, BUSY_MS) < BUSY_MS) return "busy";
  }
}

/** What the object answers; or why it does not. */
async function askOnce(
  object: ReturnType<ObjectOf>,
  delivery: Delivery,
  most: number,
): Promise<Response | string> {
  try {
    const body = JSON.stringify(delivery);
    const asking = object.fetch("https://conversations/", { method: "POST", body });
    const response = await within(most, asking);
    if (!response) return "the conversation's object did not answer in time";
    const { status, headers } = response;
    const isAnswer = status === 200 && /^text\/xml/.test(headers.get("Content-Type") ?? "");
    if (isAnswer || status === 202 || status === 204) return response;
    return `the conversation's object answered with ${status}`;
  } catch (error) {
    return `the conversation's object failed: ${messageOf(error)}`;
  }
}

/** Hands the object what the cookie alone has served. If it fails again, the next message brings the cookie. */
async function tell({ conversations, web }: Deps, delivery: Omit<Delivery, "sent">): Promise<void> {
  await later(web);
  const object = conversations?.(nameOf(delivery.pair));
  if (object) await askOnce(object, { ...delivery, sent: Date.now(), isAnswered: true }, DEAD_MS);
}

// Twilio posts the same message once more.
function redirectTo({ publicUrl }: Deps, request: Request, { params }: Event): string {
  const url = new URL(signedUrl(request.url, publicUrl));
  const { method } = request;
  // Twilio adds the message to a GET by itself.
  if (method === "GET")
    for (const name of Object.keys(params)) if (/^[A-Z]/.test(name)) url.searchParams.delete(name);
  return `<Response><Redirect method="${method}">${escapeXml(url.href)}</Redirect></Response>`;
}
