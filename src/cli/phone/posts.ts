/** What the page's server is asked to do: to save calls, to note what became of placed ones, to be Twilio. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AskedService, StandIn } from "../../phone/page/contract/services.ts";
import type { Refused, SavedTest, Undone } from "../../phone/page/contract/tests.ts";
import { isMap } from "../../program/is-map.ts";
import { end, endJson, HEADERS, MOST_BYTES, read } from "./http.ts";
import { answerRest, type RestDeps } from "./rest-api.ts";

/** Answers as Twilio's REST API does. */
export async function endRest(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
  rest: RestDeps,
): Promise<void> {
  const { method = "", headers } = request;
  const form = await read(request);
  if (form === undefined) return end(response, 413, `A request has at most ${MOST_BYTES} bytes.`);
  const parameters = Object.fromEntries(method === "POST" ? new URLSearchParams(form) : query);
  const { authorization = "" } = headers;
  const { status, body } = answerRest(rest, { method, path, parameters, authorization });
  if (!Buffer.isBuffer(body)) return endJson(response, status, body);
  response.writeHead(status, { ...HEADERS, "Content-Type": "audio/wav" }).end(body);
}

/** The page has answered a placed call, or has not. */
export async function reportFrom(
  request: IncomingMessage,
  response: ServerResponse,
  { calls }: RestDeps,
): Promise<void> {
  const body = await postedBy(request, response);
  if (body === undefined) return;
  const report: unknown = JSON.parse(body);
  const { sid, status } = isMap(report) ? report : {};
  const known = STATUSES.find((one) => one === status);
  if (typeof sid !== "string" || !known) return end(response, 400, "This is not a call's new status.");
  const isTaken = calls.report({ sid, status: known });
  endJson(response, isTaken ? 200 : 409, {});
}

const STATUSES = ["in-progress", "busy", "no-answer", "completed"] as const;

/** Writes a call into a test file, or takes it back. */
export async function saveFrom(
  request: IncomingMessage,
  response: ServerResponse,
  save: (body: string) => Promise<SavedTest | Undone | Refused>,
): Promise<void> {
  const body = await postedBy(request, response);
  if (body === undefined) return;
  const saved = await save(body);
  endJson(response, "problem" in saved ? 422 : 200, saved);
}

/** Answers in place of a service. The Worker asks, with its key, and no browser does. */
export async function serviceFrom(
  request: IncomingMessage,
  response: ServerResponse,
  standIn: (asked: AskedService) => Promise<StandIn>,
): Promise<void> {
  const body = await read(request);
  if (request.method !== "POST" || body === undefined)
    return end(response, 400, "This is not a request to a service.");
  const asked: AskedService = JSON.parse(body);
  endJson(response, 200, await standIn(asked));
}

/** The body of a POST by the page; undefined if it was refused. */
async function postedBy(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
  const { method, headers } = request;
  // A form on another website can send any text, but not as JSON without a preflight request.
  const { origin, "content-type": type = "" } = headers;
  const isJson = /^application\/json\b/i.test(type);
  if (method !== "POST") end(response, 405, "Only POST is allowed here.");
  else if (origin === undefined || !isJson)
    end(response, 403, "Only the phone's page can do this, with JSON.");
  else {
    const body = await read(request);
    if (body === undefined) end(response, 413, `A call has at most ${MOST_BYTES} bytes.`);
    return body;
  }
  return undefined;
}
