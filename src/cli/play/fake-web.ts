/** HTTP services that respond as a test file says: by URL, in order, without a network. */
import type { WrittenAnswer } from "../../flow/scenarios/test-file-schema.ts";
import type { Web } from "../../worker/http.ts";

/** A request that a flow has sent. */
export interface Sent {
  method: string;
  url: string;
  body: string;
}

/** Services that respond as written, and the requests they received. */
export interface FakeWeb {
  web: Web;
  /** What another application answers to a webhook; undefined if the test does not say. */
  page(url: string): string | undefined;
  /** All requests, in order. */
  sent: Sent[];
  /** The requested URLs for which the test has no answer. */
  unanswered: string[];
}

/** @param answers responses by URL, in which `*` matches anything; the last of a list serves all later requests */
export function fakeWeb(answers: Readonly<Record<string, readonly WrittenAnswer[]>>): FakeWeb {
  const services = Object.entries(answers).map(([address, list]) => ({
    pattern: patternOf(address),
    list,
    used: 0,
  }));
  // A test does not wait for retries either.
  const signer = { signsFor: () => true, hmac: async () => "a signature for tests only" };
  const web: Web = { fetch: answer, wait: async () => undefined, privateHosts: [], signer };
  const fake: FakeWeb = { web, page, sent: [], unanswered: [] };
  return fake;

  function find(url: string) {
    return services.find(({ pattern }) => pattern.test(url));
  }

  function next(service: (typeof services)[number]): WrittenAnswer | undefined {
    return service.list[Math.min(service.used++, service.list.length - 1)];
  }

  function page(url: string): string | undefined {
    const service = find(url);
    return service && next(service)?.text;
  }

  async function answer(url: string, init: RequestInit): Promise<Response> {
    fake.sent.push({
      method: init.method ?? "GET",
      url,
      body: typeof init.body === "string" ? init.body : "",
    });
    const service = find(url);
    if (!service) {
      fake.unanswered.push(url);
      throw new Error(`the test has no response for ${url}`);
    }
    return responseOf(next(service));
  }
}

/** A URL in which `*` matches anything. */
export function patternOf(address: string): RegExp {
  return new RegExp(
    `^${address
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );
}

/** A written answer as a response; throws as `fetch` does for one that fails. */
export function responseOf(written: WrittenAnswer = {}): Response {
  const { status = 200, json, text } = written;
  if (status === "failed") throw new Error("the connection was reset");
  // A test does not wait: the request times out at once.
  if (status === "timeout") throw new DOMException("the time is over", "TimeoutError");
  const body = text ?? (json === undefined ? "" : JSON.stringify(json));
  return new Response(status === 204 || status === 304 ? null : body, { status });
}
