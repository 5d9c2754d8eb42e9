/** Which `ringflow` a folder runs. */
const { join } = require("node:path");

/**
 * The command of the language server; undefined if the folder has no Ringflow.
 * @param configured the setting `ringflow.path`
 */
function serverOf(folder, configured, platform, exists) {
  const args = ["language-server", "--stdio"];
  // On Windows, what npm installs is a batch file, which needs a shell.
  const shell = platform === "win32";
  if (configured) return { command: configured, args, shell };
  const installed = join(folder, "node_modules", ".bin", shell ? "ringflow.cmd" : "ringflow");
  if (exists(installed)) return { command: installed, args, shell };
  // Ringflow's own repository.
  const own = join(folder, "src", "cli", "ringflow.js");
  return exists(own) ? { command: "node", args: [own, ...args], shell: false } : undefined;
}

module.exports = { serverOf };
