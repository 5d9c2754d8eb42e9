/** The files that are open and those around them, each read once for each text that it has. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Config, NO_CONFIG } from "../../flow/config/config.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { type Disk, type FileKind, fileKind, folderOf } from "../files.ts";
import { type FileRead, readFile } from "./read.ts";

/** A file in an editor. */
export interface OpenFile {
  path: string;
  kind: FileKind;
  document: TextDocument;
}

/** The files of the project. */
export class Project {
  readonly disk: Disk;
  readonly #documents: () => Iterable<OpenFile>;
  /** The language that the files are written in. */
  config: Config = NO_CONFIG;
  readonly #read = new Map<string, { read: FileRead; config: Config }>();
  readonly #good = new Map<string, FileRead>();

  /** @param documents the files that are open now */
  constructor(disk: Disk, documents: () => Iterable<OpenFile>) {
    this.disk = disk;
    this.#documents = documents;
  }

  /** Loads the project's own kinds and functions, if they have changed. */
  async loadConfig(): Promise<void> {
    this.config = await this.disk.config();
  }

  /** The files that are open now. */
  open(): OpenFile[] {
    return [...this.#documents()];
  }

  /** A file's text: the editor's, else the disk's. */
  async textOf(path: string): Promise<string | undefined> {
    const open = this.open().find((one) => one.path === path);
    return open ? open.document.getText() : await this.disk.read(path);
  }

  /** A file as it is now; undefined if there is none. */
  async read(path: string): Promise<FileRead | undefined> {
    const text = await this.textOf(path);
    if (text === undefined) return undefined;
    const known = this.#read.get(path);
    if (known?.read.file.text === text && known.config === this.config) return known.read;
    const kind = fileKind(path, text);
    if (kind === undefined) return undefined;
    const read = readFile({ path, text }, kind, this.config);
    this.#read.set(path, { read, config: this.config });
    if (read.root) this.#good.set(path, read);
    return read;
  }

  /** A file as it was when it could last be read. */
  lastGood(path: string): FileRead | undefined {
    return this.#good.get(path);
  }

  /** The flows around a file, with the open ones, by their names. */
  async flowsAround(path: string): Promise<Map<string, string>> {
    const folder = folderOf(path);
    const written = await this.disk.flows(folder);
    const open = this.open().filter((one) => one.kind === "flow" && folderOf(one.path) === folder);
    return new Map([...written, ...open.map((one) => one.path)].map((one) => [flowName(one), one]));
  }

  /** The tests around a file, with the open ones. */
  async testsAround(path: string): Promise<string[]> {
    const folder = folderOf(path);
    const open = this.open().filter((one) => one.kind === "test" && folderOf(one.path) === folder);
    return [...new Set([...(await this.disk.tests(folder)), ...open.map((one) => one.path)])];
  }
}
