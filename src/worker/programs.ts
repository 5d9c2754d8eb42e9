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

// Our own compiler writes the file, so that a look at each part's shape tells a wrong or an older file.
function isProgram(value: unknown): value is Program {
  if (!isRecord(value)) return false;
  const texts = [value.flow, value.hash, value.start, value.language];
  const records = [value.variables, value.hours, value.steps];
  const lists = [value.apology, value.env];
  return (
    value.format === FORMAT &&
    texts.every((text) => typeof text === "string") &&
    records.every(isRecord) &&
    lists.every(Array.isArray)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
