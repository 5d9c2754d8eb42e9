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

/**
 * Reads what `ringflow build` wrote.
 * @throws Error that says what is wrong and what to do
 */
export function parsePrograms(value: unknown): Program[] {
  const advice = "Run `npx ringflow build` to compile the flows anew.";
  if (!Array.isArray(value)) throw new Error(`.ringflow/programs.json is not a list of Programs. ${advice}`);
  return value.map((item: unknown, index) => {
    if (isProgram(item)) return item;
    throw new Error(
      `.ringflow/programs.json: entry ${index} is not a Program of format ${FORMAT}. ${advice}`,
    );
  });
}

// Our own compiler writes the file, and nobody else: the format tells a wrong or an older one.
function isProgram(value: unknown): value is Program {
  return typeof value === "object" && value !== null && "format" in value && value.format === FORMAT;
}
