/** The routes. */
import { Hono } from "hono/tiny";
import type { Road } from "../program/program.ts";
import { readAddress } from "./address.ts";
import { admit } from "./admit.ts";
import { answer } from "./answer.ts";
import type { Deps } from "./deps.ts";
import { hangUp } from "./hang-up.ts";
import { refuse } from "./reply.ts";
import { answerMessage } from "./text-message.ts";

const ROADS: readonly Road[] = ["voice", "aside"];

/** Makes the app that answers Twilio's webhooks. */
export function createApp(deps: Deps): Hono {
  const app = new Hono();

  app.post("/voice/:flow", (c) => answer(deps, c.req.raw, { flow: c.req.param("flow") }));

  for (const road of ROADS) {
    app.post(`/${road}/:flow/:hash/:step/:block/:rev`, (c) => {
      const at = readAddress(road, c.req.param());
      if (!at) return refuse(400, "The revision in this path is no whole number from 1 up.");
      return answer(deps, c.req.raw, { flow: at.flow, at, ticket: c.req.query("t") });
    });
  }

  app.post("/sms/:flow", (c) => answerMessage(deps, c.req.raw, c.req.param("flow")));

  app.post("/status/:flow", (c) => noteStatus(deps, c.req.raw, c.req.param("flow")));

  app.get("/health", (c) => c.json({ flows: versions(deps) }, 200, { "Cache-Control": "no-store" }));

  app.notFound((c) => refuseUnrouted(c.req.path));
  return app;
}

// Callbacks may come late, twice or never: none moves a call.
async function noteStatus(deps: Deps, request: Request, flow: string): Promise<Response> {
  const began = deps.now();
  const event = await admit(deps, request);
  if (event instanceof Response) return event;
  const note = await hangUp(deps, flow, event);
  deps.log({ call: event.sid, flow, event: `status ${event.status}`, ...note, ms: deps.now() - began });
  return new Response(null, { status: 204 });
}

function versions({ programs }: Deps): { flow: string; version: string }[] {
  const current = [...programs].filter(([name, program]) => name === program.flow);
  return current.map(([flow, { hash }]) => ({ flow, version: hash }));
}

const WEBHOOK = /^\/(voice|sms|status)\/[^/]+$|^\/(voice|aside)(\/[^/]+){5}$/;

// Methods are looked at last: a route for "all others" would cost every webhook a second match.
function refuseUnrouted(path: string): Response {
  if (WEBHOOK.test(path)) return refuse(405, "A webhook is a POST request.", { Allow: "POST" });
  if (path === "/health") return refuse(405, "Ask by GET.", { Allow: "GET" });
  return refuse(404, "Nothing is here. A number points at /voice/ and a flow's name.");
}
