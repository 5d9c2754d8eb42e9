/** The answers to an editor's questions. */
import {
  type CodeAction,
  type CompletionItem,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type Location,
  type Position,
  type Range,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../flow/format/format.ts";
import { formOf } from "../flow/format/forms.ts";
import { complete } from "./complete/complete.ts";
import { fixesIn } from "./findings.ts";
import { describe } from "./navigate/describe.ts";
import { languageAt } from "./navigate/hover.ts";
import { definitionOf, type Named, namedAt, type Place, placesOf } from "./navigate/references.ts";
import { refusal, renamed } from "./navigate/rename.ts";
import { type Outlined, outlineOf } from "./navigate/symbols.ts";
import { asDocument, rangeOf } from "./ranges.ts";
import type { Session } from "./session.ts";

/** A reason for which a request cannot be answered, to show. */
export class Refused extends Error {}

/** A place that an editor asks about. */
export interface Asked {
  textDocument: { uri: string };
  position: Position;
}

/** What can be written at a place. */
export async function completion(
  session: Session,
  { textDocument, position }: Asked,
): Promise<CompletionItem[]> {
  const open = session.openAt(textDocument.uri);
  if (!open) return [];
  const { kind, document } = open;
  const { kinds } = session.project.config;
  const names = await session.namesFor(open);
  const items = complete(document, document.offsetAt(position), { kind, kinds }, names);
  return session.snippets ? items : items.map(withoutSnippet);
}

function withoutSnippet(item: CompletionItem): CompletionItem {
  if (item.insertTextFormat !== InsertTextFormat.Snippet || !item.textEdit) return item;
  const { insertTextFormat: _, textEdit, ...rest } = item;
  return { ...rest, textEdit: { ...textEdit, newText: textEdit.newText.replace(/\$0.*$/, "") } };
}

/** What is at a place: a name, a key or a function. */
export async function hover(session: Session, { textDocument, position }: Asked): Promise<Hover | undefined> {
  const { project } = session;
  const open = session.openAt(textDocument.uri);
  const read = open && (await project.read(open.path));
  if (!open || !read) return undefined;
  const offset = open.document.offsetAt(position);
  const named = await namedAt(project, open.path, offset);
  const about = named
    ? {
        markdown: describe(
          named,
          await project.read(named.flow),
          await session.checkedFlow(named.flow, open),
        ),
        span: named.at.span,
      }
    : languageAt(read, offset, project.config);
  if (!about) return undefined;
  return {
    contents: { kind: "markdown", value: about.markdown },
    range: rangeOf(open.document, about.span),
  };
}

/** Where a name is defined. */
export async function definition(session: Session, asked: Asked): Promise<Location | undefined> {
  const named = await namedFor(session, asked);
  const place = named && (await definitionOf(session.project, named));
  return place && (await locationOf(session, place));
}

/** Every place that names the same. */
export async function references(
  session: Session,
  asked: Asked,
  withDefinition: boolean,
): Promise<Location[]> {
  const named = await namedFor(session, asked);
  const places = named ? await placesOf(session.project, named) : [];
  const wanted = places.filter(({ occurrence }) => withDefinition || !occurrence.isDefinition);
  return Promise.all(wanted.map((place) => locationOf(session, place)));
}

/**
 * The range of what would be renamed.
 * @throws Refused if it cannot be
 */
export async function prepareRename(session: Session, asked: Asked): Promise<Range | undefined> {
  const open = session.openAt(asked.textDocument.uri);
  const named = await namedFor(session, asked);
  if (!open || !named) return undefined;
  const why = refusal(named);
  if (why !== undefined) throw new Refused(why);
  return rangeOf(open.document, named.at.span);
}

/**
 * The edits of a rename.
 * @throws Refused if it cannot be done
 */
export async function rename(
  session: Session,
  asked: Asked,
  newName: string,
): Promise<WorkspaceEdit | undefined> {
  const named = await namedFor(session, asked);
  if (!named) return undefined;
  const places = await renamed(session.project, named, newName);
  if (typeof places === "string") throw new Refused(places);
  const changes: Record<string, TextEdit[]> = {};
  for (const place of places) {
    const { uri, range } = await locationOf(session, place);
    changes[uri] = [...(changes[uri] ?? []), { range, newText: newName }];
  }
  return { changes };
}

/** The fixes of the findings in a range. */
export async function codeActions(session: Session, uri: string, range: Range): Promise<CodeAction[]> {
  const open = session.openAt(uri);
  return open ? fixesIn(open.document, await session.findingsOf(open), range, uri) : [];
}

/** The edit that formats a file; none if it cannot be read now. */
export function formatting(session: Session, uri: string): TextEdit[] {
  const open = session.openAt(uri);
  if (!open) return [];
  const { path, kind, document } = open;
  const text = document.getText();
  const formatted = format({ path, text }, formOf(kind, session.project.config.kinds));
  if (formatted === undefined || formatted === text) return [];
  return [{ range: rangeOf(document, { start: 0, end: text.length }), newText: formatted }];
}

const SYMBOLS: Readonly<Record<Outlined["sort"], SymbolKind>> = {
  section: SymbolKind.Module,
  step: SymbolKind.Function,
  name: SymbolKind.Variable,
  scenario: SymbolKind.Event,
};

/** The outline of a file; of one that cannot be read now, as it was when it last could be. */
export async function symbols(session: Session, uri: string): Promise<DocumentSymbol[]> {
  const { project } = session;
  const open = session.openAt(uri);
  if (!open) return [];
  const now = await project.read(open.path);
  const read = now?.root ? now : project.lastGood(open.path);
  return read ? outlineOf(read, project.config.kinds).map((one) => toSymbol(asDocument(read.file), one)) : [];
}

function toSymbol(document: TextDocument, outlined: Outlined): DocumentSymbol {
  const { name, detail, sort, span, own, children } = outlined;
  return {
    name,
    detail,
    kind: SYMBOLS[sort],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, own),
    children: children.map((child) => toSymbol(document, child)),
  };
}

async function namedFor(session: Session, { textDocument, position }: Asked): Promise<Named | undefined> {
  const open = session.openAt(textDocument.uri);
  return open && namedAt(session.project, open.path, open.document.offsetAt(position));
}

async function locationOf(session: Session, { path, occurrence }: Place): Promise<Location> {
  const text = (await session.project.textOf(path)) ?? "";
  return { uri: session.uriOf(path), range: rangeOf(asDocument({ path, text }), occurrence.span) };
}
