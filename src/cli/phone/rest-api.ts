/**
 * Development's own Twilio: the part of the REST API with which flows and commands place, move and end calls and send
 * messages. Nothing leaves this machine. Source: Twilio, Calls and Messages resources, "Error codes".
 */
import { isSameKey } from "../../dev/page-server.ts";
import { rfc2822 } from "../../phone/leg/callbacks.ts";
import { isLive, type Placed, type PlacedCalls } from "./placed-calls.ts";

/** All of the API's paths begin so. */
export const REST = "/2010-04-01/";

/** A request, read. */
export interface RestRequest {
  method: string;
  path: string;
  /** Parameters of the query, or of the form of a POST. */
  parameters: Readonly<Record<string, string>>;
  /** The header `Authorization`. */
  authorization: string;
}

/** An answer, sent as JSON. */
export interface RestAnswer {
  status: number;
  body: object;
}

/** What the API has, and who may use it. */
export interface RestDeps {
  calls: PlacedCalls;
  /** The secrets that the Worker was given: an auth token, the secret of an API key. */
  secrets(): readonly string[];
  /** Text messages are only printed. */
  say(line: string): void;
}

const ROUTE = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/(Calls|Messages)(?:\/(\w+))?\.json$/i;

/** Answers a request as Twilio does. */
export function answerRest(deps: RestDeps, request: RestRequest): RestAnswer {
  const { method, path, parameters } = request;
  if (!isAllowed(deps.secrets(), request.authorization)) return refusal(401, 20003, "Authenticate");
  const [, account = "", what = "", sid] = ROUTE.exec(path) ?? [];
  const isPost = method === "POST";
  if (what === "Messages" && isPost && sid === undefined) return send(deps, account, parameters);
  if (what !== "Calls") return refusal(404, 20404, `The requested resource ${path} was not found`);
  if (sid === undefined) return isPost ? place(deps, account, parameters) : listed(deps, account, parameters);
  const placed = deps.calls.all().find((one) => one.sid === sid);
  if (!placed) return refusal(404, 20404, `The requested resource ${path} was not found`);
  return isPost ? update(deps, placed, parameters) : { status: 200, body: resourceOf(placed) };
}

type Parameters = RestRequest["parameters"];

function isAllowed(secrets: readonly string[], authorization: string): boolean {
  const [, encoded = ""] = /^Basic (.+)$/.exec(authorization) ?? [];
  const [, secret = ""] = /:(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return secret !== "" && secrets.some((one) => isSameKey(secret, one));
}

const NUMBER = /^\+[1-9]\d{6,14}$/;
const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function place({ calls }: RestDeps, account: string, form: Parameters): RestAnswer {
  const { To = "", From = "", Url = "" } = form;
  if (To === "") return refusal(400, 21201, "No 'To' number is specified");
  if (!NUMBER.test(To)) return refusal(400, 21211, `Invalid 'To' Phone Number: ${To}`);
  if (!NUMBER.test(From)) return refusal(400, 21212, `Invalid 'From' Number: ${From}`);
  const wrong = [Url, form.StatusCallback ?? Url, form.AsyncAmdStatusCallback ?? Url].find(
    (one) => !isUrl(one),
  );
  if (wrong !== undefined) return refusal(400, 21205, `Url is not a valid URL: ${wrong}`);
  const placed = calls.place(account, form);
  // Twilio queues a call before it rings.
  return { status: 201, body: { ...resourceOf(placed), status: "queued" } };
}

function update({ calls }: RestDeps, placed: Placed, { Url, Status }: Parameters): RestAnswer {
  if (Url !== undefined && !isUrl(Url)) return refusal(400, 21205, `Url is not a valid URL: ${Url}`);
  if (Url !== undefined && placed.status !== "in-progress")
    return refusal(400, 21220, "Call is not in-progress. Cannot redirect.");
  if (Url !== undefined) calls.move(placed, Url);
  const ends = Status === "completed" || (Status === "canceled" && placed.status === "ringing");
  if (ends && isLive(placed)) calls.end(placed);
  return { status: 200, body: resourceOf(placed) };
}

function listed({ calls }: RestDeps, account: string, parameters: Parameters): RestAnswer {
  const { To, From, Status, PageSize = "50", Page = "0" } = parameters;
  const [size, page] = [Number(PageSize) || 50, Number(Page) || 0];
  const fits = ({ form, status }: Placed): boolean =>
    (To ?? form.To) === form.To && (From ?? form.From) === form.From && (Status ?? status) === status;
  const fitting = calls.all().filter(fits);
  const start = page * size;
  const uri = (to: number): string => {
    const query = new URLSearchParams({ ...parameters, PageSize: `${size}`, Page: `${to}` });
    return `${REST}Accounts/${account}/Calls.json?${query}`;
  };
  const shown = fitting.slice(start, start + size);
  const body = {
    calls: shown.map(resourceOf),
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: start + size < fitting.length ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
  return { status: 200, body };
}

function resourceOf({ sid, accountSid, form, status, created, answered, ended }: Placed): object {
  const { To = "", From = "" } = form;
  const uri = `${REST}Accounts/${accountSid}/Calls/${sid}.json`;
  const seconds = ended === undefined ? undefined : Math.round((ended - (answered ?? ended)) / 1000);
  return {
    sid,
    account_sid: accountSid,
    api_version: "2010-04-01",
    direction: "outbound-api",
    status,
    from: From,
    from_formatted: From,
    to: To,
    to_formatted: To,
    date_created: rfc2822(created),
    date_updated: rfc2822(ended ?? answered ?? created),
    start_time: answered === undefined ? null : rfc2822(answered),
    end_time: ended === undefined ? null : rfc2822(ended),
    duration: seconds === undefined ? null : `${seconds}`,
    answered_by: null,
    annotation: null,
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: "USD",
    queue_time: "0",
    trunk_sid: null,
    subresource_uris: {},
    uri,
  };
}

let messages = 0;

function send({ say }: RestDeps, account: string, { To = "", From = "", Body = "" }: Parameters): RestAnswer {
  if (To === "") return refusal(400, 21604, "A 'To' phone number is required.");
  messages += 1;
  const sid = `SM${messages.toString(16).padStart(32, "0")}`;
  say(`would text ${To}: ${Body.replace(/\s+/g, " ")}`);
  const now = rfc2822(Date.now());
  const body = {
    sid,
    account_sid: account,
    api_version: "2010-04-01",
    direction: "outbound-api",
    status: "queued",
    from: From || null,
    to: To,
    body: Body,
    num_media: "0",
    num_segments: "1",
    date_created: now,
    date_updated: now,
    date_sent: null,
    error_code: null,
    error_message: null,
    messaging_service_sid: null,
    price: null,
    price_unit: "USD",
    subresource_uris: {},
    uri: `${REST}Accounts/${account}/Messages/${sid}.json`,
  };
  return { status: 201, body };
}

function refusal(status: number, code: number, message: string): RestAnswer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { status, body };
}
