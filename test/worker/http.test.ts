import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { HttpRequest } from "../../src/engine/effect.ts";
import { ask, type Web } from "../../src/worker/http.ts";

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

let asked: string[] = [];
let server: Server;
let host = "";

const json =
  (value: unknown, status = 200): Serve =>
  (_request, response) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(value));
  };
const redirect =
  (location: string, status = 302): Serve =>
  (_request, response) => {
    response.writeHead(status, { Location: location });
    response.end();
  };

const pages: Record<string, Serve> = {
  "/good": json({ name: "Ada" }),
  "/gone": json({ why: "gone" }, 404),
  "/empty": (_request, response) => response.writeHead(204).end(),
  "/broken": (_request, response) => response.end('{"name": "A'),
  "/html": (_request, response) => response.end("<html></html>"),
  "/error": (_request, response) => response.writeHead(502).end("<html>Bad gateway</html>"),
  "/never": () => undefined,
  "/drip": (_request, response) => response.write("{"),
  "/reset": (request) => request.socket.destroy(),
  "/huge": (_request, response) => {
    const chunk = " ".repeat(64 * 1024);
    for (let i = 0; i < 800; i++) response.write(chunk);
    response.end("1");
  },
  "/moved": redirect("/good"),
  "/posted": redirect("/seen", 303),
  "/kept": redirect("/seen", 307),
  "/seen": (request, response) => json({ method: request.method })(request, response),
  "/loop": redirect("/loop"),
  "/inside": redirect("http://169.254.169.254/latest/meta-data"),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const seen = asked.filter((url) => url === request.url).length;
    if (request.url === "/flaky") return json({ tries: seen }, seen < 3 ? 503 : 200)(request, response);
    return pages[request.url ?? ""]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function get(path: string, more: Partial<HttpRequest> = {}, privateHosts = [host]) {
  asked = [];
  return send({ fetch: (url, init) => fetch(url, init), privateHosts }, `http://${host}${path}`, more);
}

/** Sends a request; what came back, without why there is no answer. */
async function send(web: Web, url: string, more: Partial<HttpRequest> = {}, left = 10_000) {
  const request: HttpRequest = { method: "GET", url, headers: {}, timeout: 400, retries: 0, ...more };
  return (await ask({ wait: async () => undefined, ...web }, request, left)).answer;
}

describe("a service that", () => {
  it.each([
    ["answers", "/good", { status: "200", body: { name: "Ada" } }],
    ["answers with an error and why", "/gone", { status: "404", body: { why: "gone" } }],
    ["answers nothing", "/empty", { status: "204", body: null }],
    ["sends half of its JSON", "/broken", { status: "invalid", body: null }],
    ["sends a page", "/html", { status: "invalid", body: null }],
    ["fails with a page", "/error", { status: "502", body: null }],
    ["never answers", "/never", { status: "timeout", body: null }],
    ["begins and never ends", "/drip", { status: "timeout", body: null }],
    ["drops the connection", "/reset", { status: "failed", body: null }],
    ["has moved", "/moved", { status: "200", body: { name: "Ada" } }],
    ["redirects for ever", "/loop", { status: "failed", body: null }],
    ["redirects into a private network", "/inside", { status: "failed", body: null }],
  ])("%s", async (_what, path, answer) => {
    expect(await get(path)).toEqual(answer);
  });

  it("sends 50 MB", async () => {
    expect(await get("/huge", { timeout: 10_000 })).toEqual({ status: "invalid", body: null });
  });

  it("sees a redirected POST as Twilio's own client would send it", async () => {
    const post = { method: "POST", body: "{}" };
    expect((await get("/posted", post)).body).toEqual({ method: "GET" });
    expect((await get("/kept", post)).body).toEqual({ method: "POST" });
  });
});

describe("tries", () => {
  it("go on while a service is down, and stop when it is up", async () => {
    expect(await get("/flaky", { retries: 3 })).toEqual({ status: "200", body: { tries: 3 } });
    expect(asked).toHaveLength(3);
  });
  it("are as many as the request says", async () => {
    expect((await get("/flaky", { retries: 1 })).status).toBe("503");
    expect(asked).toHaveLength(2);
  });
  it("end with what a service has decided", async () => {
    await get("/gone", { retries: 3 });
    expect(asked).toHaveLength(1);
  });
});

describe("a private address", () => {
  it("is not asked", async () => {
    expect(await get("/good", { retries: 3 }, [])).toEqual({ status: "failed", body: null });
    expect(asked).toEqual([]);
  });
});

/** A service in memory: answers in turn, the last one again and again; a number is a status, a text is a redirect to it. */
function service(...answers: (number | string | Error | Response | [status: number, location: string])[]) {
  const requests: { url: string; method: string | undefined; body: unknown; headers: unknown }[] = [];
  const web: Web = {
    privateHosts: [],
    fetch: async (url, { method, body, headers }) => {
      requests.push({ url, method, body, headers });
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? 500;
      if (answer instanceof Error) throw answer;
      if (answer instanceof Response) return answer;
      if (typeof answer === "number") return Response.json({}, { status: answer });
      const [status, location] = typeof answer === "string" ? [302, answer] : answer;
      return new Response(null, { status, headers: { Location: location } });
    },
  };
  return { web, requests };
}

const A = "https://a.example/start";
const SECRETS = { method: "POST", body: "{}", headers: { Authorization: "Bearer secret" } };

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("with status %i is followed", async (status) => {
    const { web, requests } = service([status, "/there"], 200);
    expect((await send(web, A, SECRETS)).status).toBe("200");
    const isGet = status === 303;
    expect(requests[1]).toEqual({
      url: "https://a.example/there",
      method: isGet ? "GET" : "POST",
      body: isGet ? null : "{}",
      headers: SECRETS.headers,
    });
  });

  it.each([300, 304, 305, 306, 309])("is not what a status %i with a Location is", async (status) => {
    const { web, requests } = service([status, "/there"], 200);
    expect((await send(web, A)).status).toBe(String(status));
    expect(requests).toHaveLength(1);
  });

  it("without a Location is an answer", async () => {
    const { web, requests } = service(302);
    expect((await send(web, A)).status).toBe("302");
    expect(requests).toHaveLength(1);
  });

  it.each([
    [3, "200"],
    [4, "failed"],
  ])("%i times in succession ends in %s", async (times, status) => {
    const { web, requests } = service(...Array<string>(times).fill("/on"), 200);
    expect((await send(web, A)).status).toBe(status);
    expect(requests).toHaveLength(4);
  });

  it.each([
    ["https://a.example/x", "https://a.example:443/y", true],
    ["http://a.example/x", "http://a.example/y", true],
    ["http://a.example/x", "https://a.example/y", true],
    ["http://a.example:8080/x", "https://a.example:8443/y", true],
    ["https://a.example/x", "http://a.example/y", false],
    ["https://a.example/x", "http://a.example:443/y", false],
    ["https://a.example:8443/x", "http://a.example:8443/y", false],
    ["https://a.example/x", "https://a.example:8443/y", false],
    ["http://a.example/x", "http://a.example:8080/y", false],
    ["https://a.example/x", "https://b.a.example/y", false],
    ["https://a.example/x", "https://b.example/y", false],
    ["http://a.example/x", "https://b.example/y", false],
    ["https://a.example/x", "//b.example/y", false],
    ["https://a.example/x", "ftp://a.example/y", false],
    ["https://a.example/x", "data:text/plain,{}", false],
    ["https://a.example/x", "https://", false],
  ])("from %s to %s is followed: %s", async (from, to, isFollowed) => {
    const { web, requests } = service(to, 200);
    // Refused, it is not tried again: it would send the secret again, for nothing.
    const answer = await send(web, from, { ...SECRETS, retries: 3, idempotent: true });
    expect(answer.status).toBe(isFollowed ? "200" : "failed");
    expect(requests).toHaveLength(isFollowed ? 2 : 1);
  });

  it("up to https and down again takes no secret down", async () => {
    const { web, requests } = service("https://a.example/x", "http://a.example/y", 200);
    expect((await send(web, "http://a.example/", SECRETS)).status).toBe("failed");
    expect(requests.map(({ url }) => url)).toEqual(["http://a.example/", "https://a.example/x"]);
  });
});

/** Why there is no answer. */
const whyNot = async (url: string, web: Web, left = 10_000): Promise<string | undefined> =>
  (await ask(web, { method: "GET", url, headers: {}, timeout: 400, retries: 0 }, left)).why;

describe("a request", () => {
  it.each(["ftp://a.example/", "httpx://a.example/", "xhttp://a.example/", "a.example", ""])(
    "to %s is not sent",
    async (url) => {
      const { web, requests } = service(200);
      expect(await whyNot(url, web)).toBe("its host is private");
      expect(requests).toEqual([]);
    },
  );

  it.each<[why: string, url: string, answer: Parameters<typeof service>[0], left?: number]>([
    ["its host is private", "http://10.0.0.1/", 200],
    ["it was redirected to another host, or to http", "https://a.example/", "https://b.example/"],
    ["it was redirected more than 3 times", "https://a.example/", "/on"],
    ["no connection", "https://a.example/", new TypeError("fetch failed")],
    ["no answer in time", "https://a.example/", new DOMException("late", "TimeoutError")],
    ["no time was left for it", "https://a.example/", 200, 0],
  ])("says why it has no answer: %s", async (why, url, answer, left) => {
    expect(await whyNot(url, service(answer).web, left)).toBe(why);
  });

  it("has the last millisecond", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { web, requests } = service(200);
    await whyNot("https://a.example/", web, 1);
    vi.useRealTimers();
    expect(requests).toHaveLength(1);
  });

  it("waits by itself before it is repeated", async () => {
    const { web, requests } = service(503, 200);
    const request = { method: "GET", url: "https://a.example/", headers: {}, timeout: 400, retries: 1 };
    expect((await ask(web, request, 10_000)).answer.status).toBe("200");
    expect(requests).toHaveLength(2);
  });

  it("leaves no redirect's body unread", async () => {
    const cancel = vi.fn();
    const headers = { Location: "/on" };
    const body = new ReadableStream({ cancel });
    const { web } = service(new Response(body, { status: 302, headers }), 200);
    expect(await whyNot("https://a.example/", web)).toBeUndefined();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe("a try that fails", () => {
  const LATE = new DOMException("the time is over", "TimeoutError");
  const LOST = new TypeError("fetch failed");

  it.each([
    ["timeout", LATE],
    ["failed", LOST],
  ])("is %s", async (status, failure) => {
    expect(await send(service(failure).web, A)).toEqual({ status, body: null });
  });

  it("for lack of time is never sent", async () => {
    const { web, requests } = service(200);
    expect((await send(web, A, { retries: 3 }, 0)).status).toBe("timeout");
    expect(requests).toEqual([]);
  });

  type Failing = number | Error;
  const ANSWERS: [string, Failing, alsoOnce: boolean][] = [
    ["a time-out", LATE, false],
    ["a lost connection", LOST, false],
    ["500", 500, false],
    ["502", 502, false],
    ["504", 504, false],
    ["429", 429, true],
    ["503", 503, true],
  ];
  it.each(ANSWERS)("with %s is repeated if that is safe", async (_, answer, alsoOnce) => {
    const triesOf = async (more: Partial<HttpRequest>): Promise<number> => {
      const { web, requests } = service(answer);
      await send(web, A, { retries: 2, ...more });
      return requests.length;
    };
    for (const method of ["GET", "PUT", "DELETE"]) expect(await triesOf({ method })).toBe(3);
    for (const method of ["POST", "PATCH"]) {
      expect(await triesOf({ method })).toBe(alsoOnce ? 3 : 1);
      expect(await triesOf({ method, idempotent: true })).toBe(3);
    }
  });

  it.each([200, 204, 400, 401, 404, 409, 428, 430])("is not what %i is", async (status) => {
    const answer = status === 204 ? new Response(null, { status }) : status;
    const { web, requests } = service(answer);
    await send(web, A, { retries: 2 });
    expect(requests).toHaveLength(1);
  });
});

describe("the pause before a retry", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 26) });
    vi.spyOn(Math, "random").mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** The pauses, in milliseconds, if the service is busy and says when to come back. */
  async function pauses(retryAfter: string | undefined, left = 10_000): Promise<number[]> {
    const waited: number[] = [];
    const wait = async (ms: number): Promise<void> => {
      waited.push(ms);
      vi.setSystemTime(Date.now() + ms);
    };
    const headers = retryAfter === undefined ? {} : { "Retry-After": retryAfter };
    const fetch: Web["fetch"] = async () => new Response("", { status: 503, headers });
    await send({ fetch, wait, privateHosts: [] }, A, { retries: 3 }, left);
    return waited;
  }

  it("doubles", async () => {
    expect(await pauses(undefined)).toEqual([125, 250, 500]);
  });
  it.each([
    ["seconds", "2"],
    ["a date", "Thu, 26 Nov 2026 00:00:02 GMT"],
  ])("is at least what Retry-After says in %s", async (_, retryAfter) => {
    expect((await pauses(retryAfter))[0]).toBe(2125);
  });
  it.each([
    ["a date that has passed", "Thu, 26 Nov 2020 00:00:00 GMT"],
    ["no date", "soon"],
    ["0", "0"],
  ])("does not heed %s", async (_, retryAfter) => {
    expect(await pauses(retryAfter)).toEqual([125, 250, 500]);
  });
  it.each([
    [2126, 1],
    [2125, 0],
  ])("with %i ms left is taken %i times", async (left, times) => {
    expect(await pauses("2", left)).toHaveLength(times);
  });
  it("is random, so that calls do not come back together", async () => {
    vi.mocked(Math.random).mockReturnValueOnce(0).mockReturnValueOnce(0.99);
    expect(await pauses("1")).toEqual([1000, 1000 + 0.99 * 500, 1500]);
  });
});

describe("an answer in pieces", () => {
  it("keeps a character whose bytes come apart", async () => {
    const bytes = new TextEncoder().encode('{"name":"Łukasz 🎉"}');
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await send(service(new Response(body)).web, A)).toEqual({
      status: "200",
      body: { name: "Łukasz 🎉" },
    });
  });

  it.each([
    [256 * 1024, "200"],
    [256 * 1024 + 1, "invalid"],
  ])("of %i bytes is %s", async (bytes, status) => {
    const body = `"${"x".repeat(bytes - 2)}"`;
    expect((await send(service(new Response(body)).web, A)).status).toBe(status);
  });

  it.each([
    [100, "200"],
    [101, "invalid"],
  ])("that nests %i deep is %s", async (depth, status) => {
    const body = "[".repeat(depth) + "]".repeat(depth);
    expect((await send(service(new Response(body)).web, A)).status).toBe(status);
  });
});

describe("what a service could do to a caller's secrets or to the call", () => {
  it("a redirect to another host is not followed, and takes no secret along", async () => {
    pages["/away"] = redirect(`http://localhost:${host.split(":")[1]}/good`);
    const answer = await get("/away", { headers: { Authorization: "Bearer secret" } }, [
      host,
      `localhost:${host.split(":")[1]}`,
    ]);
    expect(answer.status).toBe("failed");
    expect(asked).toEqual(["/away"]);
  });

  it("an answer nested without end is invalid; brackets in a text are none", async () => {
    pages["/deep"] = (_request, response) => response.end("[".repeat(50_000) + "]".repeat(50_000));
    pages["/text"] = json({ note: "[".repeat(500) });
    expect((await get("/deep")).status).toBe("invalid");
    expect((await get("/text")).status).toBe("200");
  });
});
