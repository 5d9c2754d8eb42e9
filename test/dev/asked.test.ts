/** What is noted of the services that a turn asks. */
import { describe, expect, test } from "vitest";
import { watchedWeb } from "../../src/dev/asked.ts";
import type { ServiceRequestView } from "../../src/phone/page/contract.ts";

/** Asks a service that answers so, and what was noted of it. */
async function ask(answer: () => Response): Promise<{ text?: string; asked: ServiceRequestView[] }> {
  const { web, asked } = watchedWeb({ fetch: async () => answer(), privateHosts: [] });
  const url = "https://example.com/balance?card=4711";
  const text = await web.fetch(url, { method: "POST" }).then(
    (response) => response.text(),
    () => undefined,
  );
  return { ...(text !== undefined && { text }), asked };
}

const noted = (answer: ServiceRequestView["answer"]): ServiceRequestView[] => [
  { method: "POST", url: "https://example.com/balance*", answer },
];

describe("a service that is asked", () => {
  test("is noted with its answer, which the flow still reads, and without its query", async () => {
    const { text, asked } = await ask(() => Response.json({ open: true }, { status: 404 }));
    expect(text).toBe('{"open":true}');
    expect(asked).toEqual(noted({ status: 404, json: { open: true } }));
  });

  test("may answer something else than JSON", async () => {
    expect((await ask(() => new Response("Hello."))).asked).toEqual(noted({ status: 200, text: "Hello." }));
  });

  test("is noted without an answer that is too long for a header", async () => {
    const { text, asked } = await ask(() => new Response("x".repeat(3000)));
    expect([text?.length, asked]).toEqual([3000, noted({ status: 200 })]);
  });

  test("may be out of reach", async () => {
    const { asked } = await ask(() => {
      throw new Error("no route");
    });
    expect(asked).toEqual(noted({ status: "failed" }));
  });
});
