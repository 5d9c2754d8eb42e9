/** What is noted of the services that a turn asks. */
import { describe, expect, test } from "vitest";
import { noteLogged, watchedWeb } from "../../src/dev/service-requests.ts";
import type { ServiceRequestView } from "../../src/phone/page/contract/turn.ts";

/** Asks a service that answers so, and what was noted of it. */
async function ask(
  answer: () => Response,
): Promise<{ text?: string; serviceRequests: ServiceRequestView[] }> {
  const { web, serviceRequests } = watchedWeb({ fetch: async () => answer(), privateHosts: [] });
  const url = "https://example.com/balance?card=4711";
  const text = await web.fetch(url, { method: "POST" }).then(
    (response) => response.text(),
    () => undefined,
  );
  return { ...(text !== undefined && { text }), serviceRequests };
}

const noted = (answer: ServiceRequestView["answer"]): ServiceRequestView[] => [
  { method: "POST", url: "https://example.com/balance*", milliseconds: expect.any(Number), answer },
];

describe("a service that is requested", () => {
  test("is noted with its answer, which the flow still reads, and without its query", async () => {
    const { text, serviceRequests } = await ask(() => Response.json({ open: true }, { status: 404 }));
    expect(text).toBe('{"open":true}');
    expect(serviceRequests).toEqual(noted({ status: 404, json: { open: true } }));
  });

  test("may answer something else than JSON", async () => {
    expect((await ask(() => new Response("Hello."))).serviceRequests).toEqual(
      noted({ status: 200, text: "Hello." }),
    );
  });

  test("is noted without an answer that is too long for a header", async () => {
    const { text, serviceRequests } = await ask(() => new Response("x".repeat(3000)));
    expect([text?.length, serviceRequests]).toEqual([3000, noted({ status: 200 })]);
  });

  test("is noted with its step and what was sent, and with why it has no answer", async () => {
    const { web, serviceRequests } = watchedWeb({
      fetch: async () => new Response("oops"),
      privateHosts: [],
    });
    const headers = { "Idempotency-Key": "CA1-2-look-up-7", "Content-Type": "application/json" };
    await web.fetch("https://example.com/", { method: "POST", headers, body: '{"card":4711}' });
    const line = { call: "CA1", flow: "desk", event: "request", step: "look-up", host: "example.com" };
    noteLogged(serviceRequests, { ...line, status: "invalid", ms: 3 });
    expect(serviceRequests).toMatchObject([{ step: "look-up", body: { card: 4711 }, outcome: "invalid" }]);
    noteLogged(serviceRequests, { ...line, status: "failed", error: "its host is private" });
    expect(serviceRequests[1]).toMatchObject({ url: "example.com", why: "its host is private" });
  });

  test("has a stand-in if that is wanted, and is not asked", async () => {
    const fetch = () => Promise.reject(new Error("it was asked"));
    const { web, serviceRequests } = watchedWeb({ fetch, privateHosts: [] }, async ({ url }) => ({
      answer: url.endsWith("slow") ? { status: "timeout" } : { status: 404, json: { a: 1 } },
      from: { test: "unknown" },
    }));
    const response = await web.fetch("https://example.com/callers", {});
    expect([response.status, await response.json()]).toEqual([404, { a: 1 }]);
    await expect(web.fetch("https://example.com/slow", {})).rejects.toThrow("the time is over");
    expect(serviceRequests).toMatchObject([
      { answer: { status: 404 }, standIn: { test: "unknown" } },
      { answer: { status: "timeout" }, standIn: { test: "unknown" } },
    ]);
  });

  test("is not Twilio's API, which only development's own answers for a call with stand-ins", async () => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response();
    };
    const standIn = () => Promise.reject(new Error("it was asked"));
    const { web, serviceRequests } = watchedWeb({ fetch, privateHosts: [] }, standIn);
    const path = "/2010-04-01/Accounts/AC1/Calls/CA1.json";
    for (const origin of ["http://127.0.0.1:1", "https://api.twilio.com"]) await web.fetch(origin + path, {});
    expect([asked, serviceRequests]).toEqual([[`http://127.0.0.1:1${path}`], []]);
  });

  test("may be out of reach", async () => {
    const { serviceRequests } = await ask(() => {
      throw new Error("no route");
    });
    expect(serviceRequests).toEqual(noted({ status: "failed" }));
  });
});
