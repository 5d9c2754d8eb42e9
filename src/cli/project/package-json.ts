/** The project's package.json. */
import { readFile, writeFile } from "node:fs/promises";
import { messageOf } from "../../program/message-of.ts";
import { Problem } from "../problem.ts";

/** Its path. */
export const PACKAGE = "package.json";

/** What is read of it. */
export interface PackageJson {
  scripts: Readonly<Record<string, string>>;
  /** The names of its dependencies, those for development included. */
  dependencies: readonly string[];
  /** The version of Ringflow that the project was last checked with, by `ringflow init` or `ringflow upgrade`. */
  ringflow: string | undefined;
}

/**
 * Reads it; undefined if there is none.
 * @throws Problem if it is not JSON
 */
export async function readPackage(): Promise<PackageJson | undefined> {
  const text = await readFile(PACKAGE, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { scripts, dependencies, devDependencies, ringflow } = entriesOf(parsed(text));
  const { version } = entriesOf(ringflow);
  return {
    scripts: textsOf(scripts),
    dependencies: Object.keys({ ...entriesOf(dependencies), ...entriesOf(devDependencies) }),
    ringflow: typeof version === "string" ? version : undefined,
  };
}

/** Writes which version of Ringflow the project was checked with; nothing if there is no package.json. */
export async function noteVersion(version: string): Promise<void> {
  const text = await readFile(PACKAGE, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const written = entriesOf(parsed(text));
  const ringflow = { ...entriesOf(written.ringflow), version };
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? "  ";
  await writeFile(PACKAGE, `${JSON.stringify({ ...written, ringflow }, null, indent)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`${PACKAGE} is not valid JSON. ${messageOf(error)}`);
  }
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textsOf(value: unknown): Record<string, string> {
  const texts = Object.entries(entriesOf(value)).filter((entry) => typeof entry[1] === "string");
  return Object.fromEntries(texts.map(([name, text]) => [name, String(text)]));
}
