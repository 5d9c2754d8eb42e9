/** From an offset in a scalar's text back to the character in the file that it came from. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { locate } from "../../src/flow/yaml/locate.ts";
import { type Node, readSource, type ScalarNode } from "../../src/flow/yaml/source.ts";
import { runs } from "../runs.ts";

function scalar(text: string): ScalarNode {
  const { root } = readSource({ path: "flow.yaml", text });
  const value = firstScalar(root);
  if (!value) throw new Error("no scalar");
  return value;
}

function firstScalar(node: Node | undefined): ScalarNode | undefined {
  if (!node || node.type === "scalar") return node;
  return firstScalar(node.type === "list" ? node.items[0] : node.pairs[0]?.value);
}

/** What stands in the file at each character of the text. */
function behind(file: string): string[] {
  const node = scalar(file);
  return node.text.split("").map((_, index) => file.charAt(locate(node, index, file)));
}

describe("each character of the text is found in the file", () => {
  it.each([
    ["plain", "a: one two"],
    ["plain on several lines", "a: one\n  two\n    three"],
    ["single quotes", "a: 'one two'"],
    ["single quotes on several lines", "a: 'one\n  two\n\n  three'"],
    ["double quotes", 'a: "one two"'],
    ["double quotes on several lines", 'a: "one  \n  two\n\n\n  three"'],
    ["literal", "a: |\n  one\n\n    two\n  three\n"],
    ["literal with an indentation indicator", "a: |2-\n    one\n  two\n"],
    ["literal that keeps its end", "a: |+\n  one\n\n\n"],
    ["literal with a comment", "a: |  # one two\n  one\n"],
    ["literal with CRLF", "a: |\r\n  one\r\n  two\r\n"],
    ["folded", "a: >\n  one\n  two\n\n  three\n    four\n  five\n"],
    ["folded, stripped", "a: >-\n  one\n  two\n"],
    ["plain with CRLF", "a: one\r\n  two\r\n"],
  ])("%s", (_, file) => {
    const { text } = scalar(file);
    const found = behind(file);
    text.split("").forEach((character, index) => {
      if (character.trim() === "") expect(found[index]?.trim()).toBe("");
      else expect(found[index]).toBe(character);
    });
  });

  it.each([
    ['a: "x\\ny"', ["x", "\\", "y"]],
    ['a: "\\x41\\u0042C"', ["\\", "\\", "C"]],
    ['a: "\\U0001F600!"', ["\\", "\\", "!"]],
    ['a: "\\tx\\\\y\\"z"', ["\\", "x", "\\", "y", "\\", "z"]],
    ['a: "x\\\n   y"', ["x", "y"]],
    ["a: 'it''s'", ["i", "t", "'", "s"]],
  ])("an escape is found where it starts: %j", (file, expected) => {
    expect(behind(file)).toEqual(expected);
  });
});

it("an offset behind the text is the end of what is written", () => {
  const file = 'a: "one"\nb: c\n';
  expect(locate(scalar(file), 3, file)).toBe(7);
});

it("the place is right where the text was quoted in the copy only", () => {
  const file = 'say: "Hello" she said: {{ x }}\n';
  expect(locate(scalar(file), 18, file)).toBe(file.indexOf("{{"));
});

describe("whatever yaml writes", () => {
  const words = fc.stringMatching(/^[a-z{}'"#:,*&!|>%@\\\u00e9\u{1F600}\t-]{1,8}$/u);
  const texts = fc
    .array(fc.tuple(words, fc.constantFrom(" ", " ", "  ", "\n", "\n\n", "\n   ")), {
      minLength: 1,
      maxLength: 20,
    })
    .map((parts) => parts.flat().join(""));
  const styles = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;

  it.each(styles)("in style %s, a character is found as itself or as an escape", (defaultStringType) => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 60 }), (text, lineWidth) => {
        const file = stringify(
          { steps: { a: text } },
          { defaultStringType, lineWidth, defaultKeyType: "PLAIN" },
        );
        const node = scalar(file);
        for (let index = 0; index < node.text.length; index++) {
          const found = file.charAt(locate(node, index, file));
          const character = node.text.charAt(index);
          if (found === "\\" || character.trim() === "") continue;
          if (/[\udc00-\udfff]/.test(character)) continue;
          expect(found).toBe(character);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
