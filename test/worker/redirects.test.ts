/** A flow's request and the redirects that answer it: where it goes, what it carries, and when it is tried again. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { HttpRequest } from "../../src/engine/effect.ts";
import { ask, type Web } from "../../src/worker/http.ts";
import { useFalseTime } from "./false-time.ts";

useFalseTime();
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Answer = [status: number, headers?: Record<string, string>, body?: string] | Error;

/** Sends a request to services that answer in turn; the last answer serves all later requests. */
async function sent(more: Partial<HttpRequest>, answers: Answer[], left = 10_000, web: Partial<Web> = {}) {
  const asked: string[] = [];
  const pauses: number[] = [];
  const fetch = async (url: string, { method, body }: RequestInit): Promise<Response> => {
    asked.push([method, url, body].filter((part) => typeof part === "string").join(" "));
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? [200];
    if (answer instanceof Error) throw answer;
    const [status, headers = {}, text = "{}"] = answer;
    return new Response(status === 204 || status === 304 ? null : text, { status, headers });
  };
  const wait = async (ms: number): Promise<void> => {
    pauses.push(ms);
    vi.setSystemTime(Date.now() + ms);
  };
  const request: HttpRequest = {
    method: "POST",
    url: "https://a.example/x?y",
    headers: {},
    body: "b",
    timeout: 1000,
    retries: 0,
    ...more,
  };
  const { answer, why } = await ask({ fetch, wait, privateHosts: [], ...web }, request, left);
  return { status: answer.status, body: answer.body, why, asked, pauses };
}

describe("a redirect", () => {
  test.each([301, 302, 307, 308])("by %i keeps method and body", async (status) => {
    const { asked } = await sent({}, [[status, { Location: "/z" }], [200]]);
    expect(asked).toEqual(["POST https://a.example/x?y b", "POST https://a.example/z b"]);
  });

  test("by 303 becomes a GET", async () => {
    const { asked } = await sent({}, [[303, { Location: "z?1" }], [200]]);
    expect(asked).toEqual(["POST https://a.example/x?y b", "GET https://a.example/z?1"]);
  });

  test.each([300, 304, 305])("is not what %i says", async (status) => {
    expect(await sent({}, [[status, { Location: "/z" }]])).toMatchObject({
      status: `${status}`,
      asked: ["POST https://a.example/x?y b"],
    });
  });

  test("without a Location is the answer", async () => {
    expect((await sent({}, [[302]])).status).toBe("302");
  });

  test.each([
    ["https://a.example/x", "https://a.example:443/z", true],
    ["http://a.example/x", "http://a.example/z", true],
    ["http://a.example:8080/x", "https://a.example/z", true],
    ["http://a.example/x", "https://a.example:8443/z", true],
    ["https://a.example/x", "http://a.example/z", false],
    ["https://a.example/x", "https://a.example:8443/z", false],
    ["https://a.example/x", "https://b.example/z", false],
    ["http://a.example/x", "https://b.example/z", false],
    ["https://a.example/x", "ftp://a.example/z", false],
    ["http://a.example/x", "ftp://a.example/z", false],
    ["https://a.example/x", "https://[", false],
  ])("from %s to %s is followed: %s", async (url, Location, isFollowed) => {
    const { status, why, asked } = await sent({ url }, [[307, { Location }], [200]]);
    expect([status, asked.length]).toEqual(isFollowed ? ["200", 2] : ["failed", 1]);
    expect(why).toBe(isFollowed ? undefined : "it was redirected to another host, or to http");
  });

  test.each([
    [3, "200"],
    [4, "failed"],
  ])("after another, %i times: %s", async (times, status) => {
    const moved: Answer = [302, { Location: "/z" }];
    const answer = await sent({}, [...Array<Answer>(times).fill(moved), [200]]);
    expect([answer.status, answer.asked.length]).toEqual([status, 4]);
    expect(answer.why).toBe(times === 3 ? undefined : "it was redirected more than 3 times");
  });
});

describe("a URL", () => {
  test.each([
    ["https://10.0.0.1/", [], false],
    ["https://10.0.0.1/", ["10.0.0.1"], true],
    ["http://10.0.0.1:8080/", ["10.0.0.1"], false],
    ["http://10.0.0.1:8080/", ["10.0.0.1:8080"], true],
    ["http://localhost/", [], false],
    ["http://a.example/", [], true],
    ["ftp://a.example/", [], false],
    ["xhttps://a.example/", [], false],
    ["httpsx://a.example/", [], false],
    ["no URL", [], false],
  ])("%s with the private hosts %j is asked: %s", async (url, privateHosts, isAsked) => {
    const { asked, why } = await sent({ url, retries: 3 }, [[200]], 10_000, { privateHosts });
    expect([asked.length, why]).toEqual(isAsked ? [1, undefined] : [0, "its host is private"]);
  });
});

describe("an answer", () => {
  test.each<[Answer, string, unknown]>([
    [[200, {}, '{"a":1}'], "200", { a: 1 }],
    [[200, {}, " "], "200", null],
    [[200, {}, "text"], "invalid", null],
    [[404, {}, "text"], "404", null],
    [[404, {}, "[1]"], "404", [1]],
    [[204], "204", null],
    [[200, {}, `${"[".repeat(100)}${"]".repeat(100)}`], "200", expect.any(Array)],
    [[200, {}, `${"[".repeat(102)}${"]".repeat(102)}`], "invalid", null],
    [[200, {}, `"${"x".repeat(256 * 1024 - 2)}"`], "200", expect.any(String)],
    [[200, {}, `"${"x".repeat(256 * 1024 - 1)}"`], "invalid", null],
  ])("%#", async (answer, status, body) => {
    expect(await sent({}, [answer])).toMatchObject({ status, body });
  });

  test.each<[Answer, string, unknown]>([
    [new DOMException("late", "TimeoutError"), "timeout", "no answer in time"],
    [new TypeError("reset"), "failed", "no connection"],
  ])("that does not come: %s", async (answer, status, why) => {
    expect(await sent({}, [answer])).toMatchObject({ status, why, body: null });
  });
});

describe("another try", () => {
  test.each<[Partial<HttpRequest>, Answer[], number, string[], number[]]>([
    [{ retries: 2 }, [[429]], 10_000, ["429", "3"], [0, 0]],
    [{ retries: 0 }, [[429]], 10_000, ["429", "1"], []],
    [{ retries: 2 }, [[429, { "Retry-After": "2" }], [200]], 10_000, ["200", "2"], [2000]],
    [{ retries: 2 }, [[429, { "Retry-After": "2" }]], 2001, ["429", "2"], [2000]],
    [{ retries: 2 }, [[429, { "Retry-After": "2" }]], 2000, ["429", "1"], []],
    [{ retries: 2, method: "GET" }, [[500], [200]], 10_000, ["200", "2"], [0]],
    [{ retries: 2 }, [[500], [200]], 10_000, ["500", "1"], []],
    [{ retries: 2 }, [[200]], 0, ["timeout", "0"], []],
  ])("%j after %j with %i ms: %j", async (more, answers, left, [status, tries], pauses) => {
    const answer = await sent(more, answers, left);
    expect([answer.status, `${answer.asked.length}`, answer.pauses]).toEqual([status, tries, pauses]);
    if (left === 0) expect(answer.why).toBe("no time was left for it");
  });

  test.each([
    [1000, 10_000, 1000],
    [1000, 700, 700],
    [1, 1, 1],
  ])("has its own %i ms, of %i that are left: %i", async (timeout, left, ms) => {
    const signal = vi.spyOn(AbortSignal, "timeout");
    await sent({ timeout }, [[200]], left);
    expect(signal.mock.calls).toEqual([[ms]]);
  });
});
