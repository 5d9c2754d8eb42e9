/** Twilio's status callbacks. They can come late, twice or never, so they do not move the call. */
import { isOutbound } from "../engine/caller.ts";
import { type Event, identityOf } from "../engine/event.ts";
import { admit } from "./admit.ts";
import { left, REPLY_MS } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { hangUp, knowsFlow } from "./hang-up.ts";
import { baseOf } from "./links.ts";
import { currentVersion } from "./publishing.ts";
import { refuse, unknownFlow } from "./reply.ts";
import { within } from "./store.ts";
import { handleUnanswered } from "./unanswered.ts";

/** Handles a status callback: 204, unless the flow is unknown. */
export async function handleStatus(deps: Deps, request: Request, flow: string): Promise<Response> {
  const arrived = Date.now();
  const event = await admit(deps, request, true);
  if (event instanceof Response) return event;
  const line = { call: event.sid, flow, event: `status ${event.status}` };
  // A published version is known once it has been read.
  await currentVersion(deps, flow, identityOf(event), arrived);
  if (!knowsFlow(deps, flow)) {
    deps.log({ ...line, error: unknownFlow(flow) });
    return refuse(404, unknownFlow(flow));
  }
  const handle = isUnanswered(event) ? handleUnanswered : hangUp;
  const handling = handle(deps, flow, event, baseOf(deps, request)).then((note) =>
    deps.log({ ...line, ...note, ms: Date.now() - arrived }),
  );
  // The side road continues after the reply: Twilio waits 15 s at most.
  deps.waitUntil(handling);
  await within(left(arrived, REPLY_MS, REPLY_MS), handling);
  return new Response(null, { status: 204 });
}

/** Whether a status callback reports a call that Twilio placed, and no one has answered. */
function isUnanswered({ direction, status }: Event): boolean {
  return isOutbound(direction) && /^(busy|no-answer|failed|canceled)$/.test(status);
}
