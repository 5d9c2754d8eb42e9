/**
 * Serves the phone's page, its state and its changes to the development entry only, which sends a key: a browser that
 * finds this port gets nothing.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isSameKey, KEY_HEADER, type PageServer } from "../../dev/page-server.ts";
import type { AskedService, StandIn } from "../../phone/page/contract/services.ts";
import type { Refused, SavedTest, TestDetail, Undone } from "../../phone/page/contract/tests.ts";
import { end, endJson, HEADERS } from "./http.ts";
import type { PageFile, PageFiles } from "./page.ts";
import { endRest, reportFrom, saveFrom, serviceFrom } from "./posts.ts";
import { REST, type RestDeps } from "./rest-api.ts";
import type { LiveState } from "./state.ts";

/** The page's files, its state, and what it can do. */
export interface Page {
  files(): Promise<PageFiles>;
  state: LiveState;
  /** Writes a call into its flow's test file; the request's body, as text. */
  save(body: string): Promise<SavedTest | Refused>;
  /** Records a test anew; the request's body, as text. */
  rerecord(body: string): Promise<SavedTest | Refused>;
  /** Takes back what was written last. */
  undo(): Promise<Undone | Refused>;
  /** A flow's test in detail, by its name. */
  test(flow: string, name: string): Promise<TestDetail | undefined>;
  /** Answers in place of a service. */
  standIn(asked: AskedService): Promise<StandIn>;
  /** Development's own Twilio. */
  rest: RestDeps;
}

/** Where it listens, and how to stop it. */
type RunningPage = PageServer & { close(): Promise<void> };

/** How long a request for a later state waits, in milliseconds. */
const HOLD = 10_000;

/** Listens on a free port of 127.0.0.1. */
export async function servePage(page: Page): Promise<RunningPage> {
  const key = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => {
    answer(page, key, request, response).catch((error: unknown) => {
      if (!response.headersSent) end(response, 500, String(error));
      else response.destroy();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // It serves only the Worker, so it must not keep the command running.
  server.unref();
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    key,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { files, state, save, rerecord, undo, test, standIn, rest }: Page,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? "", "http://page");
  // It has credentials of its own.
  if (path.startsWith(REST)) return endRest(request, response, path, searchParams, rest);
  if (!isSameKey(String(request.headers[KEY_HEADER.toLowerCase()] ?? ""), key))
    return end(response, 403, "Forbidden.");
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/phone/keep") return saveFrom(request, response, save);
  if (path === "/phone/rerecord") return saveFrom(request, response, rerecord);
  if (path === "/phone/undo") return saveFrom(request, response, undo);
  if (path === "/phone/service") return serviceFrom(request, response, standIn);
  if (path === "/phone/calls") return reportFrom(request, response, rest);
  if (!isRead) return end(response, 405, "Only GET is allowed here.");
  if (path === "/phone/state") return endState(state, Number(searchParams.get("after") ?? 0), response);
  if (path === "/phone/test") {
    const detail = await test(searchParams.get("flow") ?? "", searchParams.get("name") ?? "");
    return detail ? endJson(response, 200, detail) : end(response, 404, "There is no such test.");
  }
  const file = (await files()).get(path);
  if (file) return endFile(request, response, file);
  end(response, 404, "Nothing found at this path.");
}

/**
 * The whole state, once it is later than the client's; 204 if nothing changes for a while. Each change is a response of
 * its own: workerd sometimes passes on the headers of an event stream and never its body.
 */
async function endState(state: LiveState, after: number, response: ServerResponse): Promise<void> {
  const isLater = (): boolean => state.now().revision > after;
  if (!isLater()) await nextChange(state);
  if (isLater()) endJson(response, 200, state.now());
  else response.writeHead(204, HEADERS).end();
}

/** Resolves at the next change, or after a while without one. */
function nextChange(state: LiveState): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(settle, HOLD).unref();
    const unsubscribe = state.subscribe(settle);
  });
}

// No code, styles, images or requests from other sites, and no framing. A recording can be elsewhere: the page asks its
// user first.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "media-src * blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
function endFile(request: IncomingMessage, response: ServerResponse, file: PageFile): void {
  const headers = { ...HEADERS, "Cache-Control": "no-cache", ETag: file.etag, Vary: "Accept-Encoding" };
  if (request.headers["if-none-match"]?.includes(file.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const isGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const page = { "Content-Type": file.type, "Content-Security-Policy": POLICY };
  response.writeHead(200, { ...headers, ...page, ...(isGzip && { "Content-Encoding": "gzip" }) });
  response.end(isGzip ? file.gzipped : file.body);
}
