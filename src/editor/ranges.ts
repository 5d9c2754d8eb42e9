/** Stretches of a text as the protocol has them. */
import type { Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { SourceFile, Span } from "../flow/language/node.ts";

/** A span's range. */
export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** A file as a document, to convert the places in it. */
export function asDocument({ path, text }: SourceFile): TextDocument {
  return TextDocument.create(path, "yaml", 0, text);
}
