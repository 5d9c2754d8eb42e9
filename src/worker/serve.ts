/** The Worker's `fetch`. */
import { messageOf } from "../program/message-of.ts";
import type { Deps } from "./deps.ts";
import { refuse } from "./reply.ts";
import { routeWebhook } from "./route.ts";

/** Answers a request. Never rejects. */
export type Serve = (request: Request) => Promise<Response>;

/**
 * Serves every route of `createApp`. Webhooks that a person waits for need neither Hono nor the rest of the second module: an
 * isolate that only answers those starts sooner, and nothing of it can fail them.
 */
export function serve(deps: Deps): Serve {
  let app: { fetch(request: Request): Response | Promise<Response> } | undefined;
  const serveOthers = async (request: Request): Promise<Response> => {
    // The app, not a promise of it: in workerd a promise belongs to the request that made it.
    app ??= (await deps.outgoing()).createApp(deps);
    return app.fetch(request);
  };
  return (request) =>
    (routeWebhook(deps, request) ?? serveOthers(request)).catch((error) => reportFailure(deps, error));
}

/** No caller waits for this answer: a turn excuses itself. */
export function reportFailure({ log }: Deps, error: unknown): Response {
  log({ call: "", flow: "", event: "failed", error: messageOf(error) });
  return refuse(500, "The Worker failed. Its log says why.");
}
