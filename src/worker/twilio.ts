/**
 * The calls of Twilio's REST API that the Worker makes. Source: Twilio, Calls and Messages resources. An API key is the
 * user, or else the account with its auth token, which also signs the webhooks.
 */
import type { HttpRequest } from "../engine/effect.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import type { ApiKey, Deps } from "./deps.ts";
import { type Asked, ask, type Web } from "./http.ts";

/** Twilio's API, unless TWILIO_API_URL names another base URL: a region, another carrier, a test. */
export const API = "https://api.twilio.com";
/** Milliseconds for one try, and for all of them: the Worker stays alive for 30 s after its reply. */
const TRY_MS = 15_000;
const ALL_MS = 25_000;

/** An account, who uses its API, and where. */
export interface Account {
  sid: string;
  user: ApiKey;
  /** The base URL, without a slash at the end. */
  api: string;
}

/** The account, as the Worker's secrets reach it; undefined without a secret. */
export function accountOf(
  { apiKey, tokens: [token = ""], api = API }: Pick<Deps, "apiKey" | "tokens" | "api">,
  sid: string,
): Account | undefined {
  const user = apiKey ?? { sid, secret: token };
  return user.secret === "" ? undefined : { sid, user, api };
}

/** A request to the account's API. It is repeated as `ask` does. */
interface AccountRequest extends Partial<Pick<HttpRequest, "method" | "headers" | "retries">> {
  /** Below the account: `Messages.json`. */
  path: string;
  /** The parameters of a POST; without them and a `method` it is a GET. */
  form?: Readonly<Record<string, string>>;
}

/** Sends a request to the account's API. Never rejects. */
export function askTwilio(
  web: Web,
  { sid, user, api }: Account,
  { path, form, method = form ? "POST" : "GET", headers = {}, retries = 0 }: AccountRequest,
): Promise<Asked> {
  const request = {
    method,
    url: `${api}/2010-04-01/Accounts/${sid}/${path}`,
    headers: {
      Authorization: `Basic ${btoa(`${user.sid}:${user.secret}`)}`,
      ...(form && { "Content-Type": "application/x-www-form-urlencoded" }),
      ...headers,
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
    timeout: TRY_MS,
    retries,
  };
  // The owner names this host, not a flow: it can be this machine.
  return ask({ ...web, privateHosts: [...web.privateHosts, new URL(api).host] }, request, ALL_MS);
}

/** What the Worker makes. */
export type Resource = "Calls" | "Messages";

/** A call or a message that Twilio has. */
export interface Made {
  sid: string;
  status: string;
  /** Milliseconds since 1970; NaN if Twilio does not say. */
  created: number;
  /** The text of a message. */
  body?: string;
}

/** What Twilio has answered instead of what was asked for. */
export interface Refusal {
  /** Of HTTP; or `timeout`, `invalid`, `failed`. */
  status: string;
  /** Twilio's code of the error; 0 if it named none. */
  code: number;
  message: string;
}

/** Places a call or sends a message. It is never repeated: Twilio would make another. */
export async function create(
  web: Web,
  account: Account,
  resource: Resource,
  form: Readonly<Record<string, string>>,
): Promise<Made | Refusal> {
  const asked = await askTwilio(web, account, { path: `${resource}.json`, form });
  return (asked.answer.status === "201" && readMade(asked.answer.body)) || refusalIn(asked);
}

/** The latest calls or messages between two numbers. */
export async function list(
  web: Web,
  account: Account,
  resource: Resource,
  between: { To: string; From?: string },
): Promise<Made[] | Refusal> {
  const asked = await askTwilio(web, account, { path: `${resource}.json?${new URLSearchParams(between)}` });
  const { status, body } = asked.answer;
  const made = isMap(body) ? body[resource.toLowerCase()] : undefined;
  return status === "200" && Array.isArray(made)
    ? made.flatMap((one) => readMade(one) ?? [])
    : refusalIn(asked);
}

/** Lets a call in progress continue with the document at a URL; undefined if it does. */
export async function redirectCall(
  web: Web,
  account: Account,
  sid: string,
  Url: string,
): Promise<Refusal | undefined> {
  const asked = await askTwilio(web, account, { path: `Calls/${sid}.json`, form: { Url }, retries: 2 });
  return asked.answer.status === "200" ? undefined : refusalIn(asked);
}

function readMade(answer: Json): Made | undefined {
  const { sid, status, date_created, body } = isMap(answer) ? answer : {};
  if (typeof sid !== "string" || typeof status !== "string") return undefined;
  const created = Date.parse(String(date_created));
  return { sid, status, created, ...(typeof body === "string" && { body }) };
}

/** What is wrong, in Twilio's words, if it answered. */
export function refusalIn({ answer: { status, body }, why = "" }: Asked): Refusal {
  const { code, message } = isMap(body) ? body : {};
  return {
    // A success without what it should contain.
    status: /^2/.test(status) ? "invalid" : status,
    code: Number(code) || 0,
    message: message ? masked(String(message)) : why,
  };
}

// Twilio quotes numbers, and the receiver may come from a sensitive variable.
function masked(sentence: string): string {
  return sentence.replace(/\d{5,}/g, "***");
}
