/** The routes. */
import { Hono } from "hono/tiny";
import { isAdmin } from "./bearer.ts";
import type { Deps } from "./deps.ts";
import { reportHealth } from "./health.ts";
import { readContinuation } from "./links.ts";
import { refuse } from "./reply.ts";
import { handleWebhook } from "./webhook.ts";

// What can be set at a number. Continuation URLs are always requested by POST.
const METHODS = ["POST", "GET"];

/** Makes the app that handles Twilio's webhooks. */
export function createApp(deps: Deps): Hono {
  const app = new Hono();

  app.on(METHODS, "/voice/:flow", (c) =>
    handleWebhook(deps, c.req.raw, { flow: c.req.param("flow"), road: "voice" }),
  );

  // For apps that mount these routes: `fetch` does not ask the router.
  app.post("/:road/:flow/:hash/:step/:block/:rev", async (c) => {
    return (await continueCall(deps, c.req.raw)) ?? refuse(404, NOT_FOUND);
  });

  app.on(METHODS, "/sms/:flow", (c) =>
    handleWebhook(deps, c.req.raw, { flow: c.req.param("flow"), road: "aside" }),
  );

  app.on(METHODS, "/status/:flow", async (c) => {
    const { handleStatus } = await deps.outgoing();
    return handleStatus(deps, c.req.raw, c.req.param("flow"));
  });

  app.get("/audio/*", async (c) => {
    const { serveAudio } = await deps.outgoing();
    return serveAudio(deps, c.req.path);
  });

  app.all("/admin/*", async (c) => {
    const { handleAdmin } = await deps.outgoing();
    return (await handleAdmin(deps, c.req.raw, c.req.path)) ?? refuse(404, NOT_FOUND);
  });

  app.all("/calls/*", async (c) => {
    const { handleCalls } = await deps.outgoing();
    return (await handleCalls(deps, c.req.raw, c.req.path)) ?? refuse(404, NOT_FOUND);
  });

  app.post("/messages", async (c) => {
    const { handleMessages } = await deps.outgoing();
    return (await handleMessages(deps, c.req.raw)) ?? refuse(404, NOT_FOUND);
  });

  app.post("/machine/:flow", async (c) => {
    const { handleMachine } = await deps.outgoing();
    return handleMachine(deps, c.req.raw, c.req.param("flow"));
  });

  app.get("/recordings/:name", async (c) => {
    const { handleRecording } = await deps.outgoing();
    return (await handleRecording(deps, c.req.raw, c.req.param("name"))) ?? refuse(404, NOT_FOUND);
  });

  app.get("/health", (c) => reportHealth(deps, isAdmin(deps, c.req.raw)));

  app.notFound(() => refuse(404, NOT_FOUND));
  // No caller waits for this: a turn excuses itself.
  const failed = (error: Error): Response => {
    deps.log({ call: "", flow: "", event: "failed", error: error.message });
    return refuse(500, "The Worker failed. Its log says why.");
  };
  app.onError(failed);

  // Nearly every webhook is a continuation, and the router would try every route.
  const { fetch } = app;
  app.fetch = (request, ...rest) => continueCall(deps, request)?.catch(failed) ?? fetch(request, ...rest);
  return app;
}

/** Handles a continuation URL; undefined if the request is for another one. */
function continueCall(deps: Deps, request: Request): Promise<Response> | undefined {
  const continued = request.method === "POST" ? readContinuation(request.url) : undefined;
  if (!continued) return undefined;
  const { at, ticket } = continued;
  if (at) return handleWebhook(deps, request, { flow: at.flow, road: at.road, at, ticket });
  return Promise.resolve(refuse(400, "The revision in this path must be a positive integer."));
}

// One text for every wrong path and method: its reader is setting up a number.
const NOT_FOUND = "Not found. The webhook of a number is a POST to /voice/<flow>.";
