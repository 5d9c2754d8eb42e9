/** Where a long silence ends, and what the call that is written down expects. */
import { describe, expect, test } from "vitest";
import { yaml } from "../../src/flow/language/example.ts";
import { brokenIn, played, verdictIn } from "./breaking.ts";

const SILENT = "silence, 20 questions in a row";

describe("the last of 20 questions", () => {
  /** Two messages in turn, that only silence leads away from. */
  const inTurn = (promise: string): string => yaml`
    promises: [${promise}]
    variables: { at: { type: string, maxLength: 6 } }
    onError: where
    steps:
      one: { set: { at: first }, next: first }
      first: { record: { prompt: The first message., empty: two }, next: hangup }
      two: { set: { at: second }, next: second }
      second: { record: { prompt: The second message., empty: one }, next: hangup }
      where: { branch: { on: vars.at, cases: { first: odd, second: even }, else: hangup } }
      odd: { hangup: You were silent at the first. }
      even: { hangup: You were silent at the second. }
  `;

  test("is the second of two in turn", async () => {
    const broken = brokenIn(inTurn("{ never: even }"));
    expect(broken.words).toBe(`${SILENT} → even`);
    const { failure, text } = await played(broken);
    expect(failure, text).toBeUndefined();
  });

  test("is not the first of two in turn", () => {
    expect(verdictIn(inTurn("{ never: odd }"))).toBe("kept");
  });

  test("can be the last of twenty that are not asked again", async () => {
    const steps = Array.from(
      { length: 20 },
      (_, at) =>
        `q${at}: { gather: { prompt: Press 1., attempts: 1, choices: { 1: q${at + 1} }, otherwise: q${at + 1} } }`,
    );
    const broken = brokenIn(yaml`
      promises: [{ never: apology }]
      steps:
        ${steps.join("\n        ")}
        q20: { hangup: Goodbye. }
    `);
    expect(broken.words).toBe(`${SILENT} → apology`);
    const { failure, text } = await played(broken);
    expect(failure, text).toBeUndefined();
  });

  test("is no more than a question to a caller who has answered before it", async () => {
    const otherwise = (next: string): string => `attempts: 1, otherwise: { silence: ${next}, else: hangup }`;
    const steps = Array.from(
      { length: 18 },
      (_, at) =>
        `q${at}: { gather: { prompt: Press 1., choices: { 1: hangup }, ${otherwise(`q${at + 1}`)} } }`,
    );
    const broken = brokenIn(yaml`
      promises: [{ never: done }]
      steps:
        ${steps.join("\n        ")}
        q18: { gather: { prompt: Press 2., choices: { 2: sure }, ${otherwise("q19")} } }
        sure: { gather: { prompt: Press 2 again., choices: { 2: q19 }, ${otherwise("hangup")} } }
        q19: { gather: { prompt: Press 1., choices: { 1: hangup }, ${otherwise("done")} } }
        done: { hangup: Goodbye. }
    `);
    expect(broken.words).toBe(
      `${Array.from({ length: 18 }, () => "silence").join("; ")}; key 2; key 2; silence → done`,
    );
    const { failure, text } = await played(broken);
    expect(failure, text).toBeUndefined();
  });
});

describe("a call of long silence", () => {
  test("expects the words of its own last round", async () => {
    const broken = brokenIn(yaml`
      promises: [{ never: apology }]
      variables: { said: { type: string, maxLength: 6 } }
      onError: again
      steps:
        first: { gather: { prompt: Please press keys., save: said, attempts: 1, otherwise: hangup }, next: again }
        again: { gather: { prompt: "{{ vars.said }} it is.", attempts: 1, choices: { 1: hangup }, otherwise: forget } }
        forget: { set: { said: none }, next: again }
    `);
    const { failure, text } = await played(broken);
    expect(failure, text).toBeUndefined();
    expect(text).toContain("hear: 9999 it is.");
    expect(text).toContain("hear: none it is.");
  });

  test("takes the seconds of all its rounds", () => {
    const prompt = "Please press the key for the department that you would like to speak to, or wait.";
    const within = (seconds: number): string => yaml`
      promises: [{ reach: person, from: menu, within: { seconds: ${String(seconds)} } }]
      destinations: { desk: "+14155550100" }
      onError: person
      steps:
        menu: { gather: { prompt: "${prompt}", choices: { 1: menu }, otherwise: menu } }
        person: { dial: { to: desk }, next: hangup }
    `;
    expect(verdictIn(within(30))).toBe("broken");
    expect(verdictIn(within(600))).toBe("kept");
  });
});

test("a call that ends at a question answers the requests that follow the hang-up", async () => {
  const broken = brokenIn(yaml`
    promises: [{ never: message }]
    variables: { words: { type: recording } }
    steps:
      message: { record: { prompt: Please leave a message., save: words, empty: look }, next: hangup }
      look:
        request: { url: "https://crm.example.com/missed", status: { else: hangup } }
        next: hangup
  `);
  const { failure, text } = await played(broken);
  expect(failure, text).toBeUndefined();
});
