/** A thin client: it starts `ringflow language-server` for each open folder that has one, and does nothing else. */
const { existsSync } = require("node:fs");
const { delimiter, join } = require("node:path");
const { serverOf } = require("./server.js");

/** The extension's two functions. VS Code's modules are handed in, so that a test can stand in for them. */
function clientOf({ commands, window, workspace }, LanguageClient) {
  /** The running clients, by the URIs of their folders. */
  const clients = new Map();

  async function start(folder) {
    const configured = workspace.getConfiguration("ringflow", folder.uri).get("path");
    const server = serverOf(folder.uri.fsPath, configured, process.platform, existsSync);
    if (!server) return;
    const bin = join(folder.uri.fsPath, "node_modules", ".bin");
    // The project's own Node comes first, as in its npm scripts.
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
    const client = new LanguageClient(
      "ringflow",
      "Ringflow",
      { ...server, options: { cwd: folder.uri.fsPath, env, shell: server.shell } },
      {
        documentSelector: [
          { scheme: "file", language: "yaml", pattern: `${folder.uri.fsPath.replaceAll("\\", "/")}/**/*` },
        ],
        workspaceFolder: folder,
      },
    );
    clients.set(folder.uri.toString(), client);
    await client.start();
  }

  async function stop(folder) {
    const client = clients.get(folder.uri.toString());
    clients.delete(folder.uri.toString());
    await client?.stop();
  }

  const folders = () => workspace.workspaceFolders ?? [];
  const stopAll = () => Promise.all(folders().map(stop));
  const startAll = () =>
    Promise.all(
      folders().map((folder) => start(folder).catch((error) => window.showErrorMessage(String(error)))),
    );

  async function restart() {
    await stopAll();
    await startAll();
  }

  return {
    async activate({ subscriptions }) {
      subscriptions.push(
        commands.registerCommand("ringflow.restart", restart),
        workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
          await Promise.all([...removed.map(stop), ...added.map(start)]);
        }),
      );
      await startAll();
    },
    deactivate: stopAll,
  };
}

module.exports = { clientOf };
