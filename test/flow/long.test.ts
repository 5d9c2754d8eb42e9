/**
 * Very long flows, right and wrong: each answer comes, and is complete. `npm run bench` measures how long that takes, with
 * longer ones.
 */
import { describe, expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { findings, places } from "./support.ts";

const MANY = 1000;
const MINUTE = 60_000;

function lines(line: (i: number) => string, count = MANY): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

const BYE = "  bye: { hangup: Goodbye. }\n";

describe("a flow of very many steps", () => {
  test(
    "one behind the other",
    () => {
      const text = `steps:\n${lines((i) => `  s${i}: { say: Hello., next: ${i + 1 < MANY ? `s${i + 1}` : "bye"} }\n`)}${BYE}`;
      const { programs, diagnostics } = build([{ path: "flows/test.yaml", text }]);
      expect(diagnostics).toEqual([]);
      expect(Object.keys(programs[0]?.steps ?? {}).length).toBe(MANY + 1);
    },
    MINUTE,
  );

  test(
    "in one circle",
    () => {
      const text = `steps:\n${lines((i) => `  s${i}: { say: Hello., next: s${(i + 1) % MANY} }\n`)}`;
      const found = findings(text);
      expect(found.map(({ code }) => code)).toEqual(["endless-loop"]);
      expect(found[0]?.message).toContain(`s0 → s1 → s2 → s3 → … → s${MANY - 2} → s${MANY - 1} → s0`);
    },
    MINUTE,
  );

  test(
    "all to one",
    () => {
      const text = `steps:\n  menu:\n    gather:\n      prompt: Which?\n      otherwise: bye\n      choices:\n${lines((i) => `        ${1000 + i}: s${i}\n`)}${lines((i) => `  s${i}: { say: Hello., next: bye }\n`)}${BYE}`;
      expect(findings(text)).toEqual([]);
    },
    MINUTE,
  );
});

describe("a flow of very many mistakes tells them all", () => {
  test(
    "exits to steps that are not there",
    () => {
      const text = `steps:\n${lines((i) => `  step-${i}: { say: Hello., next: stpe-${i} }\n`)}`;
      const found = findings(text);
      expect(found.length).toBe(MANY);
      // The first ones tell what is wrong with all of them.
      expect(found[0]?.message).toBe('unknown step "stpe-0"; did you mean "step-0"?');
      expect(found.at(-1)?.message).toBe(`unknown step "stpe-${MANY - 1}"`);
    },
    MINUTE,
  );

  test(
    "steps out of shape",
    () => {
      const text = `steps:\n${lines((i) => `  s${i}: { gather: { promt: Hello., choices: { 1: { nxt: s1 } }, otherwise: s1 } }\n`)}`;
      expect(findings(text).length).toBe(2 * MANY);
    },
    MINUTE,
  );

  test(
    "destinations out of shape",
    () => {
      const text = `destinations:\n${lines((i) => `  d${i}: { nmber: +14155550100 }\n`)}steps:\n${BYE}`;
      expect(findings(text).length).toBe(MANY);
    },
    MINUTE,
  );

  test(
    "destinations that name one another",
    () => {
      const text = `destinations:\n${lines((i) => `  d${i}: [d${(i + 1) % MANY}, d${(i + 7) % MANY}, d${(i + 7) % MANY}]\n`)}steps:\n  connect: { dial: { to: d0, status: { else: hangup } }, next: hangup }\n`;
      expect(findings(text).map(({ code }) => code)).toEqual(["circular-destination"]);
    },
    MINUTE,
  );

  test(
    "destinations that ring one another over and over",
    () => {
      const doubled = lines((i) => `  d${i}: [d${i + 1}, d${i + 1}]\n`, 60);
      const text = `destinations:\n${doubled}  d60: +14155550100\nsteps:\n  connect: { dial: { to: d0, status: { else: hangup } }, next: hangup }\n`;
      expect(findings(text)).toEqual([]);
    },
    MINUTE,
  );

  test(
    "nested very deep",
    () => {
      const text = `steps:\n  greet:\n    say: ${"[".repeat(400)}Hello.${"]".repeat(400)}\n    next: hangup\n`;
      expect(places(text).length).toBeGreaterThan(0);
    },
    MINUTE,
  );
});

describe("a file that once took minutes or all memory has its finding in seconds", () => {
  const codesOf = (text: string): string[] => [...new Set(findings(text).map(({ code }) => code))];

  test.each([
    [
      "a million commas",
      `steps:\n  a: { say: [${",".repeat(1_000_000)}], next: hangup }\n`,
      ["file-too-large"],
    ],
    [
      "as many commas as are read",
      `steps:\n  a: { say: [${",".repeat(49_000)}], next: hangup }\n`,
      ["yaml-syntax"],
    ],
    [
      "a text of very many commas",
      `steps:\n  a: { say: ${"x,".repeat(290_000)}, next: hangup }\n`,
      ["file-too-large"],
    ],
    [
      "a text of as many commas as are read",
      `steps:\n  a: { say: ${"x,".repeat(49_000)}, next: hangup }\n`,
      expect.arrayContaining(["duplicate-key"]),
    ],
    [
      "commas without brackets",
      `steps:\n  a:\n    say: ${"x,".repeat(290_000)}\n    next: hangup\n`,
      ["twilio-13521"],
    ],
    [
      "5,000 choices",
      `steps:\n  menu:\n    gather:\n      prompt: Which?\n      otherwise: bye\n      choices:\n${lines((i) => `        ${10_000 + i}: bye\n`, 5000)}${BYE}`,
      [],
    ],
    [
      "500 misspelt variables",
      `variables:\n${lines((i) => `  var${i}: { type: int, default: 0 }\n`, 500)}steps:\n${lines((i) => `  s${i}: { say: "{{ vars.vra${i} }}", next: s${(i + 1) % 500} }\n`, 500)}`,
      expect.arrayContaining(["unknown-variable"]),
    ],
    [
      "3,000 unknown keys in one step",
      `steps:\n  a:\n    gather:\n${lines((i) => `      k${i}: 1\n`, 3000)}`,
      ["unknown-key"],
    ],
    [
      "a pattern of brackets in brackets",
      `steps:\n  s: { gather: { prompt: Which?, save: v, matches: "${"(".repeat(5000)}a${")".repeat(5000)}", otherwise: bye }, next: bye }\n${BYE}`,
      ["slow-pattern"],
    ],
    ["3,000 unknown settings", `${lines((i) => `k${i}: 1\n`, 3000)}steps:\n${BYE}`, ["unknown-key"]],
    [
      "1,500 variables out of shape",
      `variables:\n${lines((i) => `  v${i}: { tpye: int }\n`, 1500)}steps:\n${BYE}`,
      ["unknown-key"],
    ],
    [
      "20,000 SSML elements in each other",
      `steps:\n  a: { say: "${"<emphasis>".repeat(20_000)}x${"</emphasis>".repeat(20_000)}", next: hangup }\n`,
      ["bad-ssml"],
    ],
    [
      "5,000 empty holes",
      `steps:\n  a: { say: "${"{{}}".repeat(5000)}", next: hangup }\n`,
      ["bad-expression"],
    ],
    [
      "lists in lists",
      `steps:\n  a: { say: ${"[".repeat(20_000)}x${"]".repeat(20_000)}, next: hangup }\n`,
      ["yaml-syntax"],
    ],
    [
      "maps in maps",
      `steps:\n  a: { say: ${"{a: ".repeat(20_000)}x${"}".repeat(20_000)}, next: hangup }\n`,
      ["yaml-syntax"],
    ],
    [
      "an alias of aliases of aliases",
      `a: &a [x,x,x,x]\n${"bcdefghi".replace(/./g, (name) => `${name}: &${name} [${`*${String.fromCharCode(name.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}steps:\n  a: { say: *i, next: hangup }\n`,
      expect.arrayContaining(["anchor"]),
    ],
    [
      "a text of a million letters",
      `steps:\n  a: { say: ${"x".repeat(1_000_000)}, next: hangup }\n`,
      ["twilio-13521"],
    ],
  ])(
    "%s",
    (_what, text, expected) => {
      const begin = process.cpuUsage();
      expect(codesOf(text)).toEqual(expected);
      // CPU time, with room for a busy machine. `npm run bench` has the real bounds, for longer files.
      expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10);
    },
    MINUTE,
  );
});

describe("an expression that is too large is a finding, not a failure of the checker", () => {
  const when = (expression: string): string =>
    `steps:\n  a: { branch: [{ when: '${expression}', next: bye }, { next: bye }] }\n${BYE}`;
  const TOO_DEEP =
    "this expression has more than 500 levels of brackets and operators; split it, with a `set` step for each part";

  test.each([
    ["600 sums", `${"1 + ".repeat(600)}1 > 0`],
    ["2,500 sums", `${"1 + ".repeat(2500)}1 > 0`],
    ["4,900 sums", `${"1 + ".repeat(4900)}1 > 0`],
    ["9,000 sums", `${"1+".repeat(9000)}1 > 0`],
    ["300 brackets", `${"(".repeat(300)}true${")".repeat(300)}`],
    ["9,000 brackets", `${"(".repeat(9000)}true${")".repeat(9000)}`],
    ["15,000 negations", `${"!".repeat(15_000)}true`],
    ["2,000 conditions", `${"true && ".repeat(2000)}true`],
    ["900 methods", `caller.name${".trim()".repeat(900)} == "x"`],
    ["2,000 choices", `${"true ? ".repeat(1000)}true${" : true".repeat(1000)}`],
    ["5,000 lists", `${"[".repeat(5000)}${"]".repeat(5000)} == []`],
  ])("%s", (_what, expression) => {
    expect(findings(when(expression)).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `bad-expression: ${TOO_DEEP}`,
    ]);
  });

  test("400 sums are not too many", () => {
    expect(findings(when(`${"1 + ".repeat(400)}1 > 0`))).toEqual([]);
  });

  test("too many characters, and too many entries", () => {
    const long = findings(when(`caller.name == "${"x".repeat(20_000)}"`));
    expect(long.map(({ message }) => message)).toEqual([
      "this expression has 20017 characters, more than 20000; split it, with a `set` step for each part",
    ]);
    const list = findings(when(`1 in [${"1, ".repeat(2000)}1]`));
    expect(list.map(({ message }) => message)).toEqual([
      "a list in this expression has more than 1000 entries; split it",
    ]);
  });
});
