/**
 * Development's own Twilio: the part of the REST API with which flows and commands place, move and end calls and send
 * messages. Nothing leaves this machine. Source: Twilio, Calls and Messages resources, "Error codes".
 */
import { isSameKey } from "../../dev/page-server.ts";
import { isLive, type Placed, type PlacedCalls } from "./placed-calls.ts";
import { callResource, listOf, messageResource, type SentMessage } from "./rest-resources.ts";
import { toneFile } from "./tone.ts";

/** All of the API's paths begin so. */
export const REST = "/2010-04-01/";

/** A request, read. */
interface RestRequest {
  method: string;
  path: string;
  /** Parameters of the query, or of the form of a POST. */
  parameters: Readonly<Record<string, string>>;
  /** The header `Authorization`. */
  authorization: string;
}

/** An answer: what is sent as JSON, or a wav file. */
interface RestAnswer {
  status: number;
  body: object | Buffer;
}

/** What the API has, and who may use it. */
export interface RestDeps {
  calls: PlacedCalls;
  /** The newest first. They are only printed. */
  messages: SentMessage[];
  say(line: string): void;
  /** The secrets that the Worker was given: an auth token, the secret of an API key. */
  secrets(): readonly string[];
}

// The list of recordings is empty, but a link to a recording plays in development too.
const RECORDING = /\/Recordings\/RE[\da-f]{32}(\.(mp3|wav))?$/;
const ROUTE =
  /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/(Calls|Messages|IncomingPhoneNumbers|Recordings)(?:\/(\w+))?\.json$/i;

/** Answers a request as Twilio does. */
export function answerRest(deps: RestDeps, request: RestRequest): RestAnswer {
  const { method, path } = request;
  if (!isAllowed(deps.secrets(), request.authorization)) return refusal(401, 20003, "Authenticate");
  if (method === "GET" && RECORDING.test(path)) return { status: 200, body: toneFile() };
  const [, account = "", what = "", sid] = ROUTE.exec(path) ?? [];
  const routes = sid === undefined ? LISTS : ONES;
  const answer = routes[`${method} ${what}`]?.(deps, request, { account, sid });
  return answer ?? refusal(404, 20404, `The requested resource ${path} was not found`);
}

type Route = (
  deps: RestDeps,
  request: RestRequest,
  at: { account: string; sid: string | undefined },
) => RestAnswer | undefined;

const LISTS: Readonly<Record<string, Route>> = {
  "GET Calls": ({ calls }, { path, parameters }) =>
    found(listOf("calls", path, parameters, calls.all().map(callResource))),
  "POST Calls": ({ calls }, { parameters }, { account }) => place(calls, account, parameters),
  "GET Messages": ({ messages }, { path, parameters }) =>
    found(listOf("messages", path, parameters, messages.map(messageResource))),
  "POST Messages": (deps, { parameters }, { account }) => send(deps, account, parameters),
  "GET IncomingPhoneNumbers": (_, { path, parameters }) =>
    found(listOf("incoming_phone_numbers", path, parameters, [])),
  "GET Recordings": (_, { path, parameters }) => found(listOf("recordings", path, parameters, [])),
};

const ONES: Readonly<Record<string, Route>> = {
  "GET Calls": ({ calls }, _, { sid }) => {
    const placed = calls.all().find((one) => one.sid === sid);
    return placed && found(callResource(placed));
  },
  "POST Calls": ({ calls }, { parameters }, { sid }) => {
    const placed = calls.all().find((one) => one.sid === sid);
    return placed && update(calls, placed, parameters);
  },
};

type Parameters = RestRequest["parameters"];

function isAllowed(secrets: readonly string[], authorization: string): boolean {
  const [, encoded = ""] = /^Basic (.+)$/.exec(authorization) ?? [];
  const [, secret = ""] = /:(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return secret !== "" && secrets.some((one) => isSameKey(secret, one));
}

const NUMBER = /^\+[1-9]\d{6,14}$/;
const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function place(calls: PlacedCalls, account: string, form: Parameters): RestAnswer {
  const { To = "", From = "", Url = "" } = form;
  if (To === "") return refusal(400, 21201, "No 'To' number is specified");
  if (!NUMBER.test(To)) return refusal(400, 21211, `Invalid 'To' Phone Number: ${To}`);
  if (!NUMBER.test(From)) return refusal(400, 21212, `Invalid 'From' Number: ${From}`);
  const urls = [Url, form.StatusCallback ?? Url, form.AsyncAmdStatusCallback ?? Url];
  const wrong = urls.find((one) => !isUrl(one));
  if (wrong !== undefined) return refusal(400, 21205, `Url is not a valid URL: ${wrong}`);
  // Twilio queues a call before it rings.
  return { status: 201, body: { ...callResource(calls.place(account, form)), status: "queued" } };
}

function update(calls: PlacedCalls, placed: Placed, { Url, Status }: Parameters): RestAnswer {
  if (Url !== undefined && !isUrl(Url)) return refusal(400, 21205, `Url is not a valid URL: ${Url}`);
  if (!isLive(placed) || (Url !== undefined && placed.status !== "in-progress"))
    return refusal(400, 21220, "Call is not in-progress. Cannot redirect.");
  if (Url !== undefined) calls.move(placed, Url);
  if (Status === "completed" || (Status === "canceled" && placed.status === "ringing")) calls.end(placed);
  return found(callResource(placed));
}

function send({ messages, say }: RestDeps, accountSid: string, form: Parameters): RestAnswer {
  const { To = "", Body = "" } = form;
  if (To === "") return refusal(400, 21604, "A 'To' phone number is required.");
  const sid = `SM${(messages.length + 1).toString(16).padStart(32, "0")}`;
  const message: SentMessage = { sid, accountSid, form, created: Date.now() };
  messages.unshift(message);
  say(`would text ${To}: ${Body.replace(/\s+/g, " ")}`);
  return { status: 201, body: messageResource(message) };
}

function found(body: object): RestAnswer {
  return { status: 200, body };
}

function refusal(status: number, code: number, message: string): RestAnswer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { status, body };
}
