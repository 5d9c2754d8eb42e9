/**
 * A stand-in for Twilio's REST API, over HTTP. It holds every request to the contract, refuses with Twilio's own error
 * bodies, and can be told to fail. Needs the contract: guard tests with `describe.runIf(hasContract)`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { type Contract, readContract } from "./contract.ts";
import { answerTo } from "./twilio-answers.ts";
import { newPermissions, type PermissionRecords, permissionAnswer } from "./twilio-permissions.ts";
import { newRecords, type Records, Refusal, refusal } from "./twilio-records.ts";
import { newStudio, type StudioRecords, studioAnswer } from "./twilio-studio.ts";

export { hasContract } from "./contract.ts";

/** The account of the stand-in, and what opens it: an API key, or the account with its token. */
export const ACCOUNT = `AC${"a".repeat(32)}`;
export const API_KEY = `SK${"b".repeat(32)}`;
export const API_SECRET = "the-secret-of-the-api-key-0123456";
export const AUTH_TOKEN = "the-auth-token-of-the-account-012";
/** Every secret: no output may contain one. */
export const SECRETS = [API_SECRET, AUTH_TOKEN];

/** How the next request fails. With `acts`, it does what it was asked before that. */
export type Fault =
  | { fails: "status"; status: number; retryAfter?: number }
  | { fails: "hang" | "half" | "not-json"; acts?: true };

/** A request as it came, its parameters as texts. */
export interface Request {
  method: string;
  path: string;
  parameters: Record<string, string | string[]>;
}

/** The stand-in: its URL, what it was asked, what it has, and what goes wrong next. */
export interface TwilioApi extends Records, PermissionRecords, StudioRecords {
  /** For TWILIO_API_URL. */
  url: string;
  requests: Request[];
  /** One is used up by each request; undefined lets it pass. */
  faults: (Fault | undefined)[];
}

/** Starts a stand-in, which listens until the test's end. */
export async function twilioApi(): Promise<TwilioApi> {
  const known = readContract();
  const records = { ...newRecords(ACCOUNT), ...newPermissions(), ...newStudio() };
  const api: TwilioApi = { url: "", requests: [], faults: [], ...records };
  const server = createServer((request, response) => {
    void handle(api, known, request, response);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  api.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return api;
}

interface Answer {
  status: number;
  body: unknown;
}

async function handle(
  api: TwilioApi,
  known: readonly Contract[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname, searchParams } = new URL(request.url ?? "", "http://twilio");
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const asked = { method: request.method ?? "", path: pathname, parameters: valuesOf(searchParams, form) };
  api.requests.push(asked);
  const fault = api.faults.shift();
  if (fault?.fails === "status") {
    if (fault.retryAfter !== undefined) response.setHeader("Retry-After", String(fault.retryAfter));
    const words = fault.status === 429 ? "Too Many Requests" : "Internal Server Error";
    const code = fault.status === 429 ? 20429 : 20500;
    sendJson(response, refusal(fault.status, code, words));
    return;
  }
  const isMedia = /\.(mp3|wav)$/.test(pathname);
  if (isMedia && (!fault || fault.fails === "half")) {
    sendMedia(api, request, response, fault !== undefined);
    return;
  }
  const answer =
    !fault || fault.acts ? respond(api, known, request, asked.parameters) : { status: 200, body: {} };
  if (fault?.fails === "hang") return;
  if (fault?.fails === "half") {
    breakOff(response, answer);
    return;
  }
  if (fault?.fails === "not-json") {
    response.writeHead(answer.status, { "Content-Type": "text/html" });
    response.end("<html><title>Gateway</title></html>");
    return;
  }
  sendJson(response, answer);
}

function valuesOf(...all: readonly URLSearchParams[]): Request["parameters"] {
  const values: Request["parameters"] = {};
  for (const one of all)
    for (const name of one.keys()) {
      const [first = "", ...rest] = one.getAll(name);
      values[name] = rest.length === 0 ? first : [first, ...rest];
    }
  return values;
}

/** What the contract makes of a request: Twilio's refusal, or the answer of the records, held to the contract too. */
function respond(
  api: TwilioApi,
  known: readonly Contract[],
  request: IncomingMessage,
  values: Request["parameters"],
): Answer {
  const { pathname } = new URL(request.url ?? "", "http://twilio");
  if (!isAuthorized(request)) return refusal(401, 20003, "Authenticate");
  if (pathname.startsWith("/v1/")) return permissionAnswer(api, `${request.method} ${pathname}`, values);
  if (pathname.startsWith("/v2/Flows")) return studioAnswer(api, `${request.method} ${pathname}`, values);
  const here = known.filter(({ path }) => path.test(pathname));
  const contract = here.find(({ method }) => method === request.method);
  if (here.length === 0) return refusal(404, 20404, `The requested resource ${pathname} was not found`);
  if (!contract) return refusal(405, 20004, "Method not allowed");
  const inPath = contract.path.exec(pathname)?.groups ?? {};
  if (inPath.AccountSid !== ACCOUNT) return refusal(401, 20003, "Authenticate");
  const isForm = request.method === "POST";
  const type = request.headers["content-type"] ?? "";
  if (isForm && !type.startsWith("application/x-www-form-urlencoded"))
    return refusal(415, 20015, "Unsupported Media Type");
  const [parameters, body] = [{ ...inPath, ...(!isForm && values) }, isForm ? { ...values } : {}];
  for (const [check, given] of [
    [contract.parameters, parameters],
    [contract.body, body],
  ] as const) {
    if (check(given)) continue;
    const [wrong] = check.errors ?? [];
    const { missingProperty, additionalProperty } = wrong?.params ?? {};
    if (missingProperty === "To") return refusal(400, 21201, "No 'To' number is specified");
    const name = additionalProperty ?? missingProperty ?? wrong?.instancePath.slice(1);
    return refusal(400, 20001, `Invalid parameter ${name}: ${wrong?.message}`);
  }
  const answer = answerTo(api, contract.id, { ...parameters, ...body });
  if (answer instanceof Refusal) return answer;
  if (contract.status !== 204 && !contract.answer(JSON.parse(JSON.stringify(answer), emptyIsNull))) {
    const { instancePath, message } = contract.answer.errors?.[0] ?? {};
    throw new Error(`The stand-in breaks the contract of ${contract.id}: ${instancePath} ${message}`);
  }
  return { status: contract.status, body: answer };
}

// Twilio's own examples have an empty text for a SID that is not set, which its schemas do not allow.
const emptyIsNull = (_key: string, value: unknown): unknown => (value === "" ? null : value);

function isAuthorized({ headers }: IncomingMessage): boolean {
  const users = [`${API_KEY}:${API_SECRET}`, `${ACCOUNT}:${AUTH_TOKEN}`];
  return users.some((user) => headers.authorization === `Basic ${btoa(user)}`);
}

function sendJson(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

/** Promises more than it sends, and closes the connection. */
function breakOff(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": text.length + 100 });
  response.write(text, () => void setTimeout(() => response.destroy(), 20));
}

/** A recording's file. Without the account's credentials it is open only if `openMedia` is set. */
function sendMedia(
  api: TwilioApi,
  request: IncomingMessage,
  response: ServerResponse,
  breaksOff: boolean,
): void {
  const [, sid = "", ending] = /\/Recordings\/(RE\w+)\.(mp3|wav)$/.exec(request.url ?? "") ?? [];
  const isReady = api.recordings.get(sid)?.status === "completed";
  const media = isReady ? api.media.get(sid) : undefined;
  if (!media || !(api.openMedia || isAuthorized(request))) {
    sendJson(response, media ? refusal(401, 20003, "Authenticate") : refusal(404, 20404, "Not found"));
    return;
  }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const from = Number(first ?? 0);
  const part = media.subarray(from, last ? Number(last) + 1 : undefined);
  response.writeHead(first === undefined ? 200 : 206, {
    "Content-Type": ending === "wav" ? "audio/x-wav" : "audio/mpeg",
    "Content-Length": part.length,
    ...(first !== undefined && {
      "Content-Range": `bytes ${from}-${from + part.length - 1}/${media.length}`,
    }),
  });
  if (!breaksOff) {
    response.end(part);
    return;
  }
  response.write(part.subarray(0, part.length / 2), () => void setTimeout(() => response.destroy(), 20));
}
