/** The routes. */
import { Hono } from "hono/tiny";
import { handleAdmin } from "./admin.ts";
import { serveAudio } from "./audio.ts";
import { isAdmin } from "./bearer.ts";
import { handleCalls } from "./calls.ts";
import type { Deps } from "./deps.ts";
import { reportHealth } from "./health.ts";
import { handleMachine } from "./machine.ts";
import { handleMessages } from "./messages.ts";
import { handleRecording } from "./recordings.ts";
import { refuse } from "./reply.ts";
import { METHODS, routeWebhook } from "./route.ts";
import { reportFailure } from "./serve.ts";
import { handleStatus } from "./status.ts";
import { handleWebhook } from "./webhook.ts";

/** Makes the app that handles Twilio's webhooks, and the requests of owners and programs. */
export function createApp(deps: Deps): Hono {
  const app = new Hono();
  const found = async (answer: Promise<Response | undefined> | undefined): Promise<Response> =>
    (await answer) ?? refuse(404, NOT_FOUND);

  app.on(METHODS, "/voice/:flow", (c) =>
    handleWebhook(deps, c.req.raw, { flow: c.req.param("flow"), road: "voice" }),
  );
  app.on(METHODS, "/sms/:flow", (c) =>
    handleWebhook(deps, c.req.raw, { flow: c.req.param("flow"), road: "aside" }),
  );
  app.post("/:road/:flow/:hash/:step/:block/:rev", (c) => found(routeWebhook(deps, c.req.raw)));
  app.on(METHODS, "/status/:flow", (c) => handleStatus(deps, c.req.raw, c.req.param("flow")));
  app.post("/machine/:flow", (c) => handleMachine(deps, c.req.raw, c.req.param("flow")));
  app.get("/audio/*", (c) => serveAudio(deps, c.req.path));
  app.get("/recordings/:name", (c) => found(handleRecording(deps, c.req.raw, c.req.param("name"))));
  app.all("/admin/*", (c) => found(handleAdmin(deps, c.req.raw, c.req.path)));
  app.all("/calls/*", (c) => found(handleCalls(deps, c.req.raw, c.req.path)));
  app.post("/messages", (c) => found(handleMessages(deps, c.req.raw)));
  app.get("/health", (c) => reportHealth(deps, isAdmin(deps, c.req.raw)));

  app.notFound(() => refuse(404, NOT_FOUND));
  app.onError((error) => reportFailure(deps, error));
  return app;
}

// One text for every wrong path and method: its reader is setting up a number.
const NOT_FOUND = "Not found. The webhook of a number is a POST to /voice/<flow>.";
