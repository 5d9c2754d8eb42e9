/** `ringflow language-server`: what it can do, and who answers what. */
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
import {
  codeActions,
  completion,
  definition,
  formatting,
  hover,
  prepareRename,
  Refused,
  references,
  rename,
  symbols,
} from "./answers.ts";
import { debounced } from "./debounce.ts";
import type { Disk } from "./files.ts";
import { Session } from "./session.ts";

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
  begin(connection, session, disk);
  checkChanges(
    connection,
    documents,
    debounced(() => safely(() => session.check(), undefined), PAUSE),
  );
  answer(connection, session, safely);
  documents.listen(connection);
  connection.listen();
  return new Promise((resolve) => connection.onExit(() => resolve()));
}

/** Enters the folder that the editor has open, and learns what the editor can do. */
function begin(connection: Connection, session: Session, disk: Disk): void {
  let watches = false;
  connection.onInitialize((params): InitializeResult => {
    const folder = folderIn(params);
    try {
      if (folder !== undefined) disk.enter(folder);
    } catch (error) {
      connection.console.error(`Cannot open ${folder}: ${messageOf(error)}`);
    }
    session.snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    return { capabilities: CAPABILITIES, serverInfo: { name: "ringflow" } };
  });
  connection.onInitialized(() => {
    if (watches)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
  });
}

/** Asks for a check after every change, in the editor or outside. */
function checkChanges(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  check: () => void,
): void {
  documents.onDidChangeContent(check);
  documents.onDidSave(check);
  documents.onDidClose(({ document: { uri } }) => {
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    check();
  });
  connection.onDidChangeWatchedFiles(check);
}

function answer(connection: Connection, session: Session, safely: Safely): void {
  const orNull = <T>(work: () => Promise<T | undefined>): Promise<T | null> =>
    safely(async () => (await work()) ?? null, null);
  connection.onCompletion((asked) => safely(() => completion(session, asked), []));
  connection.onHover((asked) => orNull(() => hover(session, asked)));
  connection.onDefinition((asked) => orNull(() => definition(session, asked)));
  connection.onReferences((asked) =>
    safely(() => references(session, asked, asked.context.includeDeclaration), []),
  );
  connection.onPrepareRename((asked) => orNull(() => prepareRename(session, asked)));
  connection.onRenameRequest((asked) => orNull(() => rename(session, asked, asked.newName)));
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    safely(() => codeActions(session, uri, range), []),
  );
  connection.onDocumentFormatting(({ textDocument: { uri } }) =>
    safely(async () => formatting(session, uri), []),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }) => safely(() => symbols(session, uri), []));
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
  documentFormattingProvider: true,
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
