/**
 * What places and moves calls, sends messages over HTTP, plays recordings and publishes versions: a module of its own in a deploy, which an
 * isolate loads when it first needs it. Most isolates only answer calls, and start sooner without it.
 */
export { handleAdmin } from "./admin.ts";
export { handleCalls } from "./calls.ts";
export { reported } from "./delivery.ts";
export { handleMachine } from "./machine.ts";
export { handleMessages } from "./messages.ts";
export { Outbound } from "./outbound.ts";
export { placeQueued } from "./queued.ts";
export { linkerOf } from "./recording-key.ts";
export { handleRecording } from "./recordings.ts";
export { deleteRecordings } from "./retention.ts";
export { handleUnanswered } from "./unanswered.ts";
