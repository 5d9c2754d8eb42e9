/** The Programs of this Worker, by name and version. */
import { isMap } from "../program/is-map.ts";
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

/** What an isolate knows of earlier versions, which KV has. */
export interface Archive {
  /** Versions that it has read, by `flow/hash`, the latest last. */
  read: Map<string, Program>;
  /** When it makes sure next that its own Programs are in KV, in milliseconds since 1970; Infinity once they are. */
  writesOwnFrom: number;
}

/** An archive of which nothing is known yet. */
export function newArchive(): Archive {
  return { read: new Map(), writesOwnFrom: 0 };
}

/**
 * Parses the output of `ringflow build`: a text, because JSON.parse is faster than V8's parser of JavaScript.
 * @throws Error that says what is wrong and what to do
 */
export function parsePrograms(text: string): Program[] {
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value) && value.every(isProgram)) return value;
  const wrong = `.ringflow/programs.txt is not a list of Programs of format ${FORMAT}.`;
  throw new Error(`${wrong} Run \`npx ringflow build\`.`);
}

/**
 * Whether this engine runs a Program. Only our own compiler writes Programs, so the format tells what they are. The
 * format before is not run here: its expressions are CEL texts, and the Worker has no parser for them.
 */
export function isProgram(value: unknown): value is Program {
  return isMap(value) && value.format === FORMAT;
}
