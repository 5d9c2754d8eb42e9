/** One editor's session: its open files, the latest check, and what is around the files. */
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Checked } from "../flow/analysis/checked.ts";
import type { Finding } from "../flow/catalogue.ts";
import type { Names } from "./complete/names.ts";
import { type Disk, fileKind, folderOf } from "./files.ts";
import { toDiagnostic } from "./findings.ts";
import { type Folder, lookAround, namesFor } from "./project/around.ts";
import { type Check, checkOpen } from "./project/check.ts";
import { type OpenFile, Project } from "./project/project.ts";

/** What the session needs of the connection. */
export interface Editor {
  documents(): Iterable<TextDocument>;
  document(uri: string): TextDocument | undefined;
  publish(uri: string, version: number, diagnostics: Diagnostic[]): void;
}

/** A session. */
export class Session {
  /** Whether the editor can fill in snippets. */
  snippets = false;
  readonly project: Project;
  readonly #editor: Editor;
  readonly #disk: Disk;
  readonly #folders = new Map<string, Folder>();
  #last: Check = { findings: new Map(), flows: new Map() };
  /** The versions of the files that the latest check saw. */
  #checked: ReadonlyMap<string, number> = new Map();

  constructor(editor: Editor, disk: Disk) {
    this.#editor = editor;
    this.#disk = disk;
    this.project = new Project(disk, () => this.#openFiles());
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

  /** An open file; undefined for one that is not Ringflow's. */
  openAt(uri: string): OpenFile | undefined {
    const document = this.#editor.document(uri);
    return document && this.#fileOf(document);
  }

  /** A file's URI; of an open one, the editor's own. */
  uriOf(path: string): string {
    const open = this.project.open().find((one) => one.path === path);
    return open?.document.uri ?? pathToFileURL(this.#disk.absolute(path)).href;
  }

  /** Checks every open file and shows its findings. */
  async check(): Promise<void> {
    const files = this.project.open();
    const versions = new Map(files.map(({ path, document }) => [path, document.version]));
    this.#last = await checkOpen(this.project);
    this.#checked = versions;
    for (const { path, document } of files) {
      // What has changed meanwhile is checked again.
      if (versions.get(path) !== document.version) continue;
      const findings = this.#last.findings.get(path) ?? [];
      const shown = findings.map((finding) => toDiagnostic(document, finding));
      this.#editor.publish(document.uri, document.version, shown);
    }
    for (const [folder, path] of new Map(files.map(({ path }) => [folderOf(path), path]))) {
      this.#folders.set(folder, await lookAround(this.project, path));
    }
  }

  /** The findings of a file as it is now. */
  async findingsOf(file: OpenFile): Promise<readonly Finding[]> {
    await this.#checkNow(file);
    return this.#last.findings.get(file.path) ?? [];
  }

  /** A flow with its facts, as an open file has it now; undefined if it cannot be checked. */
  async checkedFlow(path: string, file: OpenFile): Promise<Checked | undefined> {
    await this.#checkNow(file);
    return this.#last.flows.get(path);
  }

  async #checkNow({ path, document }: OpenFile): Promise<void> {
    if (this.#checked.get(path) !== document.version) await this.check();
  }

  /** The names that a file can use. Only the file itself is as it is now: the rest is that of the latest check. */
  async namesFor({ path, kind, document }: OpenFile): Promise<Names> {
    const folder = this.#folders.get(folderOf(path)) ?? (await this.#lookAround(path));
    const file = { path, kind, text: document.getText() };
    return namesFor(this.project, file, folder, this.#last.flows);
  }

  /** Before the first check. */
  async #lookAround(path: string): Promise<Folder> {
    await this.project.loadConfig();
    const folder = await lookAround(this.project, path);
    this.#folders.set(folderOf(path), folder);
    return folder;
  }
}
