/** Plain values → YAML, and a value appended to a list without changing the rest of the file. */
import { stringify } from "yaml";
import type { ListNode } from "../language/node.ts";
import { lineStart, nextLine } from "./line.ts";

/** A value as YAML, every line indented by `indent`. Ends with a line break. */
export function writeYaml(value: unknown, indent = ""): string {
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  return text.replace(/^(?=.)/gm, indent);
}

/**
 * The file's text with other entries in a list, indented as its first entry is; undefined where the list is in brackets, or
 * empty.
 */
export function replaceItems(text: string, list: ListNode, values: readonly unknown[]): string | undefined {
  const [first] = list.items;
  const last = list.items.at(-1);
  if (list.inline || !first || !last) return undefined;
  const from = lineStart(text, first.span.start);
  const dash = /^([ \t]*)-[ \t]/.exec(text.slice(from));
  if (!dash) return undefined;
  const to = nextLine(text, text.slice(0, last.span.end).trimEnd().length);
  const written = writeYaml(values, dash[1]);
  return (
    text.slice(0, from) +
    (text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written) +
    text.slice(to)
  );
}

/**
 * The file's text with one more entry at the end of a list, indented as the first entry is; undefined where the list is
 * in brackets, or empty.
 */
export function appendItem(text: string, list: ListNode, value: unknown): string | undefined {
  const [first] = list.items;
  const last = list.items.at(-1);
  if (list.inline || !first || !last) return undefined;
  const dash = /^([ \t]*)-[ \t]/.exec(text.slice(lineStart(text, first.span.start)));
  if (!dash) return undefined;
  // A block text's span holds line breaks; any other value can be followed by a comment.
  const end = text.slice(0, last.span.end).trimEnd().length;
  const at = nextLine(text, end);
  const glue = text[at - 1] === "\n" ? "" : "\n";
  const added = glue + writeYaml([value], dash[1]);
  return (
    text.slice(0, at) + (text.includes("\r\n") ? added.replaceAll("\n", "\r\n") : added) + text.slice(at)
  );
}
