/** Completion at a place of a file. */
import type { CompletionItem } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { MarkName } from "../../flow/language/mark.ts";
import type { Kinds } from "../../flow/steps/registry.ts";
import type { FileKind } from "../files.ts";
import { type Cursor, cursorAt } from "../place/cursor.ts";
import { topKeys } from "../place/scan.ts";
import { docsAt, languageOf, type Meant, meantAt } from "../place/schemas.ts";
import { completeExpression, openHole } from "./expression.ts";
import { type Entry, toItem } from "./item.ts";
import { type KeyPlace, keyEntries, wrappedEntries, writtenValue } from "./keys.ts";
import type { Names } from "./names.ts";
import { type Known, valueEntries } from "./values.ts";

/** The kind of the file, and the kinds of steps that it can have. */
interface Edited {
  kind: FileKind;
  kinds: Kinds;
}

/** What can be written at an offset. */
export function complete(
  document: TextDocument,
  offset: number,
  file: Edited,
  names: Names,
): CompletionItem[] {
  const text = document.getText();
  const { schema, vocabulary } = languageOf(file.kind, file.kinds);
  const cursor = cursorAt(text, offset, vocabulary);
  if (!cursor) return [];
  const meant = meantAt(schema, cursor.trail);
  const hole = cursor.map ? undefined : expressionBefore(cursor, meant);
  const completed =
    hole === undefined
      ? { entries: entriesAt(text, cursor, meant, file, names), typed: offset - cursor.from }
      : completeExpression(hole, names);
  const range = {
    start: document.positionAt(offset - completed.typed),
    end: document.positionAt(cursor.to),
  };
  return completed.entries.map((entry, index) => ({
    ...toItem(entry, index),
    // A value directly after its key's colon would be part of the key.
    textEdit: { range, newText: `${cursor.glued ? " " : ""}${newText(entry, cursor)}` },
  }));
}

function newText({ label, text = label, sort }: Entry, { colon, quoted }: Cursor): string {
  if (sort === "function" || sort === "wrapped") return text;
  return colon || quoted ? label : text;
}

const EXPRESSION: MarkName = "expression";

/** The expression that the cursor is in, up to the cursor. */
function expressionBefore({ before }: Cursor, meant: readonly Meant[]): string | undefined {
  return meant.some(({ marks }) => marks.includes(EXPRESSION)) ? before : openHole(before);
}

function entriesAt(
  text: string,
  cursor: Cursor,
  meant: readonly Meant[],
  { kind, kinds }: Edited,
  names: Names,
): Entry[] {
  const isSetting = cursor.trail[0]?.key !== "steps" && cursor.trail.length === 1;
  const known: Known = { names, part: partAround(cursor), isSetting };
  if (!cursor.map) {
    const isBegun = cursor.quoted || cursor.before !== "";
    const wrapped = isBegun || known.isSetting ? [] : wrappedEntries(meant);
    return [...valueEntries(meant, known), ...wrapped];
  }
  const { trail, map } = cursor;
  const isStep = kind === "flow" && trail.length === 2 && trail[0]?.key === "steps";
  const isKind = (key: string): boolean => isStep && kinds.named(key) !== undefined;
  const place: KeyPlace = {
    docs: docsAt(kind, trail, kinds),
    hasKind: map.pairs.some(({ key }) => isKind(key.text)),
    isKind,
  };
  const isSteps = kind === "flow" && trail.length === 1 && trail[0]?.key === "steps";
  const keys = isSteps ? stepEntries(names) : keyEntries(meant, map, place, known);
  const isTop = trail.length === 0;
  const present = new Set(isTop ? topKeys(text) : []);
  const left = keys.filter(({ label }) => !present.has(label));
  return cursor.alone && !isTop ? [...valueEntries(meant, known), ...left] : left;
}

/** The flow that a `flow` key around the cursor names. */
function partAround({ trail, map }: Cursor): string | undefined {
  const maps = [...trail.map(({ node }) => node), map].filter((node) => node?.type === "map");
  return maps.map((node) => writtenValue(node, "flow")).find((name) => name !== undefined);
}

function stepEntries({ wanted }: Names): Entry[] {
  return wanted.map((label) => ({ label, sort: "step", text: `${label}:` }));
}
