/** Handles a webhook as the deployed Worker does, and reports what it did to the call in a header. */
import { COOKIE_HEADER } from "../phone/leg/webhook.ts";
import { NOW_HEADER, STAND_INS_HEADER, TURN_HEADER } from "../phone/page/contract/http.ts";
import type { TurnView } from "../phone/page/contract/turn.ts";
import type { Deps } from "../worker/deps.ts";
import { serve } from "../worker/serve.ts";
import { reportDelivery } from "./deliveries.ts";
import { storeKept } from "./kept.ts";
import { noteLogged, type StandInFor, watchedWeb } from "./service-requests.ts";
import { type AskStandIn, standInFor } from "./stand-ins.ts";
import { withoutTextMessages } from "./text-messages.ts";
import { asideView, headerOf, turnView } from "./turn-view.ts";

/** The Worker's side of a webhook, watched. */
interface Watched {
  deps: Deps;
  /** What its last turn did; undefined if it had none. */
  view(): TurnView | undefined;
}

/**
 * Watches what a webhook, or a time-out, does. Without an account, and if services have stand-ins, text messages are only
 * logged, and their delivery is reported.
 */
export function watching(deps: Deps, standIn: StandInFor | undefined): Watched {
  const isLocal = deps.accountSid === undefined || standIn !== undefined;
  const report = (form: Record<string, string>): void =>
    deps.waitUntil(reportDelivery(deps, form, (webhook) => handleWatched(deps, webhook)));
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
  return { deps: { ...deps, web, watch, log }, view: () => view };
}

/**
 * Handles a webhook. A turn, of the call or of an aside, adds a header. If the page sends its own clock, the call goes by
 * it.
 * @param ask answers in place of services, for a page that wants it
 */
export async function handleWatched(deps: Deps, request: Request, ask?: AskStandIn): Promise<Response> {
  const flow = /^\/[^/]+\/([^/]+)/.exec(new URL(request.url).pathname)?.[1] ?? "";
  const { deps: watched, view } = watching(
    asThePageSees(deps, request),
    standInFor(request.headers.get(STAND_INS_HEADER), flow, ask),
  );
  await storeKept(deps.store, request);
  const { conversations, turn } = watchedConversations(watched, flow, request);
  const response = await serve({ ...watched, conversations })(withCookie(request));
  const seen = view();
  const header = seen ? headerOf(seen) : turn();
  const [cookie] = response.headers.getSetCookie();
  if (header === undefined && cookie === undefined) return response;
  const headers = new Headers(response.headers);
  if (header !== undefined) headers.set(TURN_HEADER, header);
  if (cookie !== undefined) headers.set(COOKIE_HEADER, cookie);
  return new Response(response.body, { status: response.status, headers });
}

/** The page cannot send `Cookie`. */
function withCookie(request: Request): Request {
  const cookie = request.headers.get(COOKIE_HEADER);
  if (cookie === null) return request;
  const headers = new Headers(request.headers);
  headers.set("Cookie", cookie);
  return new Request(request, { headers });
}

/** The Durable Objects of conversations: they get what the page has sent, and report what they did in the same header. */
function watchedConversations({ conversations }: Deps, flow: string, { headers }: Request) {
  let turn: string | undefined;
  const said = new URLSearchParams({ flow });
  for (const name of [NOW_HEADER, STAND_INS_HEADER]) {
    const value = headers.get(name);
    if (value !== null) said.set(name, value);
  }
  const find: Deps["conversations"] =
    conversations &&
    ((name) => ({
      fetch: async (url, init) => {
        const response = await conversations(name).fetch(`${url}?${said}`, init);
        turn = response.headers.get(TURN_HEADER) ?? turn;
        return response;
      },
    }));
  return { conversations: find, turn: () => turn };
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
  const now = timeIn(request.headers.get(NOW_HEADER));
  if (now === undefined) return deps;
  const { publicUrl: _tunnel, ...local } = deps;
  const began = Date.now();
  return { ...local, callTime: () => now + Date.now() - began };
}

/** The page's time; undefined without one. */
export function timeIn(header: string | null): number | undefined {
  return /^\d{1,15}$/.test(header ?? "") ? Number(header) : undefined;
}
