/** A Worker that places calls, once for each key, and fails as it is told to. */
import { createServer, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { isMap } from "../../../src/program/is-map.ts";

/** A failure of one request. */
export interface Fault {
  /** Breaks off without an answer if omitted. */
  status?: number;
  code?: string;
  retryAfter?: number;
  /** The call is placed all the same. */
  acts?: boolean;
  /** Done before the answer. */
  meanwhile?: () => void;
}

/** The stand-in. */
export interface FakeWorker {
  url: string;
  /** The numbers that were called, in order. */
  calls: string[];
  /** Bodies, by key. */
  orders: Map<string, string>;
  requests: number;
  /** For the next requests; undefined is a request that goes well. */
  faults: (Fault | undefined)[];
  /** Numbers that are refused each time. */
  refuses: Set<string>;
}

/** The token that the stand-in takes. */
export const CALLS_TOKEN = "the-token-of-the-list";

/** Starts one for the running test. */
export async function fakeWorker(): Promise<FakeWorker> {
  const worker: FakeWorker = {
    ...{ url: "", calls: [], orders: new Map(), requests: 0, faults: [], refuses: new Set() },
  };
  const server = createServer(async (request, response) => {
    const body = await json(request);
    worker.requests += 1;
    const fault = worker.faults.shift();
    fault?.meanwhile?.();
    if (request.headers.authorization !== `Bearer ${CALLS_TOKEN}`)
      return refuse(response, 401, "unauthorized");
    const to = isMap(body) ? String(body.to) : "";
    if (worker.refuses.has(to)) return refuse(response, 400, "twilio-21211");
    if (!fault || fault.acts) {
      const status = place(worker, String(request.headers["idempotency-key"]), to, JSON.stringify(body));
      if (status === 409) return refuse(response, 409, "other-body");
    }
    if (fault && fault.status === undefined) return void response.destroy();
    if (fault?.status) return refuse(response, fault.status, fault.code ?? "unknown", fault.retryAfter);
    response.writeHead(201).end(JSON.stringify({ sid: sidOf(to), status: "queued" }));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  worker.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return worker;
}

/** The SID of the call to a number. */
export const sidOf = (to: string): string => `CA${to.slice(1).padStart(32, "0")}`;

function place(worker: FakeWorker, key: string, to: string, body: string): number {
  const before = worker.orders.get(key);
  if (before !== undefined) return before === body ? 201 : 409;
  worker.orders.set(key, body);
  worker.calls.push(to);
  return 201;
}

function refuse(response: ServerResponse, status: number, code: string, retryAfter?: number): void {
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  response.writeHead(status, headers).end(JSON.stringify({ error: { code, message: `It is ${code}.` } }));
}
