/**
 * What places and moves calls: a module of its own in a deploy, which an isolate loads when it first needs it. Most
 * isolates only answer calls, and start sooner without it.
 */
export { handleCalls } from "./calls.ts";
export { handleMachine } from "./machine.ts";
export { Outbound } from "./outbound.ts";
