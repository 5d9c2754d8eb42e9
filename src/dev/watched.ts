/** A webhook, answered as the deployed Worker would, and what it did to the call told beside the answer. */
import { NOW_HEADER, TURN_HEADER, type TurnView } from "../phone/page/contract.ts";
import { createApp } from "../worker/app.ts";
import type { Deps } from "../worker/deps.ts";
import { watchedWeb } from "./asked.ts";
import { withoutTextMessages } from "./text-messages.ts";
import { asideView, headerOf, programAt, turnView } from "./turn-view.ts";

/**
 * Answers a webhook. A turn, of the call or beside it, adds a header; the page's own clock is kept where it sends one.
 * Without an account, a text message is only logged.
 */
export async function answerWatched(deps: Deps, request: Request): Promise<Response> {
  const isLocal = deps.accountSid === undefined;
  const { web, asked } = watchedWeb(isLocal ? withoutTextMessages(deps.web) : deps.web);
  const program = programAt(deps.programs, new URL(request.url).pathname);
  let view: TurnView | undefined;
  const watch: Deps["watch"] = (turned, beside) => {
    if (!program) return;
    const whole = turnView(program, turned, asked);
    view = beside ? asideView(whole, turned) : whole;
    if (isLocal) logMessages(deps, turned.call.sid, view);
  };
  const answered = await createApp({ ...atItsPlace(deps, request), web, watch }).fetch(request);
  const header = view && headerOf(view);
  if (header === undefined) return answered;
  const headers = new Headers(answered.headers);
  headers.set(TURN_HEADER, header);
  return new Response(answered.body, { status: answered.status, headers });
}

function logMessages({ log }: Deps, call: string, { flow, messages = [] }: TurnView): void {
  for (const { to, body } of messages)
    log({ call, flow, event: `would text ${to}: ${body.replace(/\s+/g, " ")}` });
}

/**
 * A webhook of the page says when it is, and calls this Worker by the name that the page has it by, whatever
 * PUBLIC_URL says of tunnels. It is signed like any other.
 */
function atItsPlace(deps: Deps, request: Request): Deps {
  const now = request.headers.get(NOW_HEADER) ?? "";
  if (!/^\d{1,15}$/.test(now)) return deps;
  const { publicUrl: _tunnel, ...local } = deps;
  const began = Date.now();
  return { ...local, now: () => Number(now) + Date.now() - began };
}
