/** Places, order, near names, and how a finding looks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Diagnostic, nearest, position, sortAndDedupe } from "../../src/flow/language/diagnostic.ts";
import { frame } from "../../src/flow/language/frame.ts";

function finding(start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic {
  const place = { file: "flows/a.yaml", span: { start, end } };
  return { code: "unknown-step", severity: "error", message: "no such step", ...place, ...more };
}

describe("position", () => {
  it.each([
    ["", 0, 1, 1],
    ["ab\ncd", 0, 1, 1],
    ["ab\ncd", 2, 1, 3],
    ["ab\ncd", 3, 2, 1],
    ["ab\r\ncd", 4, 2, 1],
    ["ab\n", 3, 2, 1],
    ["ab", 99, 1, 3],
    ["🎉b", 2, 1, 3],
  ])("%j at %i is line %i, column %i", (text, offset, line, column) => {
    expect(position(text, offset)).toEqual({ line, column });
  });

  it("counts the line breaks before any offset, whichever text was asked about before", () => {
    const texts = fc
      .array(fc.constantFrom("a", "\n", "bc"), { maxLength: 50 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.nat(), (text, offset) => {
        const before = text.slice(0, offset).split("\n");
        expect(position(text, offset)).toEqual({
          line: before.length,
          column: (before.at(-1) ?? "").length + 1,
        });
      }),
    );
  });
});

it("findings come in the order of files and places, errors first, each once", () => {
  const late = finding(9, 10);
  const early = finding(2, 3, { severity: "warning" });
  const worse = finding(2, 5);
  const other = finding(0, 1, { file: "flows/b.yaml" });
  expect(sortAndDedupe([other, late, early, { ...late }, worse])).toEqual([worse, early, late, other]);
});

describe("nearest", () => {
  const names = ["reception", "voicemail", "menu", "closed", "billing"];

  it.each([
    ["recepton", "reception"],
    ["Reception", "reception"],
    ["voice-mail", "voicemail"],
    ["meun", "menu"],
    ["mneu", "menu"],
    ["men", "menu"],
    ["close", "closed"],
    ["sales", undefined],
    ["", undefined],
  ])("%j is meant to be %j", (word, name) => {
    expect(nearest(word, names)).toBe(name);
  });

  it("prefers the nearest of several", () => {
    expect(nearest("step-12", ["step-1", "step-13", "step-12a", "step-12"])).toBe("step-12");
  });
});

describe("frame", () => {
  const text = "steps:\n  greet:\n    next: recepton\n";
  const start = text.indexOf("recepton");

  it("shows where, what, the line before, and a caret", () => {
    const message = 'unknown step "recepton"; did you mean "reception"?';
    expect(frame(finding(start, start + 8, { message }), text)).toBe(
      [
        'flows/a.yaml:3:11 error unknown-step: unknown step "recepton"; did you mean "reception"?',
        "  2 |   greet:",
        "  3 |     next: recepton",
        "    |           ^~~~~~~~",
      ].join("\n"),
    );
  });

  it("shows the hint below", () => {
    expect(
      frame(finding(0, 5, { hint: "write: next" }), text)
        .split("\n")
        .slice(1),
    ).toEqual(["  1 | steps:", "    | ^~~~~", "    | write: next"]);
  });

  it.each([
    ["a tab", "\ta: b", 1, "\t^"],
    ["wide characters", "a: 日本 b", 6, "        ^"],
    ["a picture of several code points", "a: 👩‍👩‍👧 b", 12, "      ^"],
    ["an accent of its own", "a: e\u0301 b", 6, "     ^"],
  ])("keeps the caret in place behind %s", (_, line, column, caret) => {
    const shown = frame(finding(column, column + 1), line)
      .split("\n")
      .at(-1);
    expect(shown).toBe(`    | ${caret}`);
  });

  it("cuts a long line around the caret", () => {
    const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
    const [, shown = "", caret = ""] = frame(finding(300, 304), line).split("\n");
    expect(shown.length).toBeLessThan(130);
    expect(shown).toMatch(/…a+HEREb+…$/);
    expect(shown.slice(caret.indexOf("^"), caret.indexOf("^") + 4)).toBe("HERE");
    expect(caret.trimEnd()).toMatch(/\^~~~$/);
  });

  it("marks only the first line of a longer span", () => {
    expect(frame(finding(0, text.length), text).split("\n")[2]).toBe("    | ^~~~~~");
  });

  it("shows what a terminal would obey", () => {
    const shown = frame(finding(3, 4, { message: "no \u001b[31m" }), "a: \u001b[31m\u202eb");
    expect(shown).toContain("no ␛[31m");
    expect(shown).toContain("a: ␛[31m␡b");
    expect(shown).not.toContain("\u001b");
    expect(shown).not.toContain("\u202e");
  });

  it("paints its parts", () => {
    const painted = frame(finding(start, start + 8), text, (style, part) => `<${style}>${part}</>`);
    expect(painted).toContain("<place>flows/a.yaml:3:11</> <error>error</> unknown-step");
    expect(painted).toContain("<error>^~~~~~~~</>");
  });
});
