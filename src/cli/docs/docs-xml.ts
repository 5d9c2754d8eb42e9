/** XML for readers: one element per line. */

// An attribute's value can contain a `>`.
const TOKENS = /<(?:"[^"]*"|[^>"])+>|[^<]+/g;

/** Indents a document that has no white space of its own; an element with text stays on one line. */
export function indented(xml: string): string {
  return layOut(xml.replace(/^<\?xml[^>]*\?>/, "").match(TOKENS) ?? [], "").join("\n");
}

function layOut(tokens: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const end = endOf(tokens, at);
    const inner = tokens.slice(at + 1, end);
    if (end === at || holdsWords(inner)) lines.push(indent + tokens.slice(at, end + 1).join(""));
    else lines.push(indent + tokens[at], ...layOut(inner, `${indent}  `), indent + tokens[end]);
    at = end;
  }
  return lines;
}

/** The end of the element that begins here. */
function endOf(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    depth += depthOf(tokens[at] ?? "");
    if (depth === 0) return at;
  }
  return start;
}

function depthOf(token: string): number {
  if (!token.startsWith("<") || token.endsWith("/>")) return 0;
  return token.startsWith("</") ? -1 : 1;
}

function holdsWords(tokens: readonly string[]): boolean {
  let depth = 0;
  return tokens.some((token) => {
    depth += depthOf(token);
    return depth === 0 && !token.startsWith("<");
  });
}
