/** The Worker's endpoint that places and moves calls. */

import { randomBytes } from "node:crypto";
import { jsonIn } from "../../engine/values.ts";
import { isMap } from "../../program/is-map.ts";
import { Problem } from "../problem.ts";
import { secretPut } from "../project/environment.ts";
import { workerVariables } from "../project/variables.ts";
import { workerUrl } from "./reach.ts";
import { advise } from "./refused.ts";

/** The Worker's refusal of a request, or no answer: then `status` is 0. */
export class Refusal extends Problem {
  readonly status: number;
  /** What is wrong, as a name: `to`, `limit`, `twilio-21211`. */
  readonly code: string;
  /** What is wrong, without what Twilio's code means. */
  readonly words: string;
  /** Seconds to wait before a further try. */
  readonly retryAfter: number | undefined;

  constructor(message: string, parts: Pick<Refusal, "status" | "code" | "words" | "retryAfter">) {
    super(message);
    this.status = parts.status;
    this.code = parts.code;
    this.words = parts.words;
    this.retryAfter = parts.retryAfter;
  }
}

/** A request that the Worker has accepted: what it answers. */
export type Answer = Readonly<Record<string, unknown>>;

/** The endpoint of a Worker. */
export interface WorkerCalls {
  url: string;
  /** @throws Problem in the Worker's words, with what to do */
  place(flow: string, body: object, key: string): Promise<Answer>;
  move(flow: string, sid: string, body: object): Promise<Answer>;
  /** Hands rows of a list over to the Worker's queue. */
  handOver(flow: string, body: object): Promise<Answer>;
  /** What became of a list: how many rows, and those after a key whose outcome is known. */
  listSum(flow: string, list: string, after: string): Promise<Answer>;
}

/**
 * Connects to a Worker.
 * @param to its URL; PUBLIC_URL if omitted
 * @throws Problem if the URL or the token is missing
 */
export async function workerCallsAt(to: string | undefined): Promise<WorkerCalls> {
  const variables = await workerVariables();
  const url = await workerUrl(to);
  const token = process.env.CALLS_TOKEN ?? variables.CALLS_TOKEN ?? "";
  if (token === "") throw new Problem(isLocal(url) ? noLocalToken() : noToken());
  const ask = asking(url, token);
  return {
    url,
    place: (flow, body, key) => ask("POST", flow, body, key),
    move: (flow, sid, body) => ask("PUT", `${flow}/${sid}`, body),
    handOver: (flow, body) => ask("POST", `${flow}/list`, body),
    listSum: (flow, list, after) => ask("GET", `${flow}/list?${new URLSearchParams({ list, after })}`),
  };
}

function noToken(): string {
  return (
    `CALLS_TOKEN is not set here. Choose a long random one, set it for the Worker with \`${secretPut("CALLS_TOKEN")}\`, ` +
    "and as an environment variable here or in .dev.vars."
  );
}

function isLocal(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

/** `ringflow start` writes it to a new `.dev.vars` only. */
function noLocalToken(): string {
  return (
    "CALLS_TOKEN is not set. Add this line, with a random token, to .dev.vars; `npx ringflow start` takes it at once:\n" +
    `CALLS_TOKEN=${randomBytes(16).toString("hex")}`
  );
}

function asking(url: string, token: string) {
  return async (method: string, path: string, body?: object, key?: string): Promise<Answer> => {
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(key !== undefined && { "Idempotency-Key": key }),
    };
    const signal = AbortSignal.timeout(60_000);
    const init = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/calls/${path}`, init).catch(() => undefined);
    // The answer can break off in the middle.
    const text = await response?.text().catch(() => undefined);
    if (!response || text === undefined) {
      const words = `The Worker at ${url} does not answer.`;
      throw new Refusal(words + again(key), { status: 0, code: "silent", words, retryAfter: undefined });
    }
    const answer = jsonIn(text);
    if (response.ok && isMap(answer)) return answer;
    throw refusalOf(response, isMap(answer) ? answer : undefined, { url, key });
  };
}

function refusalOf(
  response: Response,
  answer: Answer | undefined,
  { url, key }: { url: string; key: string | undefined },
): Refusal {
  const { status, headers } = response;
  const error = isMap(answer?.error) ? answer.error : {};
  const { message } = error;
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  const parts = { status, code: String(error.code), retryAfter: seconds >= 0 ? seconds : undefined };
  if (status === 404 && !answer) {
    const words = `${url} places no calls. ${noSecret()}`;
    return new Refusal(words, { ...parts, words });
  }
  const said = typeof message === "string" && message !== "" ? message : `HTTP ${status}.`;
  const words = parts.code === "unauthorized" ? wrongToken(url) : said;
  const advice = adviceFor(parts.code) + (isOpen(status, parts.code) ? again(key) : "");
  // Twilio's own words can lack the period.
  return new Refusal(`The Worker refused: ${words.replace(/\.$/, "")}.${advice}`, { ...parts, words });
}

function adviceFor(code: string): string {
  const [, twilio] = /^twilio-(\d+)$/.exec(code) ?? [];
  return twilio === undefined ? "" : ` ${advise(Number(twilio))}`;
}

function wrongToken(url: string): string {
  return (
    `CALLS_TOKEN is not the one of ${url}. Set the same one here, as an environment variable or in .dev.vars; ` +
    "the environment variable comes first."
  );
}

/** Whether the same request can still succeed, or may have been carried out. */
function isOpen(status: number, code: string): boolean {
  return code === "in-progress" || status === 429 || (status >= 500 && code !== "not-set");
}

function noSecret(): string {
  return `Deploy this version, and set its secret: ${secretPut("CALLS_TOKEN")}`;
}

// With the same key, a call that was placed all the same is not placed again.
function again(key: string | undefined): string {
  return key === undefined ? "" : ` To try again without a second call, add --key ${key}`;
}
