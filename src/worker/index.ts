/** The Worker's entry: its bindings and the compiled flows make the app, once for each isolate. */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../.ringflow/programs.txt";
import { createApp } from "./app.ts";
import { depsFrom } from "./bindings.ts";
import { Outbound as OutboundCalls, type Storage } from "./outbound.ts";

export { Pointers } from "./pointers.ts";

const deps = depsFrom(env, programs, waitUntil);

/** Places the calls of one flow. */
export class Outbound extends OutboundCalls {
  constructor({ storage }: { storage: Storage }) {
    super(storage, deps);
  }
}

export default createApp(deps);
