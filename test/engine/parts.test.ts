import { describe, expect, test } from "vitest";
import { pendingRequest } from "../../src/engine/effect.ts";
import { resume } from "../../src/engine/turn.ts";
import type { Op, RequestOp } from "../../src/program/op.ts";
import type { Scope } from "../../src/program/program.ts";
import { GIVEN, goTo, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

const part = (more: Partial<Scope> = {}): Scope => ({ start: "part.ask", variables: {}, hours: {}, ...more });
const int = { type: "int", default: 7 } as const;

describe("a part that fails", () => {
  test("by an argument that does not fit leaves the flow that runs it as it was", () => {
    const flow = program(
      {
        a: [
          { op: "set", to: { variable: "name" }, from: { value: "Ada" } },
          { op: "run", flow: "part", with: { n: { value: "many" } }, block: "back" },
        ],
        help: [say({ expr: "vars.name" }), ...HANG_UP],
        "part.ask": HANG_UP,
      },
      {
        onError: "help",
        variables: { name: { type: "string", default: "" } },
        parts: { part: part({ variables: { n: int } }) },
      },
    );
    const turned = take(flow);
    expect(heard(turned)).toBe("<Say>Ada</Say><Hangup/>");
    expect(turned.call.frames).toBeUndefined();
    expect(turned.error).toContain('does not fit "n"');
  });

  test("without any onError is the entry flow's apology, with the entry flow's variables", () => {
    const flow = program(
      {
        a: [
          { op: "set", to: { variable: "name" }, from: { value: "Ada" } },
          { op: "run", flow: "part", with: {}, block: "back" },
        ],
        "part.ask": [{ op: "fail", why: "no" }],
      },
      {
        apology: ["<Say>Sorry, ", { hole: { expr: "vars.name" }, as: "xml" }, "</Say>"],
        variables: { name: { type: "string", default: "" } },
        parts: { part: part({ variables: { name: int } }) },
      },
    );
    expect(heard(take(flow))).toBe("<Say>Sorry, Ada</Say>");
  });

  test("what CEL says of a value is not told: it may be secret", () => {
    const flow = program(
      { a: [say({ expr: 'vars.m["pin-" + vars.pin]' }), ...HANG_UP] },
      {
        variables: {
          m: { type: "map", default: {} },
          pin: { type: "string", default: "4929", sensitive: true },
        },
      },
    );
    expect(take(flow).error).toMatch(/^step "a" \(enter\): an expression failed, \w+$/);
  });
});

describe("a request", () => {
  const ask: RequestOp = {
    op: "request",
    method: "POST",
    url: ["https://crm.example.com/"],
    timeout: 1000,
    retries: 0,
    block: "answered",
    later: ["<Redirect>", { link: "enter", road: "voice" }, "</Redirect>"],
  };
  const spoken = (...behind: Op[]) => program({ a: { enter: [say("Thank you."), ask], answered: behind } });

  test("waits until what was said is heard", () => {
    const turned = take(spoken(...HANG_UP));
    expect(heard(turned)).toBe("<Say>Thank you.</Say><Redirect>[voice enter]</Redirect>");
    expect(pendingRequest(turned)).toBeUndefined();
  });

  test("is made at once when the caller has gone: nobody would follow a redirect", () => {
    const turned = take(spoken(...HANG_UP), { event: webhook({ CallStatus: "completed" }) });
    expect(pendingRequest(turned)?.url).toBe("https://crm.example.com/");
  });

  test("has a name of its own each time, and the same name when it is delivered twice", () => {
    const flow = program({ a: { enter: [ask], answered: [goTo("a")] } });
    const names = (): (string | undefined)[] => {
      const first = take(flow);
      const second = resume({ ...GIVEN, program: flow }, first, { status: "200", body: null });
      return [first, second].map((one) => pendingRequest(one)?.headers["Idempotency-Key"]);
    };
    expect(new Set(names()).size).toBe(2);
    expect(names()).toEqual(names());
  });

  test("made forever takes the onError road", () => {
    const flow = program(
      { a: { enter: [ask], answered: [goTo("a")] }, help: [say("Help."), ...HANG_UP] },
      { onError: "help" },
    );
    let turned = take(flow);
    for (let asked = 0; pendingRequest(turned) && asked < 500; asked++) {
      turned = resume({ ...GIVEN, program: flow }, turned, { status: "200", body: null });
    }
    expect(heard(turned)).toBe("<Say>Help.</Say><Hangup/>");
    expect(turned.error).toContain("200 steps without an answer");
  });
});
