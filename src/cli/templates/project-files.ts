/** What `ringflow init` writes besides flows: the files of `project/`, with the project's own names. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { TEMPLATES } from "./template.ts";

/** Where they are. */
const PROJECT = join(TEMPLATES, "project");

/** What the files name. */
interface ProjectNames {
  /** Of the package, and of the Worker. */
  project: string;
  /** The flow that the README describes. */
  flow: string;
  /** Ringflow's version. */
  version: string;
  /** Whether the project gets the scripts of its package.json from here. */
  hasScripts: boolean;
}

/** A file to write. */
export interface ProjectFile {
  /** From the project's folder on. */
  path: string;
  text: string;
}

/** Reads the files, and puts the names in. */
export async function projectFiles(names: ProjectNames): Promise<ProjectFile[]> {
  const entries = await readdir(PROJECT, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.toSorted().map(async (path) => ({
      path: pathInProject(relative(PROJECT, path)),
      text: named(await readFile(path, "utf8"), names),
    })),
  );
}

// npm leaves some files out of a package whose names begin with a dot.
function pathInProject(path: string): string {
  return path
    .split(sep)
    .map((part) => part.replace(/^_/, "."))
    .join("/");
}

function named(text: string, { project, flow, version, hasScripts }: ProjectNames): string {
  const commands = hasScripts
    ? text
    : text.replaceAll(/npm (?:run )?(start|test|deploy)\b/g, "npx ringflow $1");
  return commands
    .replaceAll("__NAME__", project)
    .replaceAll("__FLOW__", flow)
    .replaceAll("__VERSION__", version);
}
