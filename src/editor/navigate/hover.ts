/** What is shown for the place under the pointer: a name, a key of the language, or a function of an expression. */
import { expressionsIn } from "../../flow/analysis/expressions.ts";
import type { Config } from "../../flow/config/config.ts";
import { functionDocs } from "../../flow/language/functions.ts";
import type { Node, ScalarNode, Span } from "../../flow/language/node.ts";
import { locate } from "../../flow/yaml/locate.ts";
import { withoutLinks } from "../markdown.ts";
import type { Around } from "../place/cursor.ts";
import { docsAt } from "../place/schemas.ts";
import type { FileRead } from "../project/read.ts";

/** A text about a stretch of a file. */
export interface About {
  markdown: string;
  span: Span;
}

/** What the language says about a key or a function at an offset. */
export function languageAt(read: FileRead, offset: number, config: Config): About | undefined {
  return functionAt(read, offset, config) ?? (read.root && keyAt(read.root, { read, offset, config }, []));
}

/** The place that is asked about. */
interface Asked {
  read: FileRead;
  offset: number;
  config: Config;
}

function keyAt(node: Node, asked: Asked, trail: Around[]): About | undefined {
  const { offset } = asked;
  if (node.type === "scalar") return undefined;
  if (node.type === "list") {
    const key = node.items.findIndex((item) => isIn(item.span, offset));
    const item = node.items[key];
    return item && keyAt(item, asked, [...trail, { node, key }]);
  }
  for (const { key, value } of node.pairs) {
    if (isIn(key.span, offset)) return aboutKey(asked, key, trail);
    if (isIn(value.span, offset)) return keyAt(value, asked, [...trail, { node, key: key.text }]);
  }
  return undefined;
}

function aboutKey({ read, config }: Asked, { text, span }: ScalarNode, trail: Around[]): About | undefined {
  const docs = docsAt(read.kind, trail, config.kinds);
  const doc = Object.hasOwn(docs, text) ? docs[text] : undefined;
  return doc === undefined ? undefined : { markdown: `**${text}**\n\n${withoutLinks(doc)}`, span };
}

function functionAt({ file, marks }: FileRead, offset: number, config: Config): About | undefined {
  const around = marks.filter(({ node }) => node.type === "scalar" && isIn(node.span, offset));
  for (const { text, node, at } of around.flatMap(expressionsIn)) {
    for (const match of text.matchAll(/\b([a-zA-Z]+)(?=\()/g)) {
      const [name] = match;
      const start = locate(node, at + match.index, file.text);
      const span = { start, end: start + name.length };
      const markdown = isIn(span, offset) ? describeFunction(name, config) : undefined;
      if (markdown !== undefined) return { markdown, span };
    }
  }
  return undefined;
}

function describeFunction(name: string, { functions }: Config): string | undefined {
  const doc = functionDocs.find((one) => one.name === name);
  if (doc) return `\`${doc.call}\`\n\n${withoutLinks(doc.gives)}.`;
  const own = functions.find((one) => one.name === name);
  return own && `\`${name}(${own.takes.join(", ")})\`\n\n${own.summary ?? ""}`.trimEnd();
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
