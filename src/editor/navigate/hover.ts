/** What is shown for the place under the pointer: a name, a key of the language, or a function of an expression. */
import { FUNCTION_NAMES } from "../../flow/analysis/environment.ts";
import { expressionsIn } from "../../flow/analysis/expressions.ts";
import { functionDocs } from "../../flow/language/functions.ts";
import type { Node, ScalarNode, Span } from "../../flow/language/node.ts";
import { locate } from "../../flow/yaml/locate.ts";
import type { Around } from "../place/cursor.ts";
import { docsAt } from "../place/schemas.ts";
import type { FileRead } from "../project/read.ts";

/** A text about a stretch of a file. */
export interface About {
  markdown: string;
  span: Span;
}

/** What the language says about a key or a function at an offset. */
export function languageAt(read: FileRead, offset: number): About | undefined {
  return functionAt(read, offset) ?? (read.root && keyAt(read, read.root, offset, []));
}

function keyAt(read: FileRead, node: Node, offset: number, trail: Around[]): About | undefined {
  if (node.type === "scalar") return undefined;
  if (node.type === "list") {
    const key = node.items.findIndex((item) => isIn(item.span, offset));
    const item = node.items[key];
    return item && keyAt(read, item, offset, [...trail, { node, key }]);
  }
  for (const { key, value } of node.pairs) {
    if (isIn(key.span, offset)) return aboutKey(read, key, trail);
    if (isIn(value.span, offset)) return keyAt(read, value, offset, [...trail, { node, key: key.text }]);
  }
  return undefined;
}

function aboutKey({ kind }: FileRead, { text, span }: ScalarNode, trail: Around[]): About | undefined {
  const docs = docsAt(kind, trail);
  const doc = Object.hasOwn(docs, text) ? docs[text] : undefined;
  return doc === undefined ? undefined : { markdown: `**${text}**\n\n${withoutLinks(doc)}`, span };
}

/** Links lead to headings of the documentation's own pages. */
function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}

function functionAt({ file, marks }: FileRead, offset: number): About | undefined {
  const around = marks.filter(({ node }) => node.type === "scalar" && isIn(node.span, offset));
  for (const { text, node, at } of around.flatMap(expressionsIn)) {
    for (const match of text.matchAll(/\b([a-zA-Z]+)(?=\()/g)) {
      const [name] = match;
      const start = locate(node, at + match.index, file.text);
      const span = { start, end: start + name.length };
      const doc = FUNCTION_NAMES.includes(name) ? functionDocs.find((one) => one.name === name) : undefined;
      if (doc && isIn(span, offset)) {
        return { markdown: `\`${doc.call}\`\n\n${withoutLinks(doc.gives)}.`, span };
      }
    }
  }
  return undefined;
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
