/** A service request filled in: its headers are such that fetch takes them. */
import { describe, expect, test } from "vitest";
import { requestOf } from "../../src/engine/request.ts";
import type { Json } from "../../src/program/json.ts";
import type { RequestOp, Source } from "../../src/program/op.ts";

const OP: RequestOp = {
  op: "request",
  method: "POST",
  url: ["https://crm.example.com/"],
  timeout: 4000,
  retries: 0,
  block: "answered",
  later: [],
};

function headersOf(headers: Record<string, string>, more: Partial<RequestOp> = {}): Record<string, string> {
  const sources = Object.entries(headers).map(([name, value]): [string, Source] => [name, { value }]);
  const read = (source: Source): Json => ("value" in source ? source.value : null);
  return requestOf({ ...OP, ...more, headers: Object.fromEntries(sources) }, read, "key").headers;
}

test.each([
  ["Ada", "Ada"],
  ["Zoë", "Zoë"],
  ["Łukasz", "%C5%81ukasz"],
  ["山田 太郎", "%E5%B1%B1%E7%94%B0 %E5%A4%AA%E9%83%8E"],
  ["a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"],
  ["\ud800", "%EF%BF%BD"],
])("the header value %j is sent as %j", (value, sent) => {
  const headers = headersOf({ "X-Name": value });
  expect(headers["X-Name"]).toBe(sent);
  expect(() => new Headers(headers)).not.toThrow();
});

test.each(["content-type", "Content-Type", "CONTENT-TYPE"])(
  "the author's %s replaces the default",
  (name) => {
    const headers = headersOf({ [name]: "application/vnd.crm+json" }, { json: { value: {} } });
    expect(new Headers(headers).get("content-type")).toBe("application/vnd.crm+json");
  },
);

test("the author's Content-Type of a form replaces the default", () => {
  expect(headersOf({ "content-type": "text/plain" }, { form: {} })).toEqual({
    "content-type": "text/plain",
    "Idempotency-Key": "key",
  });
});

test("JSON and forms have a type", () => {
  expect(headersOf({}, { json: { value: {} } })["Content-Type"]).toBe("application/json");
  expect(headersOf({}, { form: {} })["Content-Type"]).toBe("application/x-www-form-urlencoded");
});

describe("a request", () => {
  const read = (source: Source): Json => ("value" in source ? source.value : null);
  const HEADERS = { "Idempotency-Key": "key" };
  const plain = {
    effect: "request",
    method: "POST",
    url: "https://crm.example.com/",
    headers: HEADERS,
    timeout: 4000,
    retries: 0,
  };

  test("has no more than the flow says", () => {
    expect(requestOf(OP, read, "key")).toEqual(plain);
  });

  test.each<[more: Partial<RequestOp>, asked: object]>([
    [{ idempotent: true }, { idempotent: true }],
    [{ sign: "twilio" }, { sign: "twilio" }],
    [{ text: true }, { text: true }],
    [{ query: { q: { value: "a b" } } }, { url: "https://crm.example.com/?q=a+b" }],
    [
      { url: ["https://crm.example.com/?x=1"], query: { q: { value: "a" } } },
      { url: "https://crm.example.com/?x=1&q=a" },
    ],
    [{ url: ["https://crm.example.com/", "/a"] }, { url: "https://crm.example.com/a" }],
    [{ url: ["https://crm.example.com/a", "b"] }, { url: "https://crm.example.com/ab" }],
    [
      { form: { a: { value: "b c" } } },
      { headers: { ...HEADERS, "Content-Type": "application/x-www-form-urlencoded" }, body: "a=b+c" },
    ],
    [
      { json: { value: { a: 1 } } },
      { headers: { ...HEADERS, "Content-Type": "application/json" }, body: '{"a":1}' },
    ],
  ])("with %j", (more, asked) => {
    expect(requestOf({ ...OP, ...more }, read, "key")).toEqual({ ...plain, ...asked });
  });
});
