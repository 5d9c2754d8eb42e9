/** Routes the webhooks that a person waits for: where a call or a text message begins, and where a call continues. */
import type { Deps } from "./deps.ts";
import { readContinuation } from "./links.ts";
import { refuse } from "./reply.ts";
import { handleWebhook } from "./webhook.ts";

/** The methods of a webhook that can be set at a number. Continuation URLs are always requested by POST. */
export const METHODS = ["POST", "GET"];

// As nearly every number has it. Hono decodes the others.
const BEGINNING = /^\w+:\/\/[^/]+\/(voice|sms)\/([\w-]+)\/?(?:\?|$)/;

/** Handles such a webhook; undefined if the request is for something else, or its URL is written in an unusual way. */
export function routeWebhook(deps: Deps, request: Request): Promise<Response> | undefined {
  return continued(deps, request) ?? begun(deps, request);
}

function continued(deps: Deps, request: Request): Promise<Response> | undefined {
  const read = request.method === "POST" ? readContinuation(request.url) : undefined;
  if (!read) return undefined;
  const { at, ticket } = read;
  if (at) return handleWebhook(deps, request, { flow: at.flow, road: at.road, at, ticket });
  return Promise.resolve(refuse(400, "The revision in this path must be a positive integer."));
}

function begun(deps: Deps, request: Request): Promise<Response> | undefined {
  const [, road, flow] = (METHODS.includes(request.method) && BEGINNING.exec(request.url)) || [];
  if (flow === undefined) return undefined;
  return handleWebhook(deps, request, { flow, road: road === "sms" ? "aside" : "voice" });
}
