/** `ringflow import studio`: flows of Twilio Studio → flows, test calls and a report. */
import type { Import } from "../../../import/studio/import.ts";
import type { AccountOptions } from "../../account/account.ts";
import { studioInputs } from "../../import/studio-inputs.ts";
import { writeNew } from "../../import/write-new.ts";
import { Problem } from "../../problem.ts";
import { npxRingflow } from "../../project/environment.ts";

/** Options of `ringflow import studio`. */
interface StudioOptions extends AccountOptions {
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
  const calls = await callsOf(imported);
  await writeNew(filesOf(imported, calls, folder));
  for (const { summary, name } of imported.flows)
    out.write(`${folder}/${name}.yaml: ${summary} ${calls.get(name)?.summary ?? ""}\n`);
  for (const name of imported.stubs.keys())
    out.write(`${folder}/${name}.yaml: a sub-flow that was not imported\n`);
  for (const { name, problem: why } of imported.problems) out.write(`${name}: not imported. ${why}\n`);
  out.write(
    `\nRead ${imported.flows.map(({ name }) => `${folder}/${name}.import.md`).join(", ")}, then run: ${npxRingflow("check")}\n`,
  );
  return imported.problems.length > 0 ? 1 : 0;
}

/** The test calls of a flow, and how they went. */
interface Calls {
  /** The text of the test file; empty if there is none. */
  test: string;
  summary: string;
  /** For the report. */
  section: string;
}

/** Plays the calls of the original. Those that go differently are not kept, and the report lists them. */
async function callsOf(imported: Import): Promise<Map<string, Calls>> {
  const { playImported } = await import("../../import/play-scenarios.ts");
  const { writeScenarios } = await import("../../../import/studio/scenarios/scenarios.ts");
  const outcomes = await playImported(imported);
  return new Map(
    imported.flows.map(({ name, draft, scenarios }) => {
      const failed = new Set(
        (outcomes.get(name) ?? []).flatMap((one, index) => (one.failure ? [index] : [])),
      );
      const kept = scenarios.filter((_, index) => !failed.has(index));
      const other = scenarios.filter((_, index) => failed.has(index)).map((one) => `- ${one.name}\n`);
      const summary = scenarios.length === 0 ? "" : `${kept.length} test calls.`;
      const differ =
        other.length === 0
          ? ""
          : `\nThese go differently in the original, and are left out:\n\n${other.join("")}`;
      const section =
        scenarios.length === 0
          ? ""
          : `\n## Test calls\n\n${kept.length} of ${scenarios.length} calls go as in the original.\n${differ}`;
      return [name, { test: writeScenarios(name, draft, kept), summary, section }];
    }),
  );
}

function filesOf(
  { flows, stubs }: Import,
  calls: ReadonlyMap<string, Calls>,
  folder: string,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, flow, report } of flows) {
    const { test = "", section = "" } = calls.get(name) ?? {};
    files.set(`${folder}/${name}.yaml`, SCHEMA + flow);
    if (test !== "") files.set(`${folder}/${name}.test.yaml`, test);
    files.set(`${folder}/${name}.import.md`, report + section);
  }
  for (const [name, text] of stubs) files.set(`${folder}/${name}.yaml`, SCHEMA + text);
  return files;
}

const SCHEMA = "# yaml-language-server: $schema=../node_modules/ringflow/flow.schema.json\n";
