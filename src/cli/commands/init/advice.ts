/** What `ringflow init` says besides: what to add to files that it has not written, and what to do next. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { RINGFLOW } from "../../installation.ts";
import { PORT } from "../../local/port.ts";
import { PACKAGE, type PackageJson, readPackage } from "../../project/package-json.ts";
import type { ProjectFile } from "../../templates/project-files.ts";

const IGNORED = ".gitignore";

/** The commands of a project's scripts. */
const SCRIPTS = {
  start: "ringflow start",
  check: "ringflow check",
  test: "ringflow test",
  deploy: "ringflow deploy",
};

/**
 * What to add to files that were there before: without it, the commands are missing, or git sees secrets.
 * @param kept what would have been written
 */
export async function linesToAdd(kept: readonly ProjectFile[]): Promise<string[]> {
  const ignored = kept.find(({ path }) => path === IGNORED);
  return [...commandsFor(await readPackage()), ...(ignored ? await linesToIgnore(ignored.text) : [])];
}

function commandsFor(found: PackageJson | undefined): string[] {
  const { scripts = {}, dependencies = [] } = found ?? {};
  const commands = [
    ...(dependencies.includes(RINGFLOW.name) ? [] : [`npm install ${RINGFLOW.name}`]),
    ...Object.entries(SCRIPTS)
      .filter(([name]) => scripts[name] === undefined)
      .map(([name, command]) => `npm pkg set "scripts.${name}=${command}"`),
  ];
  if (commands.length === 0) return [];
  return ["", `Add to ${PACKAGE}:`, ...commands.map((command) => `  ${command}`)];
}

async function linesToIgnore(wanted: string): Promise<string[]> {
  const there = (await readFile(IGNORED, "utf8")).split(/\r?\n/).map(bare);
  const missing = wanted.split("\n").filter((line) => line !== "" && !there.includes(bare(line)));
  if (missing.length === 0) return [];
  return [
    "",
    `Add to ${IGNORED}, because these hold secrets or can be made again:`,
    ...missing.map((line) => `  ${line}`),
  ];
}

/** A line of .gitignore as others write it: `/node_modules` is `node_modules/`. */
function bare(line: string): string {
  return line.trim().replace(/^\/|\/$/g, "");
}

const WORKFLOW = ".github/workflows/ringflow.yml";

/** What to do with a workflow that GitHub does not see, because the project is not at the top of its repository. */
export function whereWorkflowGoes(written: readonly string[], folder: string): string[] {
  const top = repositoryOf(folder);
  if (top === undefined || top === folder || !written.includes(WORKFLOW)) return [];
  return [
    "",
    `GitHub reads workflows at the top of the repository, ${top}. Move the file there, remove its lines \`cache: npm\`, and add this one before \`jobs\`:`,
    `  defaults: { run: { working-directory: ${relative(top, folder).replaceAll("\\", "/")} } }`,
  ];
}

/** The nearest folder with a repository of git's. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

/** @param folder the project's, from where the command was run */
export async function nextSteps(folder: string): Promise<string[]> {
  const { scripts = {}, dependencies = [] } = (await readPackage()) ?? {};
  const isMissing = dependencies.includes(RINGFLOW.name) && !existsSync(`node_modules/${RINGFLOW.name}`);
  const run = (name: "start" | "test" | "deploy"): string => {
    if (scripts[name] !== SCRIPTS[name]) return `npx ${SCRIPTS[name]}`;
    return name === "deploy" ? `npm run ${name}` : `npm ${name}`;
  };
  return [
    "Next:",
    ...(folder === "" ? [] : [`  cd ${/^[\w./~:\\-]+$/.test(folder) ? folder : `"${folder}"`}`]),
    ...(isMissing ? ["  npm install"] : []),
    `  ${run("start")}    and open http://localhost:${PORT}/ to call`,
    `  ${run("test")}     to play the test calls`,
    "",
    "To deploy:",
    "  npx wrangler login",
    "  npx wrangler secret put TWILIO_AUTH_TOKEN",
    `  ${run("deploy")}`,
  ];
}
