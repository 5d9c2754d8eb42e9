/** A call that another application takes over, and sends back by the URL in its parameter `back`. */
import { describe, expect, it } from "vitest";
import { HOST, inside, type Line, lineOf, memoryStore, post, TOKEN, webhook } from "./support.ts";

const FLOW = `
variables:
  name: { type: string, default: nobody }
  score: { type: int, default: 0 }
  text: { type: string, maxLength: 4000 }
steps:
  note:
    set: { name: "{{ caller.name }}", text: "{{ caller.city }}" }
    next: survey
  survey:
    redirect: { url: "https://example.com/survey?n={{ caller.zip }}", back: thanks, save: { score: score } }
  thanks:
    hangup: "{{ vars.name }}, {{ vars.score }} points."
`;

/** Begins a call, and returns the URL that the other application gets. */
async function backOf(app: Line, params: Record<string, string> = {}): Promise<URL> {
  return backIn(await post(app, "/voice/desk", { CallerName: "Ada", ...params }));
}

function backIn(twiml: string): URL {
  const address = /<Redirect>(.*)<\/Redirect>/.exec(twiml)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(new URL(address).host).toBe("example.com");
  return new URL(new URL(address).searchParams.get("back") ?? "");
}

const pathOf = (url: URL): string => url.pathname + url.search;

describe("the URL in `back`", () => {
  it("is absolute, and continues the call with its variables and what was added", async () => {
    const app = lineOf(FLOW);
    const back = await backOf(app);
    expect(back.origin).toBe("https://phone.example.com");
    back.searchParams.append("score", "5");
    expect(inside(await post(app, pathOf(back)))).toBe("<Say>Ada, 5 points.</Say><Hangup/>");
  });

  it("has the host and the path of PUBLIC_URL", async () => {
    const publicUrl = "https://proxy.example.com/phone";
    const { headers, body } = webhook("/voice/desk", {}, TOKEN, publicUrl);
    const seen = new Request(`${HOST}/voice/desk`, {
      method: "POST",
      headers,
      body: await new Response(body).text(),
    });
    const back = backIn(await (await lineOf(FLOW, { publicUrl }).fetch(seen)).text());
    expect(back.href).toMatch(/^https:\/\/proxy\.example\.com\/phone\/voice\/desk\//);
  });

  it("needs nothing of the store", async () => {
    const app = lineOf(FLOW, { callState: "ticket", store: memoryStore() });
    const back = await backOf(app);
    expect(inside(await post(app, pathOf(back)))).toBe("<Say>Ada, 0 points.</Say><Hangup/>");
  });

  it("has a query also if the state is too large for it", async () => {
    const app = lineOf(FLOW);
    const back = await backOf(app, { FromCity: "x".repeat(4000) });
    expect(back.search).toBe("?t=");
    expect(inside(await post(app, `${pathOf(back)}&score=5`))).toBe("<Say>Ada, 5 points.</Say><Hangup/>");
  });

  it("opens nothing in another call", async () => {
    const app = lineOf(FLOW, { callState: "ticket" });
    const back = await backOf(app);
    const other = { CallSid: "CA00000000000000000000000000000009" };
    expect(inside(await post(app, pathOf(back), other))).toBe("<Say>nobody, 0 points.</Say><Hangup/>");
  });
});

it("a parameter that is added does not replace one of Twilio's own, and is covered by the signature", async () => {
  const app = lineOf(FLOW.replace("score: score }", "score: score, name: CallStatus }"));
  const path = `${pathOf(await backOf(app))}&score=7&CallStatus=completed`;
  expect(inside(await post(app, path))).toBe("<Say>in-progress, 7 points.</Say><Hangup/>");
  const forged = webhook(path);
  const url = forged.url.replace("score=7", "score=9");
  const request = new Request(url, { method: "POST", headers: forged.headers, body: await forged.text() });
  expect((await app.fetch(request)).status).toBe(403);
});
