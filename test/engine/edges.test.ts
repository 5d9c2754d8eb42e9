/** Limits of a turn, on both sides of each. */
import { describe, expect, test, vi } from "vitest";
import { MOST_BYTES, sizeOf } from "../../src/engine/document.ts";
import { pendingRequest } from "../../src/engine/effect.ts";
import { MOST_STEPS } from "../../src/engine/run.ts";
import { MOST_UNANSWERED, resume } from "../../src/engine/turn.ts";
import type { Op, RequestOp, Source, Target } from "../../src/program/op.ts";
import { callWith, GIVEN, goTo, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

const ASK: RequestOp = {
  op: "request",
  method: "GET",
  url: ["https://crm.example.com/"],
  timeout: 4000,
  retries: 1,
  block: "answered",
  later: ["<Redirect/>"],
};

describe("a document", () => {
  const around = '<?xml version="1.0" encoding="UTF-8"?><Response><Say></Say><Hangup/></Response>'.length;
  const spare = MOST_BYTES - around;
  const of = (bytes: number) => take(program({ a: [say("x".repeat(bytes)), ...HANG_UP] }));

  test("of 64 kB is sent", () => {
    expect(of(spare).error).toBeUndefined();
    expect(heard(of(spare))).toHaveLength(spare + "<Say></Say><Hangup/>".length);
  });

  test("of a byte more is not: the caller hears the apology", () => {
    const turned = of(spare + 1);
    expect(turned.error).toBe(`the TwiML document has ${MOST_BYTES + 1} bytes, and Twilio's limit is 64 kB`);
    expect(heard(turned)).toBe("<Say>Sorry.</Say><Hangup/>");
  });

  test.each(["é", "€", "𝄞"])("is measured in bytes, not in characters: %s", (one) => {
    const many = one.repeat(Math.floor(spare / Buffer.byteLength(one)) + 1);
    expect(take(program({ a: [say(many), ...HANG_UP] })).error).toMatch(/64 kB/);
    const fewer = many.slice(one.length);
    expect(take(program({ a: [say(fewer), ...HANG_UP] })).error).toBeUndefined();
  });

  test("that is too large keeps the text messages before it, and drops the request after it", () => {
    const message: Op = {
      op: "send",
      form: { To: { value: "+14155550111" }, From: { value: "+14155550100" }, Body: { value: "Hi" } },
    };
    const large = say("x".repeat(MOST_BYTES));
    const sent = take(program({ a: [message, large, ...HANG_UP] }));
    expect(sent.effects).toEqual([expect.objectContaining({ effect: "message", step: "a" })]);
  });
});

test.each([
  [0, 0, 59],
  [21_786, 0, 21_786 + 59],
  [21_787, 0, 2 * 21_787 + 59],
  [30_000, 1, 60_000 + 2000 + 59],
  [30_000, 2, 60_000 + 4000 + 59],
])(
  "%i letters of two bytes and %i links count as %i bytes: exactly if they could be too many",
  (letters, links, bytes) => {
    const link = { link: "rang", road: "voice" as const };
    expect(sizeOf(["é".repeat(letters), ...Array(links).fill(link)])).toBe(bytes);
  },
);

test("the path names each step that is entered, once more at a retry, and none within a step", () => {
  const flow = program({
    a: { enter: [goTo("a", "retry")], retry: [goTo("a", "inner")], inner: [goTo("b")] },
    b: HANG_UP,
  });
  expect(take(flow).path).toEqual(["a", "a", "b", "hangup"]);
});

test("a parameter sets only what the flow takes", () => {
  const text = { type: "string" as const, default: "none" };
  const flow = program(
    { a: [say({ expr: "vars.name + ' ' + vars.other" }), ...HANG_UP] },
    { takes: ["name"], variables: { name: text, other: text } },
  );
  const event = webhook({ name: "Ada", other: "x" });
  expect(heard(take(flow, { event }))).toContain("<Say>Ada none</Say>");
  expect(heard(take(flow, { event, call: callWith() }))).toContain("<Say>none none</Say>");
});

describe("a request", () => {
  const asked = (left: number | undefined, more: Partial<RequestOp> = {}) => {
    const given = left === undefined ? GIVEN : { ...GIVEN, left };
    const turned = take(program({ a: { enter: [{ ...ASK, ...more }], answered: HANG_UP } }), { given });
    return { now: pendingRequest(turned) !== undefined, twiml: heard(turned) };
  };

  test.each<[number | undefined, Partial<RequestOp>, boolean]>([
    [undefined, {}, true],
    [8000, {}, true],
    [7999, {}, false],
    [4000, { retries: 0 }, true],
    [3999, { retries: 0 }, false],
    [12_000, { retries: 2 }, true],
    [11_999, { retries: 2 }, false],
  ])("with %s ms left for %j is made at once: %s", (left, more, now) => {
    expect(asked(left, more)).toEqual({ now, twiml: now ? "" : "<Redirect/>" });
  });

  test("waits for what is said before, and the next webhook makes it", () => {
    const flow = program({ a: { enter: [say("Wait."), ASK], answered: HANG_UP } });
    const turned = take(flow);
    expect([pendingRequest(turned), heard(turned)]).toEqual([undefined, "<Say>Wait.</Say><Redirect/>"]);
    const gone = take(flow, { event: webhook({ CallStatus: "completed" }) });
    expect(pendingRequest(gone)).toMatchObject({
      url: "https://crm.example.com/",
      timeout: 4000,
      retries: 1,
    });
  });

  test("has its name from call, revision, step and place in the turn", () => {
    const flow = program({ a: [goTo("b")], b: { enter: [ASK], answered: HANG_UP } });
    const { headers } = pendingRequest(take(flow, { call: callWith({ sid: "CA1", rev: 4 }) })) ?? {};
    expect(headers).toMatchObject({ "Idempotency-Key": "CA1-5-b-1" });
  });

  test("that no one made is not answered", () => {
    const turned = take(program({ a: HANG_UP }));
    expect(
      resume({ ...GIVEN, program: program({ a: HANG_UP }) }, turned, { status: "200", body: null }),
    ).toBe(turned);
  });
});

describe("steps without an answer", () => {
  const chain = (count: number) => {
    const steps = Array.from({ length: count }, (_, i): [string, Op[]] => [
      `s${i}`,
      i === count - 1 ? HANG_UP : [goTo(`s${i + 1}`)],
    ]);
    return take(program(Object.fromEntries(steps)));
  };

  test(`can be ${MOST_STEPS}`, () => {
    expect(chain(MOST_STEPS).error).toBeUndefined();
    expect(chain(MOST_STEPS).path).toHaveLength(MOST_STEPS + 1);
  });

  test("cannot be one more", () => {
    expect(chain(MOST_STEPS + 1).error).toBe(
      `${MOST_STEPS} steps without an answer from the caller, the last was step "s${MOST_STEPS}" (enter)`,
    );
  });
});

test.each([
  [MOST_UNANSWERED - 2, undefined],
  [MOST_UNANSWERED - 1, `step "a": ${MOST_UNANSWERED} questions in a row without an answer`],
])("after %i questions without an answer, another silence: %s", (unanswered, error) => {
  const flow = program({ a: { enter: HANG_UP, got: HANG_UP } });
  const { a } = flow.steps;
  if (!a) throw new Error("there is a step");
  const listening = { ...flow, steps: { a: { ...a, listens: "got" } } };
  const turned = take(listening, { at: { step: "a", block: "got" }, call: callWith({ unanswered }) });
  expect(turned.error).toBe(error);
});

describe("a value that does not fit", () => {
  const variables = { size: { type: "int" as const, default: 0 } };
  const failing = (to: Target, from: Source) =>
    take(program({ a: [{ op: "set", to, from }] }, { variables })).error;

  test("is named by what it was for", () => {
    expect(failing({ variable: "size" }, { value: "many" })).toBe('step "a": the value does not fit "size"');
    expect(failing({ variable: "size" }, { given: "none" })).toBe('step "a": the value does not fit "size"');
  });

  test("is `null` if a part returned no such value", () => {
    const flow = program({
      a: [say({ given: "none" }), say({ map: { one: { given: "none" } } }), ...HANG_UP],
    });
    expect(heard(take(flow))).toBe("<Say></Say><Say>{&quot;one&quot;:null}</Say><Hangup/>");
  });
});

describe("what is not set is an empty text", () => {
  const spoken = (source: Source) =>
    heard(take(program({ a: [say({ map: { one: source } }), ...HANG_UP] }))).replaceAll("&quot;", '"');

  test.each<[string, Source, string]>([
    ["an environment variable", { env: "NONE" }, '{"one":""}'],
    ["a slot", { slot: "none" }, '{"one":""}'],
    ["a parameter", { param: "None" }, '{"one":""}'],
    ["a service's text", { answer: "text" }, '{"one":""}'],
    ["a service's status", { answer: "status" }, '{"one":""}'],
    ["a service's class", { answer: "class" }, '{"one":""}'],
    ["a part of a parameter", { param: "None", path: ["a"] }, '{"one":null}'],
    ["an item that is not there", { param: "To", path: ["length"] }, '{"one":null}'],
    ["a part of an answer", { answer: "body", path: ["a"] }, '{"one":null}'],
  ])("%s", (_, source, json) => {
    expect(spoken(source)).toContain(json);
  });
});

describe("an expression", () => {
  const read = (expr: string) => take(program({ a: [say({ expr }), ...HANG_UP] }));

  test.each(["caller.constructor", "call.toString", "queue.valueOf", "message.hasOwnProperty"])(
    "does not see %s",
    (expr) => {
      expect(read(expr).error).toBe('step "a" (enter): an expression failed, no_such_key');
    },
  );

  test.each([
    ["string(queue.position + queue.size + queue.time + queue.average)", "0"],
    ["'[' + call.forwardedFrom + ']'", "[]"],
    ["'[' + call.answeredBy + ']'", "[]"],
    ["'[' + input.finishedOnKey + ']'", "[]"],
    ["'[' + message.body + message.media + ']'", "[]"],
  ])("of a call in which nothing came: %s is %s", (expr, text) => {
    expect(heard(read(expr))).toBe(`<Say>${text}</Say><Hangup/>`);
  });

  test("reads the place in a queue", () => {
    const event = webhook({
      QueuePosition: "3",
      CurrentQueueSize: "5",
      QueueTime: "70",
      AvgQueueTime: "40 s",
    });
    const expr = "[queue.position, queue.size, queue.time, queue.average].map(n, string(n)).join(' ')";
    expect(heard(take(program({ a: [say({ expr }), ...HANG_UP] }), { event }))).toContain(
      "<Say>3 5 70 40</Say>",
    );
  });

  test("has the clock of UTC if the flow names no zone, wherever the process runs", () => {
    vi.stubEnv("TZ", "Asia/Tokyo");
    try {
      expect(heard(read("now().time"))).toContain("<Say>17:00</Say>");
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
