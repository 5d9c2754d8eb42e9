/** A Worker with a route of its own next to Ringflow's. */
import { Hono } from "hono";
import { Pointers, worker } from "ringflow/worker";
import functions from "../.ringflow/functions.js";
import programs from "../.ringflow/programs.txt";

const { handlers, Outbound, Conversations } = worker(programs, { functions });

const own = new Hono();
own.get("/hello", (c) => c.text("Hello."));
own.all("*", (c) => handlers.fetch(c.req.raw));

export { Conversations, Outbound, Pointers };
export default { ...handlers, fetch: own.fetch };
