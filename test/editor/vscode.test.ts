/** The extension of VS Code, with stand-ins for VS Code's own modules. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const { clientOf } = require("../../src/editor/vscode/client.js");
const { serverOf } = require("../../src/editor/vscode/server.js");

const ARGS = ["language-server", "--stdio"];

describe("the server of a folder", () => {
  test.each([
    [
      "the project's own",
      "",
      ["/p/node_modules/.bin/ringflow"],
      "linux",
      "/p/node_modules/.bin/ringflow",
      ARGS,
    ],
    ["the one in the settings", "/opt/ringflow", [], "linux", "/opt/ringflow", ARGS],
    [
      "Ringflow's repository",
      "",
      ["/p/src/cli/ringflow.js"],
      "linux",
      "node",
      ["/p/src/cli/ringflow.js", ...ARGS],
    ],
  ])("is %s", (_which, configured, files, platform, command, args) => {
    const exists = (path: string): boolean => files.includes(path.replaceAll("\\", "/"));
    expect(serverOf("/p", configured, platform, exists)).toEqual({ command, args, shell: false });
  });

  test("is a batch file on Windows, and none in other folders", () => {
    expect(serverOf("/p", "", "win32", () => true)).toMatchObject({
      command: join("/p", "node_modules", ".bin", "ringflow.cmd"),
      shell: true,
    });
    expect(serverOf("/p", "", "linux", () => false)).toBeUndefined();
  });
});

describe("the client", () => {
  const folderAt = (path: string) => ({ uri: { fsPath: path, toString: () => `file://${path}` } });

  /** The extension in a VS Code with these folders, and what happened to its clients. */
  async function activated(paths: readonly string[]) {
    const log: string[] = [];
    class LanguageClient {
      name: string;
      constructor(_id: string, _name: string, server: { options: { cwd: string } }) {
        this.name = server.options.cwd;
      }
      async start(): Promise<void> {
        log.push(`start ${this.name}`);
      }
      async stop(): Promise<void> {
        log.push(`stop ${this.name}`);
      }
    }
    const registered = new Map<string, () => Promise<void>>();
    const extension = clientOf(
      {
        commands: { registerCommand: (name: string, run: () => Promise<void>) => registered.set(name, run) },
        window: { showErrorMessage: (message: string) => log.push(message) },
        workspace: {
          workspaceFolders: paths.map(folderAt),
          getConfiguration: () => ({ get: () => "" }),
          onDidChangeWorkspaceFolders: () => undefined,
        },
      },
      LanguageClient,
    );
    await extension.activate({ subscriptions: [] });
    return { extension, log, registered };
  }

  test("starts a server in each folder with Ringflow, and stops them at the end", async () => {
    const here = process.cwd();
    const { extension, log } = await activated([here, "/nowhere"]);
    await extension.deactivate();
    expect(log).toEqual([`start ${here}`, `stop ${here}`]);
  });

  test("starts them again by its command", async () => {
    const here = process.cwd();
    const { log, registered } = await activated([here]);
    await registered.get("ringflow.restart")?.();
    expect(log).toEqual([`start ${here}`, `stop ${here}`, `start ${here}`]);
  });
});

test("its README has no relative links: vsce refuses to package them without a repository", async () => {
  const text = await readFile("src/editor/vscode/README.md", "utf8");
  expect(text).not.toMatch(/\]\((?!https:)/);
});
