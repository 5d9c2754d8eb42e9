/** `ringflow import studio`: flows of Twilio Studio → flows, test calls and a report. */
import type { Import } from "../../../import/studio/import.ts";
import type { AccountOptions } from "../../account/account.ts";
import { studioInputs } from "../../import/studio-inputs.ts";
import { writeNew } from "../../import/write-new.ts";
import { Problem } from "../../problem.ts";
import { npxRingflow } from "../../project/environment.ts";

/** Options of `ringflow import studio`. */
export interface StudioOptions extends AccountOptions {
  /** Every flow of the account. */
  account?: boolean;
  /** Where flows are written. */
  folder: string;
  exact?: boolean;
}

/**
 * Imports one definition, or all of the account.
 * @returns the exit code: 1 if one of several could not be read
 * @throws Problem if the source is not a definition, or a flow of that name exists
 */
export async function studio(source: string | undefined, options: StudioOptions): Promise<number> {
  const { out, folder, exact = false } = options;
  const inputs = await studioInputs(source, options);
  const { importStudio } = await import("../../../import/studio/import.ts");
  const imported = importStudio(inputs, { exact });
  const [problem] = imported.problems;
  if (problem && inputs.length === 1) throw new Problem(`${problem.name}: ${problem.problem}`);
  await writeNew(filesOf(imported, folder));
  for (const { summary, name } of imported.flows) out.write(`${folder}/${name}.yaml: ${summary}\n`);
  for (const name of imported.stubs.keys())
    out.write(`${folder}/${name}.yaml: a sub-flow that was not imported\n`);
  for (const { name, problem: why } of imported.problems) out.write(`${name}: not imported. ${why}\n`);
  out.write(
    `\nRead ${imported.flows.map(({ name }) => `${folder}/${name}.import.md`).join(", ")}, then run: ${npxRingflow("check")}\n`,
  );
  return imported.problems.length > 0 ? 1 : 0;
}

function filesOf({ flows, stubs }: Import, folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, flow, test, report } of flows) {
    files.set(`${folder}/${name}.yaml`, SCHEMA + flow);
    if (test !== "") files.set(`${folder}/${name}.test.yaml`, test);
    files.set(`${folder}/${name}.import.md`, report);
  }
  for (const [name, text] of stubs) files.set(`${folder}/${name}.yaml`, SCHEMA + text);
  return files;
}

const SCHEMA = "# yaml-language-server: $schema=../node_modules/ringflow/flow.schema.json\n";
