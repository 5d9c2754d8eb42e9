import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/engine/event.ts";
import { resume } from "../../src/engine/turn.ts";
import { convert, textOf } from "../../src/engine/values.ts";
import type { Call } from "../../src/program/call.ts";
import type { Json } from "../../src/program/json.ts";
import type { Op, Source } from "../../src/program/op.ts";
import type { Variable, VariableType } from "../../src/program/program.ts";
import { anyCharacters } from "../any-characters.ts";
import { callWith, GIVEN, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

function variable(type: VariableType, maxLength?: number): Variable {
  return { type, default: "", ...(maxLength === undefined ? {} : { maxLength }) };
}

describe("convert", () => {
  test.each<[type: VariableType, value: Json, kept: Json | undefined]>([
    ["int", "12", 12],
    ["int", "-7", -7],
    ["int", "007", 7],
    ["int", 12, 12],
    ["int", "12.5", undefined],
    ["int", 12.5, undefined],
    ["int", "", undefined],
    ["int", "*", undefined],
    ["int", "twelve", undefined],
    ["int", "12345678901234567890", undefined],
    ["int", true, undefined],
    ["number", "12.5", 12.5],
    ["number", "12", 12],
    ["number", 12.5, 12.5],
    ["number", "12.", undefined],
    ["number", "1e3", undefined],
    ["number", "", undefined],
    ["bool", true, true],
    ["bool", "true", true],
    ["bool", "false", false],
    ["bool", "yes", undefined],
    ["bool", "", undefined],
    ["bool", "constructor", undefined],
    ["bool", 1, undefined],
    ["string", 12, "12"],
    ["string", true, "true"],
    ["string", ["a"], '["a"]'],
    ["list", [1, "a"], [1, "a"]],
    ["list", "a", undefined],
    ["list", { a: 1 }, undefined],
    ["map", { a: 1 }, { a: 1 }],
    ["map", ["a"], undefined],
    ["map", null, undefined],
    [
      "recording",
      { url: "https://example.com/RE1", seconds: "12" },
      { url: "https://example.com/RE1", seconds: 12, transcript: "" },
    ],
    [
      "recording",
      { url: "https://example.com/RE1", seconds: "", transcript: "hello", more: 1 },
      { url: "https://example.com/RE1", seconds: 0, transcript: "hello" },
    ],
    ["recording", { seconds: "12" }, undefined],
    ["recording", "https://example.com/RE1", undefined],
  ])("as a %s, %j becomes %j", (type, value, kept) => {
    expect(convert(variable(type), value)?.value).toEqual(kept);
  });

  test.each([
    ["hello", 5, "hello", false],
    ["hello", 4, "hell", true],
    ["a😀b", 2, "a", true],
    ["a😀b", 3, "a😀", true],
    ["😀", 1, "", true],
  ])("%j, %i characters at most, is kept as %j", (text, maxLength, value, cut) => {
    expect(convert(variable("string", maxLength), text)).toEqual({ value, cut });
  });

  test("a cut never leaves half a character, and never more than was allowed", () => {
    fc.assert(
      fc.property(anyCharacters(), fc.nat(20), (text, maxLength) => {
        const kept = convert(variable("string", maxLength), text);
        expect(String(kept?.value).length).toBeLessThanOrEqual(maxLength);
        expect(text.startsWith(String(kept?.value))).toBe(true);
        expect(String(kept?.value).isWellFormed()).toBe(true);
      }),
    );
  });
});

test.each<[Json, string]>([
  ["a", "a"],
  [1.5, "1.5"],
  [true, "true"],
  [null, ""],
  [["a"], '["a"]'],
  [{ a: 1 }, '{"a":1}'],
])("%j as text is %j", (value, text) => {
  expect(textOf(value)).toBe(text);
});

describe("what an expression or a source reads", () => {
  const spoken = (source: Source, more: Parameters<typeof take>[1] = {}): string =>
    heard(take(program({ a: [say(source), ...HANG_UP] }), more));

  test("of a service that was not asked is empty", () => {
    for (const answer of ["text", "status", "class"] as const)
      expect(spoken({ answer })).toBe("<Say></Say><Hangup/>");
    expect(spoken({ answer: "body", path: ["a"] })).toBe("<Say></Say><Hangup/>");
  });

  test("of a flow that gave nothing is no value", () => {
    const variables: Record<string, Variable> = { name: { type: "string", default: "" } };
    const set: Op = { op: "set", to: { variable: "name" }, from: { given: "name" } };
    expect(take(program({ a: [set, ...HANG_UP] }, { variables })).error).toBe(
      'step "a": the value does not fit "name"',
    );
  });

  test.each(["caller.toString", "call.constructor", "queue.valueOf", "message.text"])(
    "is no %s if it was not sent",
    (expr) => {
      expect(take(program({ a: [say({ expr }), ...HANG_UP] })).error).toContain("no_such_key");
    },
  );

  test("of a queue is its last report", () => {
    const place = say({
      expr: "string(queue.position) + '/' + queue.size + '/' + queue.time + '/' + queue.average",
    });
    const flow = program({ a: [place, { op: "wait", block: "w" }] });
    expect(heard(take(flow))).toBe("<Say>0/0/0/0</Say>");
    const event = webhook({ QueuePosition: "2", CurrentQueueSize: "3", QueueTime: "60", AvgQueueTime: "70" });
    const waiting = take(flow, { event });
    expect(heard(waiting)).toBe("<Say>2/3/60/70</Say>");
    expect(heard(take(flow, { call: waiting.call }))).toBe("<Say>2/3/60/70</Say>");
  });
});

describe("a service's answer", () => {
  const ask: Op = {
    op: "request",
    method: "GET",
    url: ["https://crm.example.com/"],
    timeout: 1000,
    retries: 0,
    block: "answered",
    later: [],
  };

  /** What a source gives once the service has answered. */
  function read(source: Source, answer: Answer): string {
    const flow = program({ a: { enter: [ask], answered: [say(source), ...HANG_UP] } });
    const given = { ...GIVEN, program: flow };
    return /<Say>(.*)<\/Say>/.exec(heard(resume(given, take(flow), answer)))?.[1] ?? "";
  }

  test.each([
    ["200", "2xx"],
    ["404", "4xx"],
    ["timeout", "timeout"],
    ["1200", "1200"],
    ["20x", "20x"],
    ["2x0", "2x0"],
    ["x00", "x00"],
    ["", ""],
  ])("has the status %j and the class %j", (status, name) => {
    expect(read({ answer: "status" }, { status, body: null })).toBe(status);
    expect(read({ answer: "class" }, { status, body: null })).toBe(name);
  });

  test("is a text, if the flow asks for one", () => {
    expect(read({ answer: "text" }, { status: "200", body: null, text: "Hello." })).toBe("Hello.");
  });

  test.each<[path: string[], value: string]>([
    [["name"], "Ada"],
    [["list", "1", "b"], "2"],
    [["list", "0"], "1"],
    [["list", "7"], ""],
    [["list", "length"], ""],
    [["name", "0"], ""],
    [["none"], ""],
    [["none", "deeper"], ""],
    [["toString"], ""],
    [[], "{&quot;name&quot;:&quot;Ada&quot;,&quot;list&quot;:[1,{&quot;b&quot;:2}],&quot;none&quot;:null}"],
  ])("has at %j the value %s", (path, value) => {
    const body = { name: "Ada", list: [1, { b: 2 }], none: null };
    expect(read({ answer: "body", path }, { status: "200", body })).toBe(value);
  });
});

describe("a parameter", () => {
  const read = (source: Source, params: Record<string, string> = {}): string =>
    heard(take(program({ a: [say(source), ...HANG_UP] }), { event: webhook(params) }));

  test("is a text, or a part of the JSON in it", () => {
    expect(read({ param: "Tip" }, { Tip: "5" })).toContain("<Say>5</Say>");
    expect(read({ param: "Tip" })).toContain("<Say></Say>");
    expect(read({ param: "Tip", path: ["a"] }, { Tip: '{"a": 5}' })).toContain("<Say>5</Say>");
    expect(read({ param: "Tip", path: ["a"] }, { Tip: "{" })).toContain("<Say></Say>");
  });

  test.each<[as: "text" | "digits" | "number", params: Record<string, string>, value: string]>([
    ["text", { Digits: "5", SpeechResult: "six" }, "5"],
    ["text", { SpeechResult: "4 7" }, "4 7"],
    ["digits", { Digits: "5" }, "5"],
    ["digits", { SpeechResult: "4 7" }, "47"],
    ["digits", { SpeechResult: "-4.5" }, "45"],
    ["digits", { SpeechResult: "six" }, "six"],
    ["number", { SpeechResult: "-4.5" }, "-4.5"],
    ["number", { SpeechResult: "six" }, "six"],
    ["number", {}, ""],
  ])("that was heard as %s: %j is %j", (as, params, value) => {
    expect(read({ heard: as }, params)).toContain(`<Say>${value}</Say>`);
  });
});

describe("an expression reads", () => {
  const variables: Record<string, Variable> = {
    size: { type: "int", default: 3, env: "SIZE" },
    name: { type: "string", default: "Ada" },
    kept: { type: "int", default: 1, keep: "flow:test.kept" },
  };
  const read = (expr: string, given = GIVEN, more: Partial<Call> = {}): string => {
    const flow = program({ a: [say({ expr }), ...HANG_UP] }, { variables });
    return /<Say>(.*)<\/Say>/.exec(heard(take(flow, { call: callWith(more), given })))?.[1] ?? "";
  };

  test("variables: what the call holds, else what the environment says, else the default", () => {
    expect(read("string(vars.size)")).toBe("3");
    expect(read("string(vars.size)", { ...GIVEN, env: { SIZE: "4" } })).toBe("4");
    expect(read("string(vars.size)", { ...GIVEN, env: { SIZE: "many" } })).toBe("3");
    expect(read("string(vars.size)", { ...GIVEN, env: { SIZE: "4" } }, { vars: { size: 5 } })).toBe("5");
    expect(read("string(vars.kept)", GIVEN, { vars: { kept: 5 }, kept: { "flow:test.kept": 6 } })).toBe("6");
    expect(read("string(vars.kept)", GIVEN, { vars: { kept: 5 } })).toBe("1");
    expect(read("string(size(vars))")).toBe("3");
  });

  test("the call's language, which is the flow's at first, and UTC if the flow names no zone", () => {
    expect(read("call.language")).toBe("en-US");
    expect(read("call.language", GIVEN, { language: "es-US" })).toBe("es-US");
    expect(read("spokenNumber(1.5)", GIVEN, { language: "de-DE" })).toBe("1,5");
    expect(read("now().time")).toBe("17:00");
  });

  test("secrets, and what the first webhook said", () => {
    expect(read("secrets.KEY", { ...GIVEN, env: { KEY: "x" } })).toBe("x");
    expect(read("'[' + call.forwardedFrom + call.answeredBy + ']'")).toBe("[]");
    expect(read("call.sid + call.to + call.number + call.direction")).toContain("+14155550100");
  });
});
