/** Formats a file: keys in the schema's order, two spaces of indentation. Comments and texts stay as they are written. */
import type { JsonSchema } from "../language/mark.ts";
import type { Node, SourceFile } from "../language/node.ts";
import type { Vocabulary } from "../language/vocabulary.ts";
import { readSource, type Source } from "../yaml/source.ts";
import { laidOut } from "./layout.ts";
import { ordered } from "./order.ts";
import { branches } from "./schema-order.ts";

/** A kind of file: its schema, in whose order its keys are, and what its keys say about their texts. */
export interface Form {
  schema: JsonSchema;
  vocabulary: Vocabulary;
}

/**
 * The formatted text of a file. Undefined if it cannot be read as YAML, or is something else. What would change a value, or lose a character
 * of a comment, is left as it is.
 */
export function format(file: SourceFile, { schema, vocabulary }: Form): string | undefined {
  const isWindows = file.text.includes("\r\n");
  const text = ended(file.text.replaceAll("\r\n", "\n"));
  const read = (one: string): Source => readSource({ ...file, text: one }, vocabulary);
  const source = read(text);
  if (!source.root || !isLike(schema, source.root)) return undefined;
  const safely = (before: string, change: (root: Node) => string | undefined): string => {
    const { root } = read(before);
    const after = root && change(root);
    return after !== undefined && isSame(source, read(after)) && hasSameCharacters(text, after)
      ? after
      : before;
  };
  const inOrder = safely(text, (root) => ordered(text, root, branches(schema)));
  const result = safely(inOrder, (root) => laidOut(inOrder, root));
  return isWindows ? result.replaceAll("\n", "\r\n") : result;
}

/** Whether at least half of the keys are the form's: other YAML is not Ringflow's to change. */
function isLike({ properties = {} }: JsonSchema, root: Node): boolean {
  if (root.type !== "map") return false;
  const known = root.pairs.filter(({ key }) => Object.hasOwn(properties, key.text));
  return known.length * 2 >= root.pairs.length;
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** Whether two files have the same values and findings. Maps can have another order. */
function isSame(before: Source, after: Source): boolean {
  const codes = ({ diagnostics }: Source): string =>
    JSON.stringify(diagnostics.map(({ code }) => code).toSorted());
  return !!before.root && !!after.root && codes(before) === codes(after) && equal(before.root, after.root);
}

function equal(a: Node, b: Node): boolean {
  if (a.type === "scalar") return b.type === "scalar" && a.text === b.text && a.quoted === b.quoted;
  if (a.type === "list")
    return (
      b.type === "list" &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => equal(item, b.items[i] ?? item))
    );
  if (b.type !== "map" || a.pairs.length !== b.pairs.length) return false;
  const others = new Map(b.pairs.map(({ key, value }) => [key.text, value]));
  return a.pairs.every(({ key, value }) => {
    const other = others.get(key.text);
    return other !== undefined && equal(value, other);
  });
}

/** Whether no character is lost, whatever its place: those of comments, anchors and spellings as well. */
function hasSameCharacters(before: string, after: string): boolean {
  const characters = (text: string): string => [...text.replace(/\s+/g, "")].toSorted().join("");
  return characters(before) === characters(after);
}
