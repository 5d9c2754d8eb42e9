import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "../../src/engine/effect.ts";
import { ask, isPrivateHost } from "../../src/worker/http.ts";

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
  const request: HttpRequest = {
    method: "GET",
    url: `http://${host}${path}`,
    headers: {},
    timeout: 400,
    retries: 0,
    ...more,
  };
  return ask({ fetch: (url, init) => fetch(url, init), privateHosts }, request, 10_000);
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
    expect(await get("/good", {}, [])).toEqual({ status: "failed", body: null });
    expect(asked).toEqual([]);
  });

  it.each([
    "http://localhost/",
    "http://localhost.:80/",
    "http://a.localhost/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://intranet./",
    "http://[::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://metadata.google.internal/",
    "http://printer.local/",
    "http://intranet/",
  ])("is %s", (url) => {
    expect(isPrivateHost(new URL(url).hostname)).toBe(true);
  });

  it.each([
    "https://example.com/",
    "http://172.32.0.1/",
    "http://8.8.8.8/",
    "http://[2606:4700::1]/",
    "https://localhost.example.com/",
  ])("is not %s", (url) => expect(isPrivateHost(new URL(url).hostname)).toBe(false));
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
