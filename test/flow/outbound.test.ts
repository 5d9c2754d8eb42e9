/** What a Program has for placed calls. */
import { describe, expect, test } from "vitest";
import { programOf } from "./support.ts";

const STEPS = `
steps:
  greet: { hangup: Hello. }
  word: { hangup: Please call us back. }
  missed:
    sms: { to: +14155550177, body: Missed. }
    next: return
`;

const built = (settings: string) => programOf(`${settings}\n${STEPS.replace(/ {2}word.*\n/, "")}`);

describe("a Program", () => {
  const SHORT = "allow: [US]\nonUnanswered: ";

  test.each([
    ["{ step: missed, retry: { after: [10m, 2h, 1d] } }", { after: [10, 120, 1440] }],
    ['{ step: missed, retry: { after: 90m, until: "8:05" } }', { after: [90], until: 485 }],
  ])("has the plan of %s in minutes", (written, retry) => {
    expect(built(SHORT + written)).toMatchObject({ retry, onUnanswered: "~unanswered" });
  });

  test("has no plan without `retry`, and no step without one", () => {
    expect(built(`${SHORT}missed`)).not.toHaveProperty("retry");
    const text = "allow: [US]\nonUnanswered: { retry: { after: 5m } }\nsteps: { greet: { hangup: Hello. } }";
    const { retry, onUnanswered } = programOf(text);
    expect({ retry, onUnanswered }).toEqual({ retry: { after: [5] }, onUnanswered: undefined });
  });

  test("lets through whole numbers of `allow` only, and no short ones", () => {
    const { allow = "" } = built("allow: [US, +4420*]\nonUnanswered: missed");
    const matches = (number: string): boolean => RegExp(`^(?:${allow})$`).test(number);
    expect(["+14155550111", "+442071838750"].map(matches)).toEqual([true, true]);
    expect(
      ["911", "+1911", "+14155550111x", "+19005550111", "+33142685300", "+18765550111", ""].map(matches),
    ).toEqual(Array(7).fill(false));
  });

  test("keeps the step of `onMachine`, which nothing else leads to", () => {
    const text = `allow: [US]\nonMachine: word\n${STEPS.replace(/ {2}missed[\s\S]*/, "")}`;
    const program = programOf(text);
    expect(program.onMachine).toBe("word");
    expect(Object.keys(program.steps)).toEqual(["greet", "word"]);
  });

  test("of a flow without any of it is what it was", () => {
    expect(Object.keys(programOf("steps: { greet: { hangup: Hello. } }"))).not.toContain("allow");
  });
});
