/**
 * Everything that a call can do without: the routes of owners and programs, what places and moves calls, asks services, sends text
 * messages and holds their conversations, handles status callbacks, plays recordings and publishes versions. A module of its own in
 * a deploy, which an isolate loads when it first needs it. Most isolates only answer calls, and start sooner without it.
 */
import type { Deps } from "./deps.ts";
import type { Storage } from "./journal.ts";
import { Outbound as Calls, type OutboundDeps } from "./outbound.ts";
import { giveUp } from "./unanswered.ts";

export { createApp } from "./app.ts";
export { Conversations } from "./conversation/conversations.ts";
export { handleTextMessage } from "./conversation/handle.ts";
export type { ConversationStorage } from "./conversation/stored.ts";
export { noteReport } from "./delivery.ts";
export { ask } from "./http.ts";
export { sendEffect } from "./message.ts";
export { noteRecording } from "./noted-recordings.ts";
export { placeQueued } from "./queued.ts";
export { linkerOf } from "./recording-key.ts";
export { deleteRecordings } from "./retention.ts";

/** The Durable Object of one flow's outgoing calls, with what follows a call that is never placed again. */
export class Outbound extends Calls {
  constructor(storage: Storage, deps: Deps & OutboundDeps) {
    super(storage, deps, (call) => giveUp(deps, call));
  }
}
