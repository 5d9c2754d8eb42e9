/**
 * Everything that no caller waits for: the routes of owners and programs, what places and moves calls, holds text conversations,
 * handles status callbacks, plays recordings and publishes versions. A module of its own in a deploy, which an isolate loads when
 * it first needs it. Most isolates only answer calls, and start sooner without it.
 */
import type { Deps } from "./deps.ts";
import type { Storage } from "./journal.ts";
import { Outbound as Calls, type OutboundDeps } from "./outbound.ts";
import { giveUp } from "./unanswered.ts";

export { createApp } from "./app.ts";
export { Conversations } from "./conversation/conversations.ts";
export { handleTextMessage } from "./conversation/handle.ts";
export type { ConversationStorage } from "./conversation/stored.ts";
export { noteReport, reported } from "./delivery.ts";
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
