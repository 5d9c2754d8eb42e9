/** One editor's session: its open files, the latest check, and the answers to its questions. */
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
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
import type { Finding } from "../flow/catalogue.ts";
import { complete } from "./complete/complete.ts";
import { type Disk, fileKind, folderOf } from "./files.ts";
import { fixesIn, toDiagnostic } from "./findings.ts";
import { describe } from "./navigate/describe.ts";
import { languageAt } from "./navigate/hover.ts";
import { definitionOf, type Named, namedAt, type Place, placesOf } from "./navigate/references.ts";
import { refusal, renamed } from "./navigate/rename.ts";
import { type Outlined, outlineOf } from "./navigate/symbols.ts";
import { type Folder, lookAround, namesFor } from "./project/around.ts";
import { type Check, checkOpen } from "./project/check.ts";
import { type OpenFile, Project } from "./project/project.ts";
import { asDocument, rangeOf } from "./ranges.ts";

/** What the session needs of the connection. */
export interface Editor {
  documents(): Iterable<TextDocument>;
  document(uri: string): TextDocument | undefined;
  publish(uri: string, version: number, diagnostics: Diagnostic[]): void;
}

/** A reason for which a request cannot be answered, to show. */
export class Refused extends Error {}

const SYMBOLS: Readonly<Record<Outlined["sort"], SymbolKind>> = {
  section: SymbolKind.Module,
  step: SymbolKind.Function,
  name: SymbolKind.Variable,
  scenario: SymbolKind.Event,
};

/** A session. */
export class Session {
  /** Whether the editor can fill in snippets. */
  snippets = false;
  readonly #editor: Editor;
  readonly #disk: Disk;
  readonly #project: Project;
  readonly #folders = new Map<string, Folder>();
  #last: Check = { findings: new Map(), flows: new Map() };
  /** The versions of the files that the latest check saw. */
  #checked: ReadonlyMap<string, number> = new Map();

  constructor(editor: Editor, disk: Disk) {
    this.#editor = editor;
    this.#disk = disk;
    this.#project = new Project(disk, () => this.#openFiles());
  }

  *#openFiles(): Iterable<OpenFile> {
    for (const document of this.#editor.documents()) {
      const file = this.#fileOf(document);
      if (file) yield file;
    }
  }

  #fileOf(document: TextDocument): OpenFile | undefined {
    if (!document.uri.startsWith("file:")) return undefined;
    const path = this.#disk.relative(fileURLToPath(document.uri));
    const kind = fileKind(path, document.getText());
    return kind && { path, kind, document };
  }

  #openAt(uri: string): OpenFile | undefined {
    const document = this.#editor.document(uri);
    return document && this.#fileOf(document);
  }

  /** The editor's own URI of an open file. */
  #uriOf(path: string): string {
    const open = this.#project.open().find((one) => one.path === path);
    return open?.document.uri ?? pathToFileURL(this.#disk.absolute(path)).href;
  }

  /** Checks every open file and shows its findings. */
  async check(): Promise<void> {
    const files = this.#project.open();
    const versions = new Map(files.map(({ path, document }) => [path, document.version]));
    this.#last = await checkOpen(this.#project);
    this.#checked = versions;
    for (const { path, document } of files) {
      // What has changed meanwhile is checked again.
      if (versions.get(path) !== document.version) continue;
      const findings = this.#last.findings.get(path) ?? [];
      const shown = findings.map((finding) => toDiagnostic(document, finding));
      this.#editor.publish(document.uri, document.version, shown);
    }
    for (const [folder, path] of new Map(files.map(({ path }) => [folderOf(path), path]))) {
      this.#folders.set(folder, await lookAround(this.#project, path));
    }
  }

  /** Before the first check. */
  async #lookAround(path: string): Promise<Folder> {
    await this.#project.loadConfig();
    const folder = await lookAround(this.#project, path);
    this.#folders.set(folderOf(path), folder);
    return folder;
  }

  async completion(uri: string, position: Position): Promise<CompletionItem[]> {
    const open = this.#openAt(uri);
    if (!open) return [];
    const { path, kind, document } = open;
    const folder = this.#folders.get(folderOf(path)) ?? (await this.#lookAround(path));
    const file = { path, kind, text: document.getText() };
    const names = await namesFor(this.#project, file, folder, this.#last.flows);
    const items = complete(
      document,
      document.offsetAt(position),
      { kind, kinds: this.#project.config.kinds },
      names,
    );
    return this.snippets ? items : items.map(withoutSnippet);
  }

  async hover(uri: string, position: Position): Promise<Hover | undefined> {
    const open = this.#openAt(uri);
    const read = open && (await this.#project.read(open.path));
    if (!open || !read) return undefined;
    const offset = open.document.offsetAt(position);
    const named = await namedAt(this.#project, open.path, offset);
    if (named) {
      await this.#checkNow(open.path, open.document.version);
      const flow = await this.#project.read(named.flow);
      const value = describe(named, flow, this.#last.flows.get(named.flow));
      return { contents: { kind: "markdown", value }, range: rangeOf(open.document, named.at.span) };
    }
    const about = languageAt(read, offset, this.#project.config);
    return (
      about && {
        contents: { kind: "markdown", value: about.markdown },
        range: rangeOf(open.document, about.span),
      }
    );
  }

  async definition(uri: string, position: Position): Promise<Location | undefined> {
    const named = await this.#named(uri, position);
    const place = named && (await definitionOf(this.#project, named));
    return place && (await this.#location(place));
  }

  async references(uri: string, position: Position, withDefinition: boolean): Promise<Location[]> {
    const named = await this.#named(uri, position);
    const places = named ? await placesOf(this.#project, named) : [];
    const wanted = places.filter(({ occurrence }) => withDefinition || !occurrence.isDefinition);
    return Promise.all(wanted.map((place) => this.#location(place)));
  }

  /** The range of what would be renamed. */
  async prepareRename(uri: string, position: Position): Promise<Range | undefined> {
    const open = this.#openAt(uri);
    const named = await this.#named(uri, position);
    if (!open || !named) return undefined;
    const why = refusal(named);
    if (why !== undefined) throw new Refused(why);
    return rangeOf(open.document, named.at.span);
  }

  async rename(uri: string, position: Position, newName: string): Promise<WorkspaceEdit | undefined> {
    const named = await this.#named(uri, position);
    if (!named) return undefined;
    const places = await renamed(this.#project, named, newName);
    if (typeof places === "string") throw new Refused(places);
    const changes: Record<string, TextEdit[]> = {};
    for (const place of places) {
      const { uri: file, range } = await this.#location(place);
      changes[file] = [...(changes[file] ?? []), { range, newText: newName }];
    }
    return { changes };
  }

  async codeActions(uri: string, range: Range): Promise<CodeAction[]> {
    const open = this.#openAt(uri);
    return open ? fixesIn(open.document, await this.#findingsOf(open), range, uri) : [];
  }

  /** The findings of a file as it is now. */
  async #findingsOf({ path, document }: OpenFile): Promise<readonly Finding[]> {
    await this.#checkNow(path, document.version);
    return this.#last.findings.get(path) ?? [];
  }

  async #checkNow(path: string, version: number): Promise<void> {
    if (this.#checked.get(path) !== version) await this.check();
  }

  async symbols(uri: string): Promise<DocumentSymbol[]> {
    const open = this.#openAt(uri);
    if (!open) return [];
    const now = await this.#project.read(open.path);
    const read = now?.root ? now : this.#project.lastGood(open.path);
    return read
      ? outlineOf(read, this.#project.config.kinds).map((one) => toSymbol(asDocument(read.file), one))
      : [];
  }

  async #named(uri: string, position: Position): Promise<Named | undefined> {
    const open = this.#openAt(uri);
    return open && namedAt(this.#project, open.path, open.document.offsetAt(position));
  }

  async #location({ path, occurrence }: Place): Promise<Location> {
    const text = (await this.#project.textOf(path)) ?? "";
    return { uri: this.#uriOf(path), range: rangeOf(asDocument({ path, text }), occurrence.span) };
  }
}

function withoutSnippet(item: CompletionItem): CompletionItem {
  if (item.insertTextFormat !== InsertTextFormat.Snippet || !item.textEdit) return item;
  const { insertTextFormat: _, textEdit, ...rest } = item;
  return { ...rest, textEdit: { ...textEdit, newText: textEdit.newText.replace(/\$0.*$/, "") } };
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
