/** The Worker's entry: its bindings and the compiled flows make the app, once for each isolate. */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../.ringflow/programs.txt";
import { createApp } from "./app.ts";
import { depsFrom } from "./bindings.ts";

export { Pointers } from "./pointers.ts";

export default createApp(depsFrom(env, programs, waitUntil));
