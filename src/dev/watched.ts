/** Handles a webhook as the deployed Worker does, and reports what it did to the call in a header. */
import { NOW_HEADER, TURN_HEADER, type TurnView } from "../phone/page/contract.ts";
import { createApp } from "../worker/app.ts";
import type { Deps } from "../worker/deps.ts";
import { reportDelivery } from "./deliveries.ts";
import { storeKept } from "./kept.ts";
import { noteLogged, watchedWeb } from "./service-requests.ts";
import { type AskStandIn, standInFor } from "./stand-ins.ts";
import { withoutTextMessages } from "./text-messages.ts";
import { asideView, headerOf, turnView } from "./turn-view.ts";

/**
 * Handles a webhook. A turn, of the call or of an aside, adds a header. If the page sends its own clock, the call goes by
 * it. Without an account, and for a page that wants no services asked, text messages are only logged, and their delivery is
 * reported.
 * @param standIns answers in place of services, for a page that wants it
 */
export async function handleWatched(deps: Deps, request: Request, standIns?: AskStandIn): Promise<Response> {
  const standIn = standInFor(request, standIns);
  const isLocal = deps.accountSid === undefined || standIn !== undefined;
  const seen = asThePageSees(deps, request);
  const report = (form: Record<string, string>): void =>
    deps.waitUntil(reportDelivery(seen, form, (webhook) => handleWatched(seen, webhook)));
  const { web, serviceRequests } = watchedWeb(
    isLocal ? withoutTextMessages(deps.web, report) : deps.web,
    standIn,
  );
  const log: Deps["log"] = (line) => {
    noteLogged(serviceRequests, line);
    deps.log(line);
  };
  let view: TurnView | undefined;
  const watch: Deps["watch"] = (turned, isAside, program) => {
    const whole = turnView(program, turned, serviceRequests, deps.env);
    view = isAside ? asideView(whole, turned) : whole;
    if (isLocal) logMessages(deps, turned.call.sid, view);
  };
  await storeKept(deps.store, request);
  const response = await createApp({ ...seen, web, watch, log }).fetch(request);
  const header = view && headerOf(view);
  if (header === undefined) return response;
  const headers = new Headers(response.headers);
  headers.set(TURN_HEADER, header);
  return new Response(response.body, { status: response.status, headers });
}

function logMessages({ log }: Deps, call: string, { flow, messages = [] }: TurnView): void {
  for (const { to, body } of messages)
    log({ call, flow, event: `would text ${to}: ${body.replace(/\s+/g, " ")}` });
}

/**
 * A webhook from the page carries the time of its call, and uses the URL under which the page knows this Worker, even if
 * PUBLIC_URL names a tunnel. It is signed like any other.
 */
function asThePageSees(deps: Deps, request: Request): Deps {
  const now = request.headers.get(NOW_HEADER) ?? "";
  if (!/^\d{1,15}$/.test(now)) return deps;
  const { publicUrl: _tunnel, ...local } = deps;
  const began = Date.now();
  return { ...local, callTime: () => Number(now) + Date.now() - began };
}
