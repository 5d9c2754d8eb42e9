/** Services that a flow requests: they answer as the shipped tests say, or go wrong. */
import { patternOf } from "../../src/cli/play/fake-web.ts";
import type { Random } from "../../src/cli/play/fuzz/random.ts";
import type { WrittenAnswer } from "../../src/flow/scenarios/test-file-schema.ts";
import type { Web } from "../../src/worker/http.ts";
import { SPEECHES } from "./caller.ts";
import { sleep } from "./store.ts";

/** What can be wrong with one request. */
export const SERVICE_FAULTS = ["miss", "lag", "429", "5xx", "hang", "reset", "lie", "redirect"] as const;

/** Answers by URL, in which `*` matches anything. */
export type Answers = readonly (readonly [url: string, answers: readonly WrittenAnswer[]])[];

/** The web as a flow sees it, with the number of requests. */
export interface FaultyWeb extends Web {
  requests: number;
}

/**
 * @param often how many of all requests go wrong, from 0 to 1
 * @param injected called for each that does
 */
export function faultyWeb(
  random: Random,
  answers: Answers,
  often: number,
  injected: (fault: string) => void,
): FaultyWeb {
  const web: FaultyWeb = { requests: 0, privateHosts: [], fetch: send };
  return web;

  async function send(url: string, { signal }: RequestInit): Promise<Response> {
    web.requests++;
    if (!random.chance(often)) return usual(random, answers, url);
    const kind = random.pick(SERVICE_FAULTS);
    injected(`service ${kind}`);
    switch (kind) {
      case "miss":
        return new Response("not found", { status: 404 });
      case "lag":
        await orAborted(sleep(random.int(500, 12_000)), signal);
        return usual(random, answers, url);
      case "429":
        return new Response("", { status: 429, headers: { "Retry-After": "3" } });
      case "5xx":
        return new Response("<html>Bad gateway</html>", { status: random.int(500, 504) });
      case "hang":
        return orAborted(new Promise(() => undefined), signal);
      case "reset":
        throw new TypeError("the connection was reset");
      case "lie":
        return lie(random);
      case "redirect":
        return Response.json({}, { status: 302, headers: { Location: random.pick(ELSEWHERE) } });
    }
  }
}

const ELSEWHERE = ["http://169.254.169.254/latest", "https://another.example/", "/again", "::"] as const;

function usual(random: Random, answers: Answers, url: string): Response {
  if (url.startsWith("https://api.twilio.com/")) return Response.json({ sid: "SM1" }, { status: 201 });
  const fitting = answers.filter(([address]) => patternOf(address).test(url));
  const { status = 200, json, text } = random.any(fitting.flatMap(([, list]) => list)) ?? {};
  if (status === "failed") throw new TypeError("the connection was reset");
  if (status === "timeout") throw new DOMException("the time is over", "TimeoutError");
  const body = text ?? (json === undefined ? "" : JSON.stringify(json));
  return new Response(status === 204 || status === 304 ? null : body, { status });
}

/** An answer that is well-formed HTTP and nothing that a flow expects. */
function lie(random: Random): Response {
  const deep = "[".repeat(200) + "]".repeat(200);
  const body = random.pick([
    "",
    "null",
    "not JSON",
    "[]",
    "-1e308",
    deep,
    "x".repeat(300_000),
    JSON.stringify({ name: random.pick(SPEECHES), balance: {}, status: [], open: "maybe" }),
    JSON.stringify({ name: { name: "x".repeat(3000) }, balance: "lots", items: Array(500).fill(1) }),
  ]);
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([work, aborted]);
}
