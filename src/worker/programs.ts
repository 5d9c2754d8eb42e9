/** The Programs of this Worker: read at the border, then found by name. */
import { FORMAT, type Program } from "../program/program.ts";

/** Programs by `flow`, its current version, and by `flow/hash`. */
export type Programs = ReadonlyMap<string, Program>;

/** Puts Programs where they are found. Of several versions of a flow the last one is current. */
export function indexPrograms(list: readonly Program[]): Programs {
  return new Map(
    list.flatMap((program) => [
      [program.flow, program],
      [`${program.flow}/${program.hash}`, program],
    ]),
  );
}

/** A flow's Program in a version; the current one where there is no such version, or none is named. */
export function programOf(programs: Programs, flow: string, hash: string | undefined): Program | undefined {
  return programs.get(`${flow}/${hash}`) ?? programs.get(flow);
}

/**
 * Reads what `ringflow build` wrote.
 * @throws Error that says what is wrong and what to do
 */
export function parsePrograms(value: unknown): Program[] {
  if (Array.isArray(value) && value.every(isProgram)) return value;
  const wrong = `.ringflow/programs.json is no list of Programs of format ${FORMAT}.`;
  throw new Error(`${wrong} Run \`npx ringflow build\`.`);
}

// Our own compiler writes the file, and nobody else: the format tells a wrong or an older one.
function isProgram(value: unknown): value is Program {
  return typeof value === "object" && value !== null && "format" in value && value.format === FORMAT;
}
