/** `.ringflow/functions.js`: the project's own functions as the Worker imports them, from any folder and without TypeScript. */
import { access, mkdir, writeFile } from "node:fs/promises";
import { messageOf } from "../../program/message-of.ts";
import { Problem } from "../problem.ts";
import { functionsFile } from "../project/config.ts";

const FOLDER = ".ringflow";
/** The module of the functions. */
export const FUNCTIONS_FILE = `${FOLDER}/functions.js`;

const NONE = "export default {};\n";

/**
 * Writes the module; without functions, it exports none.
 * @throws Problem if the file cannot be bundled for the Worker
 */
export async function writeFunctions(): Promise<void> {
  const file = await functionsFile();
  await write(file === undefined ? NONE : await bundled(file));
}

/** Keeps the module of an earlier build; writes one without functions if there is none. */
export async function keepFunctions(): Promise<void> {
  await access(FUNCTIONS_FILE).catch(() => write(NONE));
}

async function write(text: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(FUNCTIONS_FILE, text);
}

async function bundled(file: string): Promise<string> {
  const { bundleFunctions } = await import("./bundle.ts");
  return bundleFunctions(file).catch((error: unknown) => {
    const [first = ""] = messageOf(error).split("\n").slice(1);
    throw new Problem(`${file} cannot be bundled for the Worker. ${first}`);
  });
}
