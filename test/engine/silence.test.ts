/** Questions that get no answer: `input` is empty, and no call is kept forever. */
import { describe, expect, test } from "vitest";
import { MOST_UNANSWERED } from "../../src/engine/turn.ts";
import type { Call } from "../../src/program/call.ts";
import type { Op } from "../../src/program/op.ts";
import type { Program, Step } from "../../src/program/program.ts";
import { callWith, GIVEN, goTo, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

const ASK: Op[] = [say("Press 1."), { op: "wait", block: "answered" }];
const READ: Op = say({ expr: "'[' + input.digits + input.speech + input.finishedOnKey + ']'" });

/** A question that is asked forever, whatever is answered. */
function asking(more: Partial<Program> = {}): Program {
  const flow = program(
    {
      ask: { enter: ASK, answered: [READ, { op: "goto", block: "enter" }] },
      help: { enter: ASK, answered: [say("Again."), { op: "goto", block: "enter" }] },
    },
    { keepsInput: true, ...more },
  );
  const listening = (step: Step): Step => ({ ...step, listens: "answered" });
  return {
    ...flow,
    steps: Object.fromEntries(Object.entries(flow.steps).map(([name, step]) => [name, listening(step)])),
  };
}

const AT = { step: "ask", block: "answered" };
const SILENCE = webhook({ Digits: "" });

describe("input", () => {
  const before = callWith({ input: { digits: "42", speech: "", confidence: 0 } });

  test.each([
    ["empty digits", { Digits: "" }],
    ["nothing at all", {}],
  ])("is empty after silence, although an older menu had an answer: %s", (_, params) => {
    const turned = take(asking(), { at: AT, call: before, event: webhook(params) });
    expect(heard(turned)).toContain("[]");
    expect(turned.call.input).toBeUndefined();
  });

  test("names the key that ended an answer, also if it was pressed alone", () => {
    const flow = asking();
    expect(heard(take(flow, { at: AT, event: webhook({ Digits: "7", FinishedOnKey: "#" }) }))).toContain(
      "[7#]",
    );
    const alone = take(flow, { at: AT, call: before, event: webhook({ Digits: "", FinishedOnKey: "*" }) });
    expect(heard(alone)).toContain("[*]");
  });

  test("stays after a webhook that answers no question", () => {
    const flow = program({ a: { enter: [], rang: [READ, ...HANG_UP] } }, { keepsInput: true });
    expect(heard(take(flow, { at: { step: "a", block: "rang" }, call: before }))).toContain("[42]");
  });
});

describe("a caller who stays silent", () => {
  const silentTurns = (flow: Program, count: number, given = GIVEN) => {
    let call: Call = callWith();
    const turns = Array.from({ length: count }, () => {
      const turned = take(flow, { at: AT, call, event: SILENCE, given });
      call = turned.call;
      return turned;
    });
    return turns.at(-1);
  };

  test("takes the flow's onError after 20 questions in a row, and the log says so", () => {
    const flow = asking({ onError: "help" });
    expect(silentTurns(flow, MOST_UNANSWERED - 1)?.error).toBeUndefined();
    const last = silentTurns(flow, MOST_UNANSWERED);
    expect(last?.error).toBe(`step "ask": ${MOST_UNANSWERED} questions in a row without an answer`);
    expect(last?.next).toEqual({ step: "help", block: "answered" });
  });

  test("hears the apology if the road of onError asks as often in vain", () => {
    expect(silentTurns(asking({ onError: "help" }), 2 * MOST_UNANSWERED)?.next).toBeUndefined();
  });

  test.each([
    ["a wrong key", { Digits: "9" }],
    ["words", { SpeechResult: "what" }],
    ["the finishing key", { Digits: "", FinishedOnKey: "#" }],
  ])("is there again with %s", (_, params) => {
    const call = callWith({ unanswered: MOST_UNANSWERED - 1 });
    const turned = take(asking(), { at: AT, call, event: webhook(params) });
    expect(turned.error).toBeUndefined();
    expect(turned.call.unanswered).toBeUndefined();
  });

  test("can be silent in a queue for as long as it takes", () => {
    expect(silentTurns(asking(), 2 * MOST_UNANSWERED, { ...GIVEN, aside: true })?.error).toBeUndefined();
  });

  test("who has hung up is not asked any more", () => {
    const call = callWith({ unanswered: MOST_UNANSWERED - 1 });
    const event = webhook({ Digits: "", CallStatus: "completed" });
    expect(take(asking(), { at: AT, call, event }).error).toBeUndefined();
  });

  test("is not counted in a Program that was compiled before", () => {
    const flow = program({ ask: { enter: ASK, answered: [goTo("ask")] } });
    const turned = take(flow, {
      at: AT,
      call: callWith({ unanswered: MOST_UNANSWERED - 1 }),
      event: SILENCE,
    });
    expect(turned.error).toBeUndefined();
  });
});
