/** The phone's page, fetched from the command line's own server: that one has the disk and the built project. */
import { KEY_HEADER, PAGE_SERVER, type PageServer } from "./page-server.ts";

/** Whether a path is the page's, and not the Worker's. */
export function isPagePath(path: string): boolean {
  return path === "/" || path.startsWith("/phone/");
}

/** Where the page's server listens; undefined where the entry runs without one, as under a plain `wrangler dev`. */
export function readPageServer(bindings: Readonly<Record<string, unknown>>): PageServer | undefined {
  const bound = bindings[PAGE_SERVER];
  return isPageServer(bound) ? bound : undefined;
}

function isPageServer(value: unknown): value is PageServer {
  return typeof value === "object" && value !== null && "port" in value && "key" in value;
}

/**
 * Hands a request on, as it came, and the answer back, as it comes: events pass one by one. Refuses what was not asked
 * by this machine's own browser for the page itself.
 */
export async function forward(server: PageServer | undefined, request: Request): Promise<Response> {
  if (!server) return refuse(404, "The phone's page is served by `npm start`.");
  const problem = strangerIn(request);
  if (problem !== undefined) return refuse(403, problem);
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set(KEY_HEADER, server.key);
  const { method, body, signal } = request;
  const address = `http://127.0.0.1:${server.port}${pathname}${search}`;
  try {
    return await fetch(address, { method, headers, body, signal, redirect: "manual" });
  } catch {
    return refuse(502, "The phone's page is gone: `npm start` has ended, or is ending.");
  }
}

/** By these names a browser means the machine that it runs on. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What tunnels and other proxies add, those among them that call this machine by its own name. */
const PROXIED = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Cf-Ray"];

/**
 * Why a request is refused. The page's data has the token and the flows, and its server writes files, so that no other
 * website may come near: not under a name that was made to mean this machine (DNS rebinding), and not across origins.
 */
function strangerIn({ headers }: Request): string | undefined {
  const host = headers.get("Host") ?? "";
  if (!LOCAL.test(host))
    return `The phone's page is at http://localhost only, and this was asked as "${host}".`;
  const proxy = PROXIED.find((name) => headers.has(name));
  if (proxy !== undefined)
    return `The phone's page is for this machine, and this came from elsewhere (${proxy}).`;
  const origin = headers.get("Origin");
  const isForeign = origin !== null && origin !== `http://${host}`;
  const site = headers.get("Sec-Fetch-Site");
  // A link to the page may stand anywhere: a browser that opens it shows nothing to the site that has the link.
  const isOpened = headers.get("Sec-Fetch-Mode") === "navigate";
  if (isForeign || (site !== null && site !== "same-origin" && site !== "none" && !isOpened))
    return "The phone's page and its data are for the page itself, and another website asked for them.";
  return undefined;
}

function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
