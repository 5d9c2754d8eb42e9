/** Services and a store that fail at random. What services answer is written down as a test file has it. */
import type { WrittenAnswer } from "../../../flow/scenarios/test-file-schema.ts";
import type { Web } from "../../../worker/http.ts";
import type { Store } from "../../../worker/store.ts";
import { fakeWeb, patternOf, responseOf, type Sent } from "../fake-web.ts";
import type { Random } from "./random.ts";

/** Answers of the project's tests, by URL, in which `*` matches anything. */
export type Answers = readonly (readonly [url: string, answers: readonly WrittenAnswer[]])[];

/** A web at random, what was sent to it, and what it has answered, by URL. */
export interface RandomWeb {
  web: Web;
  sent: Sent[];
  requests: Record<string, WrittenAnswer[]>;
}

const FAULTS: readonly [WrittenAnswer, ...WrittenAnswer[]] = [
  { status: "failed" },
  { status: "timeout" },
  { status: 404 },
  { status: 503 },
  { text: "not JSON" },
  { json: null },
  { json: [] },
];

/** @param often how many of all requests fail, from 0 to 1 */
export function randomWeb(random: Random, answers: Answers, often: number): RandomWeb {
  const { web } = fakeWeb({});
  const seen: RandomWeb = { web: { ...web, fetch: send }, sent: [], requests: {} };
  return seen;

  async function send(url: string, init: RequestInit): Promise<Response> {
    const body = typeof init.body === "string" ? init.body : "";
    seen.sent.push({ method: init.method ?? "GET", url, body });
    const answer = random.chance(often) ? random.pick(FAULTS) : usual(url);
    const list = seen.requests[url] ?? [];
    seen.requests[url] = [...list, answer];
    return responseOf(answer);
  }

  function usual(url: string): WrittenAnswer {
    if (url.startsWith("https://api.twilio.com/")) return { status: 201, json: {} };
    const fitting = answers.flatMap(([address, list]) => (patternOf(address).test(url) ? list : []));
    return random.any(fitting) ?? { json: {} };
  }
}

/**
 * A store that loses reads and writes.
 * @param often how many of them, from 0 to 1
 */
export function randomStore(random: Random, store: Store, often: number): Store {
  return {
    async get(key) {
      if (!random.chance(often)) return store.get(key);
      if (random.chance(0.5)) throw new Error("KV GET failed: 503 Service Unavailable");
      return null;
    },
    async put(key, value) {
      if (!random.chance(often)) await store.put(key, value);
    },
  };
}
