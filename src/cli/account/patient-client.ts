/** The HTTP client of Twilio's SDK, with a base URL, a time-out, and retries of what only reads. */
import RequestClient from "twilio/lib/base/RequestClient.js";
import type Response from "twilio/lib/http/response.js";
import { type Patience, repeated, type Tried } from "./patience.ts";
import { Failed } from "./refused.ts";

/** Requests whose failures are Failed. */
export class PatientClient extends RequestClient {
  readonly #apiUrl: string;
  readonly #patience: Patience;

  /** @param apiUrl base URL in place of Twilio's; empty for Twilio's */
  constructor(apiUrl: string, patience: Patience) {
    super({ timeout: patience.answer });
    this.#apiUrl = apiUrl;
    this.#patience = patience;
  }

  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<Response<T>> {
    const uri = this.#apiUrl === "" ? options.uri : redirected(options.uri, this.#apiUrl);
    const isRead = options.method.toLowerCase() === "get";
    const send = () => super.request<T>({ ...options, uri }).catch((error: unknown) => this.#whyOf(error));
    const answer = await (isRead ? repeated(this.#patience, send, triedOf) : send());
    if (typeof answer === "string") throw new Failed({ why: answer, isRead });
    return checked(answer, isRead);
  }

  /** Why no answer came. Shown instead of the error, which holds the request with its credentials. */
  #whyOf(error: unknown): string {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (["ECONNABORTED", "ETIMEDOUT"].includes(code))
      return `no answer within ${this.#patience.answer / 1000} seconds`;
    if (["ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN"].includes(code)) return `no connection (${code})`;
    return "the connection or the answer broke off";
  }
}

/**
 * The URL of a request at another base URL. Twilio has a host for each product, such as voice.twilio.com, in each region; any
 * other API has one host, and no request leaves it.
 */
export function redirected(uri: string, apiUrl: string): string {
  const { hostname, pathname, search } = new URL(uri);
  const [product] = hostname.split(".");
  return apiUrl.replace(TWILIO, `https://${product}.$1twilio.com`) + pathname + search;
}

const TWILIO = /^https:\/\/api\.((?:[\w-]+\.)*)twilio\.com$/i;

function triedOf(answer: Response<unknown> | string): Tried | undefined {
  if (typeof answer === "string") return undefined;
  const given: unknown = answer.headers?.["retry-after"];
  return { status: answer.statusCode, retryAfter: typeof given === "string" ? given : undefined };
}

/** Lets a success pass: JSON, or nothing after a DELETE. */
function checked<T>(answer: Response<T>, isRead: boolean): Response<T> {
  const { statusCode: status, body } = answer;
  if (status < 200 || status >= 300) throw new Failed({ status, body });
  if (status === 204 || (typeof body === "object" && body !== null)) return answer;
  throw new Failed({ why: "what answered is not Twilio's API", isRead });
}
