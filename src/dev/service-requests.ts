/** The service requests of a turn, with their answers in the form of a test's. */

import type { ServiceResponse, StandIn } from "../phone/page/contract/services.ts";
import type { ServiceRequestView } from "../phone/page/contract/turn.ts";
import type { Value } from "../phone/page/contract/value.ts";
import type { Web } from "../worker/http.ts";
import type { LogLine } from "../worker/log.ts";
import { isTextMessage } from "./text-messages.ts";

/** The longest answer that is shown, in characters: it travels in a header. */
const MOST_TEXT = 2000;

/** Answers in place of a service, for a step. */
export type StandInFor = (asked: { step: string; url: string }) => Promise<StandIn>;

/**
 * The same web, and the list of its service requests, filled as answers come. Text messages are not in it.
 * @param standInFor answers in place of services; without it, they are really asked
 */
export function watchedWeb(
  web: Web,
  standInFor?: StandInFor,
): { web: Web; serviceRequests: ServiceRequestView[] } {
  const serviceRequests: ServiceRequestView[] = [];
  const fetchWatched: Web["fetch"] = async (url, init) => {
    if (isTextMessage(url)) return web.fetch(url, init);
    if (isTwilioApi(url)) return standInFor && !isHere(url) ? Response.json({}) : web.fetch(url, init);
    const began = Date.now();
    const asked = { ...askedBy(init), url: withoutQuery(url) };
    const standIn = await standInFor?.({ step: asked.step ?? "", url });
    const note = (answer: ServiceResponse) => {
      const milliseconds = Date.now() - began;
      serviceRequests.push({ ...asked, milliseconds, answer, ...(standIn && { standIn: standIn.from }) });
    };
    try {
      const response = standIn ? responseOf(standIn.answer) : await web.fetch(url, init);
      note(await answerOf(response.clone()));
      return response;
    } catch (failure) {
      note({ status: isLate(failure, init) ? "timeout" : "failed" });
      throw failure;
    }
  };
  // A stand-in is not busy: nothing is gained by waiting for it.
  const wait = standInFor && { wait: async () => undefined };
  return { web: { ...web, ...wait, fetch: fetchWatched }, serviceRequests };
}

/** An answer as a response; throws as `fetch` does for one that fails. */
function responseOf({ status, json, text }: ServiceResponse): Response {
  if (status === "failed") throw new Error("the connection was reset");
  if (status === "timeout") throw new DOMException("the time is over", "TimeoutError");
  const body = text ?? (json === undefined ? "" : JSON.stringify(json));
  return new Response(status === 204 || status === 304 ? null : body, { status });
}

/** Twilio's REST API is not a service of the flow: development's own moves the calls of the page. */
function isTwilioApi(url: string): boolean {
  return /^https?:\/\/[^?#]*\/2010-04-01\/Accounts\//.test(url);
}

function isHere(url: string): boolean {
  return new URL(url).hostname === "127.0.0.1";
}

/** What only the log says of a request: why it has no answer, and that an answer is not valid. */
export function noteLogged(serviceRequests: ServiceRequestView[], line: LogLine): void {
  if (line.event !== "request") return;
  const { step, status, host = "", ms = 0, error } = line;
  const last = serviceRequests.at(-1);
  // One that is not allowed was never sent.
  const isSent = last?.step === step && last?.outcome === undefined && last?.why === undefined;
  const noted: ServiceRequestView =
    last && isSent
      ? last
      : {
          ...(step !== undefined && { step }),
          method: "",
          url: host,
          milliseconds: ms,
          answer: { status: "failed" },
        };
  if (noted !== last) serviceRequests.push(noted);
  if (status !== undefined && status !== String(noted.answer.status)) noted.outcome = status;
  if (error !== undefined) noted.why = error;
}

/** The step of a request, as its key names it. */
function stepIn(init: RequestInit): string | undefined {
  const key = new Headers(init.headers).get("Idempotency-Key") ?? "";
  return /^[^-]+-\d+-(.+)-\d+$/.exec(key)?.[1];
}

function askedBy(init: RequestInit): Pick<ServiceRequestView, "step" | "method" | "body"> {
  const step = stepIn(init);
  const sent = bodyOf(init);
  return {
    ...(step !== undefined && { step }),
    method: init.method ?? "GET",
    ...(sent !== undefined && { body: sent }),
  };
}

function bodyOf({ body, headers }: RequestInit): Value | undefined {
  if (typeof body !== "string" || body.length > MOST_TEXT) return undefined;
  const isForm = new Headers(headers).get("Content-Type")?.startsWith("application/x-www-form-urlencoded");
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : (parsed(body) ?? body);
}

function isLate(failure: unknown, { signal }: RequestInit): boolean {
  return signal?.aborted === true || (failure instanceof Error && failure.name === "TimeoutError");
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, "*");
}

async function answerOf(response: Response): Promise<ServiceResponse> {
  const { status } = response;
  const text = await response.text();
  if (text.length > MOST_TEXT) return { status };
  const json = parsed(text);
  return json === undefined ? { status, text } : { status, json };
}

function parsed(text: string): Value | undefined {
  try {
    const value: Value = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
