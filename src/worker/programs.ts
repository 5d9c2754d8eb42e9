/** The Programs of this Worker, by name and version. */
import { FORMAT, type Program } from "../program/program.ts";

/** Programs by `flow`, its current version, and by `flow/hash`. */
export type Programs = ReadonlyMap<string, Program>;

/** Indexes Programs. If there are several versions of a flow, the last one is current. */
export function indexPrograms(list: readonly Program[]): Programs {
  return new Map(
    list.flatMap((program) => [
      [program.flow, program],
      [`${program.flow}/${program.hash}`, program],
    ]),
  );
}

/** A flow's Program in a version; the current one if the version is unknown or not named. */
export function programOf(programs: Programs, flow: string, hash: string | undefined): Program | undefined {
  return programs.get(`${flow}/${hash}`) ?? programs.get(flow);
}

/**
 * Checks the output of `ringflow build`.
 * @throws Error that says what is wrong and what to do
 */
export function parsePrograms(value: unknown): Program[] {
  if (Array.isArray(value) && value.every(isProgram)) return value;
  const wrong = `.ringflow/programs.json is not a list of Programs of format ${FORMAT}.`;
  throw new Error(`${wrong} Run \`npx ringflow build\`.`);
}

// Only our own compiler writes the file: the format is enough to find a wrong or an older one.
function isProgram(value: unknown): value is Program {
  return typeof value === "object" && value !== null && "format" in value && value.format === FORMAT;
}
