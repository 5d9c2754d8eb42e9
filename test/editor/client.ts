/** An editor without a screen: it starts `ringflow language-server` and speaks the protocol with it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type Location,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const COMMAND = resolve("src/cli/ringflow.js");

/** A running server with a folder of its own. */
export class Editor {
  readonly folder: string;
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly #open = new Map<string, TextDocument>();
  readonly #shown = new Map<string, PublishDiagnosticsParams>();
  #wake: () => void = () => undefined;

  constructor(folder: string, process: ChildProcess) {
    if (!process.stdout || !process.stdin) throw new Error("the server has no stdin and stdout");
    this.folder = folder;
    this.process = process;
    const reader = new StreamMessageReader(process.stdout);
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(process.stdin));
    this.connection.onNotification("textDocument/publishDiagnostics", (shown: PublishDiagnosticsParams) => {
      this.#shown.set(shown.uri, shown);
      this.#wake();
    });
    this.connection.listen();
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** Opens a file with the text that it gets; a `|` in the text is where the cursor is. */
  async open(path: string, text: string): Promise<void> {
    const document = TextDocument.create(this.uri(path), "yaml", 1, text);
    this.#open.set(path, document);
    const textDocument = { uri: document.uri, languageId: "yaml", version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text. */
  async type(path: string, text: string): Promise<void> {
    const { uri, version } = this.document(path);
    this.#open.set(path, TextDocument.create(uri, "yaml", version + 1, text));
    const textDocument = { uri, version: version + 1 };
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  document(path: string): TextDocument {
    const document = this.#open.get(path);
    if (!document) throw new Error(`${path} is not open`);
    return document;
  }

  /** The findings of the text that the file has now. */
  async findings(path: string): Promise<Diagnostic[]> {
    const { uri, version } = this.document(path);
    for (;;) {
      const shown = this.#shown.get(uri);
      if (shown?.version === version) return shown.diagnostics;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Types a text with a `|` in it, and asks what could be written there. */
  async complete(path: string, marked: string): Promise<CompletionItem[]> {
    const { text, offset } = unmarked(marked);
    await (this.#open.has(path) ? this.type(path, text) : this.open(path, text));
    return this.ask<CompletionItem[]>("completion", path, this.document(path).positionAt(offset));
  }

  /** What a completion would write. */
  async offers(path: string, marked: string): Promise<string[]> {
    const items = await this.complete(path, marked);
    return items.map(({ textEdit, label }) => textEdit?.newText ?? label);
  }

  /** The place of the first occurrence of some words, after them if `after`. */
  at(path: string, words: string): Position {
    const document = this.document(path);
    const offset = document.getText().indexOf(words);
    if (offset < 0) throw new Error(`${path} has no "${words}"`);
    return document.positionAt(offset);
  }

  ask<T>(method: string, path: string, position: Position, more: object = {}): Promise<T> {
    const textDocument = { uri: this.uri(path) };
    return this.connection.sendRequest(`textDocument/${method}`, { textDocument, position, ...more });
  }

  async hover(path: string, words: string): Promise<string> {
    const hover = await this.ask<Hover | null>("hover", path, this.at(path, words));
    const contents = hover?.contents;
    return typeof contents === "object" && "value" in contents ? contents.value : "";
  }

  definition(path: string, words: string): Promise<Location | null> {
    return this.ask("definition", path, this.at(path, words));
  }

  references(path: string, words: string): Promise<Location[]> {
    return this.ask("references", path, this.at(path, words), { context: { includeDeclaration: true } });
  }

  rename(path: string, words: string, newName: string): Promise<WorkspaceEdit | null> {
    return this.ask("rename", path, this.at(path, words), { newName });
  }

  fixes(path: string, range: Diagnostic["range"]): Promise<CodeAction[]> {
    const textDocument = { uri: this.uri(path) };
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
  }

  symbols(path: string): Promise<DocumentSymbol[]> {
    const textDocument = { uri: this.uri(path) };
    return this.connection.sendRequest("textDocument/documentSymbol", { textDocument });
  }

  /** A file's text after it has been formatted. */
  async formatted(path: string): Promise<string> {
    const textDocument = { uri: this.uri(path) };
    const options = { tabSize: 2, insertSpaces: true };
    const edits: TextEdit[] = await this.connection.sendRequest("textDocument/formatting", {
      textDocument,
      options,
    });
    return TextDocument.applyEdits(this.document(path), edits);
  }

  /** A file's text after the edits of a rename or a fix. */
  applied(path: string, edit: WorkspaceEdit | null | undefined): string {
    const document = this.document(path);
    return TextDocument.applyEdits(document, edit?.changes?.[document.uri] ?? []);
  }

  /** Ends it, as editors do; returns the exit code. */
  async close(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const code = await ended;
    this.connection.dispose();
    await rm(this.folder, { recursive: true });
    return code;
  }
}

/** Starts a server in a new folder with these files. */
export async function startEditor(
  files: Readonly<Record<string, string>>,
  { snippets = true }: { snippets?: boolean } = {},
): Promise<Editor> {
  const folder = await mkdtemp(join(tmpdir(), "ringflow-editor-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  // Where an editor starts it is not always the folder that is open.
  const started = spawn(process.execPath, [COMMAND, "language-server", "--stdio"], { cwd: tmpdir() });
  const editor = new Editor(folder, started);
  await editor.connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: snippets } } } },
  });
  await editor.connection.sendNotification("initialized", {});
  return editor;
}

/** A text without its last `|`, and where that was. */
function unmarked(marked: string): { text: string; offset: number } {
  const offset = marked.lastIndexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
