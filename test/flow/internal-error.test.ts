/** An exception in the checker is a finding at its flow, and every other flow is served. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { build } from "../../src/flow/build.ts";
import { rules } from "../../src/flow/rules/registry.ts";
import { kindNamed } from "../../src/flow/steps/registry.ts";
import { findings } from "./support.ts";

const file = (name: string, steps: string) => ({ path: `flows/${name}.yaml`, text: `steps:\n${steps}` });
const SOUND = file("sound", "  bye: { hangup: Goodbye. }\n");
const SAYS = file("says", "  greet: { say: Hello., next: hangup }\n");

afterEach(() => {
  vi.restoreAllMocks();
});

/** Programs by name, and findings as `code file: message`, where `says` fails. */
function built(): { names: string[]; found: string[] } {
  const { programs, diagnostics } = build([SAYS, SOUND]);
  return {
    names: programs.map(({ flow }) => flow),
    found: diagnostics.map(({ code, file, message }) => `${code} ${file}: ${message}`),
  };
}

function boom(): never {
  throw new TypeError("boom");
}

describe("an exception becomes a finding, and the other flow is served", () => {
  const say = kindNamed("say");
  if (!say) throw new Error("there is no say");

  test("in a rule", () => {
    const [rule] = rules;
    if (!rule) throw new Error("there is no rule");
    const { check } = rule;
    vi.spyOn(rule, "check").mockImplementation((context) =>
      context.flow.name === "says" ? boom() : check.call(rule, context),
    );
    const { names, found } = built();
    expect(names).toEqual(["sound"]);
    expect(found).toEqual([
      expect.stringMatching(/^internal-error flows\/says\.yaml: the rule exits failed \(TypeError: boom\)/),
    ]);
  });

  test("where a kind looks for findings", () => {
    say.lint = boom;
    const { names, found } = built();
    delete say.lint;
    expect(names).toEqual(["sound"]);
    expect(found).toEqual([expect.stringMatching(/^internal-error flows\/says\.yaml: the step kind say /)]);
  });

  test("where a kind compiles", () => {
    vi.spyOn(say, "compile").mockImplementation(boom);
    const { names, found } = built();
    expect(names).toEqual(["sound"]);
    expect(found).toEqual([expect.stringMatching(/^internal-error .*step kind say in "greet": boom/)]);
  });

  test("where a kind says what its exits are", () => {
    vi.spyOn(say, "next").mockImplementation(boom);
    const { names, found } = built();
    expect(names).toEqual(["sound"]);
    expect(found).toEqual([expect.stringMatching(/^internal-error flows\/says\.yaml: analysis failed/)]);
  });
});

describe("what once crashed the checker", () => {
  test.each([
    [
      "next: { retry: { hangup: Goodbye. } }",
      "  a:\n    say: Hello.\n    next: { retry: { hangup: Goodbye. } }\n",
    ],
    [
      "a choice that retries a map",
      "  a: { gather: { prompt: Press 1., choices: { 1: { retry: [] } }, otherwise: hangup } }\n",
    ],
    [
      "dial: { to: { sip: [null] } }",
      "  a: { dial: { to: { sip: [null] }, status: { else: hangup } }, next: hangup }\n",
    ],
  ])("%s", (_what, steps) => {
    const codes = findings(`steps:\n${steps}`).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).not.toContain("internal-error");
  });
});
