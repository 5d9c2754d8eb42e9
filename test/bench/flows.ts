/** The menus that ship with the project, built: what most measurements answer with. */
import { buildFiles } from "../../src/cli/project/build-files.ts";
import { flowFiles, readFiles } from "../../src/cli/project/files.ts";
import { type Built, build } from "../../src/flow/build.ts";
import type { SourceFile } from "../../src/flow/language/node.ts";
import type { Program } from "../../src/program/program.ts";

/** Builds files; throws where a flow has an error, as there would be nothing to measure. */
export function builtOrThrow(files: readonly SourceFile[]): Built {
  return soundOrThrow(build(files));
}

function soundOrThrow(built: Built): Built {
  const wrong = built.diagnostics.find(({ severity }) => severity === "error");
  if (wrong) throw new Error(`${wrong.file} does not build: ${wrong.message}`);
  return built;
}

/** The shipped flows. */
export async function shippedFlows(): Promise<Built> {
  return soundOrThrow(await buildFiles(await readFiles(await flowFiles(["flows"]))));
}

/** The shipped flow with this name; throws where there is none. */
export async function shippedProgram(name: string): Promise<Program> {
  const found = (await shippedFlows()).flows.find(({ flow }) => flow.name === name);
  if (!found) throw new Error(`There is no flow "${name}" in flows/.`);
  return found.program;
}
