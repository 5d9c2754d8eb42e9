/** Plays the calls of the test files, one that is written here, and one that goes otherwise. */
import { type PlayedCall, playCall, readCalls, type ScriptedCall } from "ringflow/test";

const calls = await readCalls();
for (const call of calls) await call.play();

const greeting: ScriptedCall = { script: [{ hear: "Thank you for calling" }, "hangup"] };
const played: PlayedCall = await playCall("menu", greeting);

const wrong = await playCall("menu", { script: [{ hear: "Goodbye" }] }).catch(String);

console.log(calls.length > 0, played.steps[0]?.[0], wrong);
