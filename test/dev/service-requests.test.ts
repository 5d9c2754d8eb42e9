/** What is noted of the services that a turn asks. */
import { describe, expect, test } from "vitest";
import { watchedWeb } from "../../src/dev/service-requests.ts";
import type { ServiceRequestView } from "../../src/phone/page/contract.ts";

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
  { method: "POST", url: "https://example.com/balance*", answer },
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

  test("may be out of reach", async () => {
    const { serviceRequests } = await ask(() => {
      throw new Error("no route");
    });
    expect(serviceRequests).toEqual(noted({ status: "failed" }));
  });
});
