/** Authors' texts: where their `{{ }}` holes are and what is around them. */

/** The characters that stand for holes, which authors' texts cannot contain. */
export const HOLE_CHARACTERS = /[\uE000\uE001]/;

/** A piece of a text: literal words, or an expression and its offset in the text. */
type TextPart = { words: string; at: number } | { expr: string; at: number };

/** A text split at its holes; `open` is the offset of a `{{` without its `}}`. */
interface TextParts {
  parts: TextPart[];
  open?: number;
}

/** Splits a text at its holes. Braces inside an expression's quotes do not end it. */
export function splitText(text: string): TextParts {
  const parts: TextPart[] = [];
  let from = 0;
  for (let start = text.indexOf("{{"); start >= 0; start = text.indexOf("{{", from)) {
    const end = endOfHole(text, start + 2);
    if (end < 0) return { parts, open: start };
    if (start > from) parts.push({ words: text.slice(from, start), at: from });
    parts.push(expressionPart(text, start + 2, end));
    from = end + 2;
  }
  if (from < text.length) parts.push({ words: text.slice(from), at: from });
  return { parts };
}

function expressionPart(text: string, start: number, end: number): TextPart {
  const inner = text.slice(start, end);
  return { expr: inner.trim(), at: start + inner.length - inner.trimStart().length };
}

function endOfHole(text: string, from: number): number {
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const character = text[i] ?? "";
    if (quote !== "") {
      if (character === "\\") i++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "}" && text[i + 1] === "}") return i;
  }
  return -1;
}

/** The expression of a text that is one whole hole, such as `{{ vars.tries + 1 }}`. */
export function wholeHole(text: string): { expr: string; at: number } | undefined {
  const lead = text.length - text.trimStart().length;
  const { parts } = splitText(text.trim());
  const [only] = parts;
  return parts.length === 1 && only && "expr" in only ? { expr: only.expr, at: only.at + lead } : undefined;
}

/** A text with holes as one CEL expression. */
export function textExpression(text: string): string {
  const parts = splitText(text).parts.map((part) =>
    "words" in part ? JSON.stringify(part.words) : `(${part.expr})`,
  );
  return ['""', ...parts].join(" + ");
}

/** A text of the same length whose holes hold nothing that could be taken for markup. */
export function maskHoles(text: string): string {
  let masked = "";
  for (const part of splitText(text).parts) {
    if ("words" in part) masked += "\uE000".repeat(part.at - masked.length) + part.words;
  }
  return masked + "\uE000".repeat(text.length - masked.length);
}
