/** Fetches the phone's page from the command line's own server, which has the disk and the built project. */
import { KEY_HEADER, PAGE_SERVER, type PageServer } from "./page-server.ts";

/** Whether a path belongs to the page or to development's own Twilio, not to the Worker. */
export function isPagePath(path: string): boolean {
  return path === "/" || path.startsWith("/phone/") || path.startsWith("/2010-04-01/");
}

/** Where the page's server listens; undefined if there is none, as under a plain `wrangler dev`. */
export function readPageServer(bindings: Readonly<Record<string, unknown>>): PageServer | undefined {
  const bound = bindings[PAGE_SERVER];
  return isPageServer(bound) ? bound : undefined;
}

function isPageServer(value: unknown): value is PageServer {
  return typeof value === "object" && value !== null && "port" in value && "key" in value;
}

/**
 * Forwards a request unchanged, and streams the response back. Refuses every request that this machine's own browser did
 * not make for the page itself.
 */
export async function forward(server: PageServer | undefined, request: Request): Promise<Response> {
  if (!server) return refuse(404, "The phone's page is served by `npx ringflow start`.");
  const problem = strangerIn(request.headers);
  if (problem !== undefined) return refuse(403, problem);
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set(KEY_HEADER, server.key);
  const { method, body, signal } = request;
  const address = `http://127.0.0.1:${server.port}${pathname}${search}`;
  try {
    return await fetch(address, { method, headers, body, signal, redirect: "manual" });
  } catch {
    return refuse(502, "The phone's page is not available: `npx ringflow start` has ended.");
  }
}

/** The names by which a browser reaches the machine that it runs on. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Headers that tunnels and other proxies add, including those that keep this machine's own name as the host. */
const PROXIED = [
  "Forwarded",
  "Via",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-Real-Ip",
  "Cf-Ray",
];

/**
 * Why a request is refused. The page's data contains the token and the flows, and its server writes files, so other
 * websites must not reach it: neither under a name that resolves to this machine (DNS rebinding), nor across origins.
 */
export function strangerIn(headers: Headers): string | undefined {
  const host = headers.get("Host") ?? "";
  if (!LOCAL.test(host))
    return `The phone's page is served at http://localhost only, but the host of this request is "${host}".`;
  const proxy = PROXIED.find((name) => headers.has(name));
  if (proxy !== undefined)
    return `The phone's page is served to this machine only, but this request came through a proxy (${proxy}).`;
  const origin = headers.get("Origin");
  const isForeign = origin !== null && origin !== `http://${host}`;
  const site = headers.get("Sec-Fetch-Site");
  // Any site can link to the page: a browser that opens the link shows nothing to that site.
  const isOpened = headers.get("Sec-Fetch-Mode") === "navigate";
  if (isForeign || (site !== null && site !== "same-origin" && site !== "none" && !isOpened))
    return "The phone's data is for the phone's page only, but another website requested it.";
  return undefined;
}

function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
