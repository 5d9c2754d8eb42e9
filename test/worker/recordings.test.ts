/** Links to recordings: who can play one, for how long, and what the Worker makes of Twilio's answers. */
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { linkerOf } from "../../src/worker/recording-key.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  ACCOUNT,
  HOST,
  type Line,
  line,
  lineOf,
  linkIn,
  type Params,
  post,
  TOKEN,
  webhook,
} from "./support.ts";

const SID = `RE${"a1".repeat(16)}`;
const OTHER = `RE${"b2".repeat(16)}`;
const MEDIA = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Recordings/${SID}`;
const NOW = Date.UTC(2026, 10, 23, 17);
const DAY = 86_400_000;
const BASIC = `Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`;

useFalseTime();

/** A path that plays the recording, as a flow would have made it at some time with a secret. */
function linkAt(now: number, secret = TOKEN, lasts = "7d"): string {
  return linkerOf([secret], HOST, now)(MEDIA, lasts);
}

interface Asked {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
}

type Answer = (() => Response) | "hangs" | "breaks";

/** A Worker whose Twilio gives these answers; the last one again and again. */
function served(answers: Answer[], now = NOW, secrets = [TOKEN]): Line & { asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (url: string, { method, headers, signal }: RequestInit): Promise<Response> => {
    asked.push({ url, method, headers: Object.fromEntries(new Headers(headers)) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "breaks") throw new TypeError("the connection was reset");
    if (typeof answer === "function") return answer();
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
    });
  };
  const sealing = { secrets, cipher: nodeCipher };
  const app = line({ web: { fetch, privateHosts: [] }, callTime: () => now, sealing });
  return { ...app, asked };
}

const audio = (init: ResponseInit = {}): Response =>
  new Response("the sound", { ...init, headers: { "Content-Type": "audio/mpeg", ...init.headers } });
const missing = (): Response => Response.json({ code: 20404 }, { status: 404 });

async function play(app: Line, url: string, init: RequestInit = {}): Promise<[number, string]> {
  const response = await finish(app.fetch(new Request(url, init)));
  return [response.status, await response.text()];
}

describe("a link", () => {
  test("plays its recording, with the account's credentials", async () => {
    const app = served([audio]);
    const response = await app.fetch(new Request(linkAt(NOW)));
    expect([response.status, await response.text()]).toEqual([200, "the sound"]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "audio/mpeg",
      "cache-control": "private, max-age=3600",
    });
    expect(app.asked).toEqual([{ url: `${MEDIA}.mp3`, method: "GET", headers: { authorization: BASIC } }]);
  });

  test.each([
    [`/${SID}.wav?`, "wav"],
    [`/${SID}.mp3?`, "mp3"],
    [`/${SID}?format=wav&`, "wav"],
    [`/${SID}?format=ogg&`, "mp3"],
  ])("can name the format: %s", async (path, format) => {
    const app = served([audio]);
    expect(await play(app, linkAt(NOW).replace(`/${SID}?`, path))).toEqual([200, "the sound"]);
    expect(app.asked[0]?.url).toBe(`${MEDIA}.${format}`);
  });

  test("expires, to the second", async () => {
    expect((await play(served([audio], NOW + 7 * DAY - 1), linkAt(NOW)))[0]).toBe(200);
    const late = served([audio], NOW + 7 * DAY);
    expect(await play(late, linkAt(NOW))).toEqual([410, "This link has expired.\n"]);
    expect(late.asked).toEqual([]);
  });

  test("plays no other recording, and no longer than it was made for", async () => {
    const app = served([audio]);
    const [url = "", key = ""] = linkAt(NOW).split("key=");
    const changed = Array.from({ length: 36 }, (_, at) => {
      const bytes = Buffer.from(key, "base64url");
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return `${url}key=${bytes.toString("base64url")}`;
    });
    const wrong = [linkAt(NOW).replace(SID, OTHER), url, `${url}key=`, linkAt(NOW).slice(0, -2), ...changed];
    for (const one of wrong) expect((await play(app, one))[0], one).toBe(403);
    expect(app.asked).toEqual([]);
  });

  test("works as long as its secret is one of the Worker's", async () => {
    const link = linkAt(NOW, "the old secret");
    expect((await play(served([audio], NOW, ["the new secret", "the old secret"]), link))[0]).toBe(200);
    expect((await play(served([audio], NOW, ["the new secret"]), link))[0]).toBe(403);
    expect((await play(served([audio], NOW, []), linkAt(NOW, "")))[0]).toBe(403);
  });

  test.each(["/recordings/", "/recordings/CA1", `/recordings/${SID}.ogg`, `/recordings/${SID}/more`])(
    "is nothing else: %s",
    async (path) => {
      expect((await play(served([audio]), HOST + path))[0]).toBe(404);
    },
  );
});

describe("a player", () => {
  test("gets the part that it asks for, and no credentials", async () => {
    const headers = { "Content-Range": "bytes 0-3/9", "X-Secret": "not for it", "Accept-Ranges": "bytes" };
    const app = served([() => audio({ status: 206, headers })]);
    const asks = { Range: "bytes=0-3", "If-Range": '"1"', Cookie: "not for Twilio" };
    const response = await app.fetch(new Request(linkAt(NOW), { headers: asks }));
    expect([response.status, response.headers.get("Content-Range")]).toEqual([206, "bytes 0-3/9"]);
    expect(response.headers.get("X-Secret")).toBeNull();
    expect(app.asked[0]?.headers).toEqual({
      authorization: BASIC,
      range: "bytes=0-3",
      "if-range": '"1"',
    });
  });

  test("can ask for the headers alone", async () => {
    const app = served([audio]);
    const response = await app.fetch(new Request(linkAt(NOW), { method: "HEAD" }));
    expect([response.status, await response.text(), app.asked[0]?.method]).toEqual([200, "", "HEAD"]);
  });

  test("is told that there is nothing new, or no such part", async () => {
    for (const status of [304, 416])
      expect((await play(served([() => new Response(null, { status })]), linkAt(NOW)))[0]).toBe(status);
  });
});

describe("Twilio", () => {
  test("is asked again while the recording is not ready", async () => {
    const app = served([missing, missing, () => new Response("", { status: 503 }), audio]);
    const began = Date.now();
    expect(await play(app, linkAt(NOW))).toEqual([200, "the sound"]);
    expect([app.asked.length, Date.now() - began]).toEqual([4, 1750]);
  });

  test("is asked for no longer than 8 seconds", async () => {
    const app = served([missing]);
    const began = Date.now();
    expect((await play(app, linkAt(NOW)))[0]).toBe(404);
    expect(Date.now() - began).toBeGreaterThan(7000);
    expect(Date.now() - began).toBeLessThanOrEqual(8000);
  });

  test.each([
    [() => new Response("who?", { status: 401 }), "Twilio answered 401"],
    [() => new Response("<p>Sorry</p>", { headers: { "Content-Type": "text/html" } }), "Twilio answered 200"],
    ["breaks" as const, "the connection was reset"],
    ["hangs" as const, "late"],
  ])("is named in the log, and not to the listener: %s", async (answer, error) => {
    const app = served([answer]);
    expect(await play(app, linkAt(NOW))).toEqual([502, "Twilio has not answered with the recording.\n"]);
    expect(app.lines).toEqual([expect.objectContaining({ event: `recording ${SID}`, error })]);
  });

  test("can send on to the owner's own storage, which gets no credentials", async () => {
    const stored = "https://bucket.example.com/one?signed";
    const app = served([() => new Response(null, { status: 307, headers: { Location: stored } }), audio]);
    expect((await play(app, linkAt(NOW)))[0]).toBe(200);
    expect(app.asked[1]).toEqual({ url: stored, method: "GET", headers: {} });
  });

  test.each(["http://bucket.example.com/one", "https://bucket.example.com/again"])(
    "is not followed without an end, nor in plain text: %s",
    async (Location) => {
      const app = served([() => new Response(null, { status: 302, headers: { Location } })]);
      expect((await play(app, linkAt(NOW)))[0]).toBe(502);
      expect(app.asked.length).toBeLessThan(5);
    },
  );
});

const FLOW = `
variables:
  message: { type: recording }
steps:
  begin:
    record: { save: message, empty: hangup }
    next: again
  again:
    play: "{{ vars.message }}"
    next: tell
  tell:
    sms: { to: +14155550177, body: '{{ caller.number }}: {{ link(vars.message, "2h") }}' }
    next: ask
  ask:
    request:
      url: https://mail.example.com/send
      json: { text: '{{ link(vars.message, "7d") }}' }
      status: { else: hangup }
    next: hangup
`;

describe("a flow", () => {
  const sent: string[] = [];
  const fetch = async (url: string, { body }: RequestInit): Promise<Response> => {
    sent.push(
      url.startsWith("https://mail") ? String(body) : (new URLSearchParams(String(body)).get("Body") ?? ""),
    );
    return Response.json({}, { status: 201 });
  };
  const inFlow = (overrides = {}): Line =>
    lineOf(FLOW, { web: { fetch, privateHosts: [] }, callTime: () => NOW, ...overrides });

  test("plays a message, sends it and posts it by a link", async () => {
    const app = inFlow();
    const recorded = linkIn(await post(app, "/voice/desk"));
    const heard = await post(app, recorded, { RecordingUrl: MEDIA, RecordingDuration: "12" });
    expect(heard).toContain(`<Play>${linkAt(NOW, TOKEN, "1d")}</Play>`);
    const redirect = /<Redirect>(.+?)<\/Redirect>/.exec(heard)?.[1] ?? "";
    await post(app, redirect);
    await app.settle();
    expect(sent).toEqual([
      `+14155550111: ${linkAt(NOW, TOKEN, "2h")}`,
      JSON.stringify({ text: linkAt(NOW, TOKEN, "7d") }),
    ]);
  });

  test("writes links to the address by which Twilio knows the Worker", async () => {
    const publicUrl = "https://public.example.com/phone";
    const app = inFlow({ publicUrl });
    const begin = async (path: string, params: Params): Promise<string> => {
      const request = webhook(`/phone${path}`, params, TOKEN, "https://public.example.com");
      return (await app.fetch(new Request(HOST + path, request))).text();
    };
    const recorded = linkIn(await begin("/voice/desk", {})).replace("/phone", "");
    const heard = await begin(recorded, { RecordingUrl: MEDIA, RecordingDuration: "12" });
    expect(heard).toContain(`<Play>${linkerOf([TOKEN], publicUrl, NOW)(MEDIA, "1d")}</Play>`);
  });

  test("loads what makes links only if it makes one", async () => {
    const outgoing = () => Promise.reject(new Error("this is not loaded"));
    const plain = lineOf(
      FLOW.replace(/link\(vars.message, "\w+"\)/g, "vars.message.url")
        .replace("play:", "say:")
        .replace("{{ vars.message }}", "{{ vars.message.url }}"),
      { outgoing },
    );
    const path = linkIn(await post(plain, "/voice/desk"));
    expect(await post(plain, path, { RecordingUrl: MEDIA, RecordingDuration: "12" })).toContain(
      `<Say>${MEDIA}</Say>`,
    );
    const linking = inFlow({ outgoing });
    await linking.fetch(webhook("/voice/desk"));
    expect(linking.lines[0]).toMatchObject({ event: "links", error: "this is not loaded" });
  });

  test("leaves a recording alone that is not Twilio's", () => {
    expect(linkerOf([TOKEN], HOST, NOW)("https://files.example.com/hello.mp3", "1d")).toBe(
      "https://files.example.com/hello.mp3",
    );
  });

  test.each(["", "7", "d", "0d", "7 d", "7w", "1.5h", "-1d"])("cannot give one %j", (lasts) => {
    expect(() => linkerOf([TOKEN], HOST, NOW)(MEDIA, lasts)).toThrow("bad_duration");
  });
});
