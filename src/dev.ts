/**
 * The development entry, for `npm start`: the Worker as it is deployed, which verifies signatures here as well, and in
 * front of it the phone's page, which the command line serves.
 */
import { env, waitUntil } from "cloudflare:workers";
import functions from "../.ringflow/functions.js";
import programs from "../.ringflow/programs.txt";
import { WatchedConversation, type WatchedStorage } from "./dev/conversations.ts";
import { forward, isPagePath, readPageServer, strangerIn } from "./dev/forward.ts";
import { placing } from "./dev/local-twilio.ts";
import { bringsPrograms } from "./dev/new-programs.ts";
import { showConversation } from "./dev/show-conversation.ts";
import { standInsAt } from "./dev/stand-ins.ts";
import { handleWatched } from "./dev/watched.ts";
import { depsFrom } from "./worker/bindings.ts";
import type { Deps } from "./worker/deps.ts";
import { reportHealth } from "./worker/health.ts";
import type { Storage } from "./worker/journal.ts";
import type { OutboundDeps } from "./worker/outbound.ts";
import * as outgoing from "./worker/outgoing.ts";
import type { QueueBatch } from "./worker/queue.ts";

export { Pointers } from "./worker/pointers.ts";

const page = readPageServer(env);
const standIns = standInsAt(page);

// Replaced when the command line brings new Programs. Requests in progress keep what they began with.
let deps = depsWith(programs);

/** Places the calls of one flow. */
export class Outbound extends outgoing.Outbound {
  constructor({ storage }: { storage: Storage }) {
    super(storage, placing(deps, page));
  }
}

/** Has the text conversation of two numbers, and shows it. */
export class Conversations extends WatchedConversation {
  constructor({ storage }: { storage: WatchedStorage }) {
    super(storage, () => deps, standIns);
  }
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (isPagePath(pathname)) return forward(page, request);
    // The terminal phone on this machine may know the flows.
    if (pathname === "/health" && strangerIn(request.headers) === undefined) return reportHealth(deps, true);
    const conversation = await showConversation(deps, request);
    if (conversation) return conversation;
    const isPlacing = pathname.startsWith("/calls/") || pathname === "/messages";
    if (!bringsPrograms(page, request))
      return handleWatched(isPlacing ? placing(deps, page) : deps, request, standIns);
    deps = depsWith(await request.text());
    return new Response(null, { status: 204 });
  },
  async queue(batch: QueueBatch): Promise<void> {
    await outgoing.placeQueued(placing(deps, page), batch);
  },
};

function depsWith(compiled: string): Deps & OutboundDeps {
  return {
    ...depsFrom(env, compiled, waitUntil),
    functions,
    outgoing: async () => outgoing,
  };
}
