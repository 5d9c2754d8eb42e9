/** A project's flows at a revision of git, in a temporary folder. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { SourceFile } from "../../flow/language/node.ts";
import { Problem } from "../problem.ts";
import { FLOWS, isTest } from "../project/files.ts";

/** The files of `flows/` at a revision. */
interface Revision {
  /** Their paths are within the temporary folder. */
  flows: SourceFile[];
  tests: SourceFile[];
}

const run = promisify(execFile);
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Writes the files of `flows/` at a revision to a temporary folder, and removes them after their use.
 * @throws Problem if this is not a git repository, or has no such revision
 */
export async function atRevision<Result>(
  revision: string,
  use: (files: Revision) => Promise<Result>,
): Promise<Result> {
  const place = await placeOf(revision);
  const folder = await mkdtemp(join(tmpdir(), "ringflow-diff-"));
  try {
    return await use(await checkOut(place, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether git knows a revision by this name. */
export async function isRevision(name: string): Promise<boolean> {
  return (
    (await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`])) !== undefined
  );
}

/** Where the project is in a repository. */
interface Place {
  commit: string;
  /** The path from the repository's root to this folder: empty, or with a slash at its end. */
  prefix: string;
}

async function placeOf(revision: string): Promise<Place> {
  const asked = ["--show-prefix", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const [prefix, commit] = (await git(["rev-parse", ...asked]))?.split("\n") ?? [];
  if (prefix !== undefined && commit !== undefined) return { commit, prefix };
  if ((await git(["rev-parse", "--git-dir"])) === undefined)
    throw new Problem(
      `${process.cwd()} is not in a git repository. Name a file to compare with: ${WITH_A_FILE}`,
    );
  if (revision === "HEAD")
    throw new Problem("This git repository has no commit yet, so there is nothing to compare with.");
  throw new Problem(`git knows no revision "${revision}" here. ${SHALLOW}`);
}

const WITH_A_FILE = "npx ringflow diff old.yaml";
const SHALLOW =
  "A shallow clone lacks older ones: in GitHub Actions, give actions/checkout `fetch-depth: 0`.";

/** Through an index of its own, so that the repository's stays as it is. */
async function checkOut({ commit, prefix }: Place, folder: string): Promise<Revision> {
  const index = { GIT_INDEX_FILE: join(folder, "index") };
  const [listed] = await Promise.all([
    need(["ls-tree", "-r", "-z", "--name-only", commit, "--", FLOWS]),
    need(["read-tree", commit], index),
  ]);
  const names = listed.split("\0").filter((name) => name !== "");
  const root = join(folder, "files");
  for (const batch of batches(names))
    await need(["checkout-index", "-f", `--prefix=${root}/`, "--", ...batch], index);
  const base = join(root, prefix);
  const read = async (name: string): Promise<SourceFile> => {
    const path = join(base, name);
    return { path: relative(process.cwd(), path), text: await readFile(path, "utf8") };
  };
  const yaml = names.filter((name) => /\.ya?ml$/.test(name) && !/(^|\/)calendars\//.test(name));
  const [flows, tests] = await Promise.all([
    Promise.all(yaml.filter((name) => !isTest(name)).map(read)),
    Promise.all(yaml.filter(isTest).map(read)),
  ]);
  return { flows, tests };
}

const MOST_NAMES = 500;

/** A command line takes only so many names. */
function batches(names: readonly string[]): string[][] {
  const count = Math.ceil(names.length / MOST_NAMES);
  return Array.from({ length: count }, (_, at) => names.slice(at * MOST_NAMES, (at + 1) * MOST_NAMES));
}

async function need(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await run("git", args, { maxBuffer: MOST_BYTES, env: { ...process.env, ...env } });
  return stdout;
}

/** Undefined if git refuses. */
async function git(args: readonly string[]): Promise<string | undefined> {
  try {
    return await need(args);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new Problem("git is not installed, or not on the PATH.");
    return undefined;
  }
}
