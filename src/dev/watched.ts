/** A webhook, answered as the deployed Worker would, and what it did to the call told beside the answer. */
import type { Turn } from "../engine/turn.ts";
import { NOW_HEADER, TURN_HEADER } from "../phone/page/contract.ts";
import { createApp } from "../worker/app.ts";
import type { Deps } from "../worker/deps.ts";
import { watchedWeb } from "./asked.ts";
import { turnHeader } from "./turn-view.ts";

/** Answers a webhook. A turn of a call adds a header; the page's own clock is kept where it sends one. */
export async function answerWatched(deps: Deps, request: Request): Promise<Response> {
  const turns: Turn[] = [];
  // What runs beside the call does not move it.
  const watch = (turned: Turn, beside: boolean): void => void (beside || turns.push(turned));
  const { web, asked } = watchedWeb(deps.web);
  const app = createApp({ ...atItsPlace(deps, request), web, watch });
  const answered = await app.fetch(request);
  const turned = turns.at(-1);
  if (!turned) return answered;
  const view = turnHeader(deps.programs, new URL(request.url).pathname, turned, asked);
  if (view === undefined) return answered;
  const headers = new Headers(answered.headers);
  headers.set(TURN_HEADER, view);
  return new Response(answered.body, { status: answered.status, headers });
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
