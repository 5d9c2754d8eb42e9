/** What holds for any flow: nothing crashes the checker, and no answer crashes a call. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { findingDocs } from "../../src/flow/catalogue.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { runs } from "../runs.ts";
import { anyFlow, anyParams } from "./arbitrary.ts";
import { findings, printed, programOf, read, TestCall } from "./support.ts";

const frontDesk = read(new URL("../../flows/front-desk.yaml", import.meta.url));
const documented = new Set(findingDocs.map(({ code }) => code));

describe("the flows drawn at random have", () => {
  const flows = fc.sample(anyFlow, { numRuns: 300, seed: 1 });
  const drawn = new Set(
    flows.flatMap((flow) =>
      Object.values<object>(JSON.parse(flow).steps).flatMap((step) => Object.keys(step)),
    ),
  );

  // A random flow is one file, and `run` needs another: test/engine/parts.test.ts runs parts.
  const alone = kinds.map(({ name }) => name).filter((name) => name !== "run");

  test.each(alone)("%s", (name) => {
    expect(drawn, `add ${name} to KINDS, or to BESIDE, in test/flow/arbitrary.ts`).toContain(name);
  });
});

/** Builds a text; whatever is found lies in the file, and is documented. */
function check(text: string): void {
  const { programs, diagnostics } = build([{ path: "flows/test.yaml", text }]);
  for (const { code, span, message } of diagnostics) {
    expect(documented).toContain(code);
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.start).toBeLessThanOrEqual(text.length);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
  }
  const hasError = diagnostics.some(({ severity }) => severity === "error");
  expect(programs.length).toBe(hasError ? 0 : 1);
}

describe("a file that was changed at random never crashes the checker", () => {
  const tokens = fc.constantFrom(
    ..."{}[]:,#&*!|>'\"%@`-?\n\t \\".split(""),
    "{{",
    "}}",
    "- ",
    ": ",
    "next",
    "constructor",
    "__proto__",
    "null",
    "-1",
    "1e400",
    "<emphasis>",
    "vars.x",
    "\u2028",
    "\u0000",
  );
  const edit = fc.record({
    at: fc.nat(frontDesk.length),
    gone: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(80)),
    put: fc.oneof(tokens, fc.string({ maxLength: 8 })),
  });

  test("characters taken out and put in", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        check(
          edits.reduce(
            (text, { at, gone, put }) => text.slice(0, at) + put + text.slice(at + gone),
            frontDesk,
          ),
        );
      }),
      { numRuns: runs(120) },
    );
  });

  const lines = frontDesk.split("\n");
  const line = fc.nat(lines.length - 1);

  test("lines moved, doubled and dropped", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(line, line, fc.nat(3)), { minLength: 1, maxLength: 4 }), (moves) => {
        const changed = [...lines];
        for (const [from, to, copies] of moves) {
          const taken = copies > 0 ? (changed[from] ?? "") : (changed.splice(from, 1)[0] ?? "");
          changed.splice(to, 0, ...Array.from({ length: copies }, () => taken));
        }
        check(changed.join("\n"));
      }),
      { numRuns: runs(120) },
    );
  });

  test("values of another sort wherever a value stands", () => {
    const values = fc.constantFrom(
      "5",
      '""',
      "[]",
      "{}",
      "[[]]",
      "{ a: {} }",
      "~",
      "true",
      '"{{ 1 }}"',
      "{ env: X }",
      "-",
      ".inf",
    );
    const places = [...frontDesk.matchAll(/(?<=: )[^\n]+/g)];
    fc.assert(
      fc.property(fc.nat(places.length - 1), values, (index, value) => {
        const place = places[index];
        if (!place) return;
        check(frontDesk.slice(0, place.index) + value + frontDesk.slice(place.index + place[0].length));
      }),
      { numRuns: runs(120) },
    );
  });
});

describe("any flow that is right", () => {
  test("builds without an error", () => {
    fc.assert(
      fc.property(anyFlow, (text) => {
        const errors = findings(text).filter(({ severity }) => severity === "error");
        expect(printed(text, errors)).toBe("");
      }),
      { numRuns: runs(60) },
    );
  });

  test("compiles to the same Program again, which is plain JSON", () => {
    fc.assert(
      fc.property(anyFlow, (text) => {
        const program = programOf(text);
        expect(programOf(text)).toEqual(program);
        expect(JSON.parse(JSON.stringify(program))).toEqual(program);
      }),
      { numRuns: runs(20) },
    );
  });

  test("answers any call, whatever it brings, with documents that Twilio takes", () => {
    const turns = fc.array(fc.tuple(anyParams, fc.nat()), { minLength: 1, maxLength: 8 });
    const env = fc.constantFrom<Record<string, string>>(
      {},
      { BILLING_NUMBER: "+14155550199", GREETING: "Hi & <bye>" },
    );
    fc.assert(
      fc.property(anyFlow, turns, env, (text, answers, env) => {
        const call = new TestCall(programOf(text), { env });
        for (const [params, draw] of answers) {
          if (!call.place) break;
          const links = [...call.links()];
          const [block, road] = links[draw % Math.max(1, links.length)] ?? ["enter", "voice"];
          // Throws where the carrier would report the document to Twilio's debugger.
          if (draw % 5 === 0) call.hangUp();
          else if (call.beside && draw % 3 === 0) call.answerBeside(params);
          else if (road === "aside") call.aside(block, params);
          else call.answer(params, block);
        }
        expect(JSON.parse(JSON.stringify(call.state))).toEqual(call.state);
      }),
      { numRuns: runs(120) },
    );
  });

  test("answers any text message with a document that Twilio takes, and the same again", () => {
    fc.assert(
      fc.property(anyFlow, anyParams, (text, params) => {
        const call = new TestCall(programOf(text));
        const { From = "+14155550111", Body = "" } = params;
        const once = call.message({ From, Body });
        expect(call.message({ From, Body })).toBe(once);
      }),
      { numRuns: runs(120) },
    );
  });

  test("holds any conversation by text message, whatever is written", () => {
    const answers = fc.array(fc.tuple(anyParams, fc.nat(3)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyFlow, answers, (text, written) => {
        const call = new TestCall(programOf(text));
        call.message({ Body: "Hello" });
        for (const [{ Body = "", RecordingUrl = "" }, draw] of written) {
          if (!call.conversation) break;
          if (draw === 0) call.timeOut();
          else call.text({ Body, MediaUrl0: draw === 1 ? RecordingUrl : "" });
        }
        expect(JSON.parse(JSON.stringify(call.conversation ?? {}))).toEqual(call.conversation ?? {});
      }),
      { numRuns: runs(120) },
    );
  });
});
