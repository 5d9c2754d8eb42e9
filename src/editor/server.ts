/** `ringflow language-server`: what it can do, and which part of the session answers what. */
import { fileURLToPath } from "node:url";
import {
  CodeActionKind,
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { messageOf } from "../program/message-of.ts";
import { debounced } from "./debounce.ts";
import type { Disk } from "./files.ts";
import { Refused, Session } from "./session.ts";

/** How long nothing may be typed before the files are checked, in milliseconds. */
const PAUSE = 150;

/** Serves one editor until it closes its end. */
export function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  disk: Disk,
): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, input, output);
  const documents = new TextDocuments(TextDocument);
  const session = new Session(
    {
      documents: () => documents.all(),
      document: (uri) => documents.get(uri),
      publish: (uri, version, diagnostics) => void connection.sendDiagnostics({ uri, version, diagnostics }),
    },
    disk,
  );
  const safely = guarded(connection);
  const check = debounced(() => safely(() => session.check(), undefined), PAUSE);

  const enter = (folder: string): void => {
    try {
      disk.enter(folder);
    } catch (error) {
      connection.console.error(`Cannot open ${folder}: ${messageOf(error)}`);
    }
  };
  let watches = false;
  connection.onInitialize((params): InitializeResult => {
    const folder = folderIn(params);
    if (folder !== undefined) enter(folder);
    session.snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    return { capabilities: CAPABILITIES, serverInfo: { name: "ringflow" } };
  });
  connection.onInitialized(() => {
    if (watches)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
  });
  documents.onDidChangeContent(check);
  documents.onDidClose(({ document: { uri } }) => {
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    check();
  });
  documents.onDidSave(check);
  connection.onDidChangeWatchedFiles(check);
  connection.onCompletion(({ textDocument, position }) =>
    safely(() => session.completion(textDocument.uri, position), []),
  );
  connection.onHover(({ textDocument, position }) =>
    safely(async () => (await session.hover(textDocument.uri, position)) ?? null, null),
  );
  connection.onDefinition(({ textDocument, position }) =>
    safely(async () => (await session.definition(textDocument.uri, position)) ?? null, null),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    safely(() => session.references(textDocument.uri, position, context.includeDeclaration), []),
  );
  connection.onPrepareRename(({ textDocument, position }) =>
    safely(async () => (await session.prepareRename(textDocument.uri, position)) ?? null, null),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    safely(async () => (await session.rename(textDocument.uri, position, newName)) ?? null, null),
  );
  connection.onCodeAction(({ textDocument, range }) =>
    safely(() => session.codeActions(textDocument.uri, range), []),
  );
  connection.onDocumentSymbol(({ textDocument }) => safely(() => session.symbols(textDocument.uri), []));
  documents.listen(connection);
  connection.listen();
  return new Promise((resolve) => connection.onExit(() => resolve()));
}

const CAPABILITIES: InitializeResult["capabilities"] = {
  textDocumentSync: {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: true,
  },
  completionProvider: { triggerCharacters: [".", '"', "'", "(", " ", ":", "{", "/"] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
  documentSymbolProvider: true,
};

/** The files that flows name, and flows themselves: a change outside the editor is seen as well. */
const WATCHED = [
  { globPattern: "**/*.{yaml,yml,ics,mp3,wav,gsm,aif,aiff,ulaw}" },
  { globPattern: "**/{.dev.vars,wrangler.toml,ringflow.*.ts,ringflow.*.js}" },
];

type Safely = <T>(work: () => Promise<T>, otherwise: T) => Promise<T>;

/** A failure of the server's own is logged, and never ends it. */
function guarded(connection: Connection): Safely {
  return async (work, otherwise) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) throw new ResponseError(ErrorCodes.InvalidRequest, error.message);
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
      return otherwise;
    }
  };
}

function folderIn({ workspaceFolders, rootUri }: InitializeParams): string | undefined {
  const uri = workspaceFolders?.[0]?.uri ?? rootUri ?? "";
  return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
}
