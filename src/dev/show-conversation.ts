/** Shows a text conversation to this machine: what it waits for, and what its time-outs have done. */
import { readEvent } from "../engine/event.ts";
import { CONVERSATIONS_PATH } from "../phone/page/contract/conversation.ts";
import { nameOf, pairOf } from "../worker/conversation/conversation.ts";
import type { Deps } from "../worker/deps.ts";
import { strangerIn } from "./forward.ts";

/** Answers what `CONVERSATIONS_PATH` is asked for, from this machine only; undefined for any other request. */
export async function showConversation(deps: Deps, request: Request): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  if (!pathname.startsWith(CONVERSATIONS_PATH)) return undefined;
  const problem = strangerIn(request.headers);
  if (problem !== undefined) return new Response(problem, { status: 403 });
  if (!deps.conversations) return new Response("There is no Durable Object CONVERSATIONS.", { status: 404 });
  const [From, To] = [searchParams.get("from") ?? "", searchParams.get("to") ?? ""];
  const event = readEvent({ MessageSid: "SM", From, To });
  const flow = pathname.slice(CONVERSATIONS_PATH.length);
  const object = deps.conversations(nameOf(pairOf(flow, "", event)));
  const { method } = request;
  return object.fetch(
    `https://conversation${CONVERSATIONS_PATH}`,
    method === "GET" ? undefined : { method, body: "" },
  );
}
