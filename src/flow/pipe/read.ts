/** One file → a flow, if enough of it fits its schema to check further. */

import { calendarsIn } from "../analysis/calendars.ts";
import { playedFiles } from "../analysis/played.ts";
import type { Finding } from "../catalogue.ts";
import { type Config, NO_CONFIG } from "../config/config.ts";
import { isCalendarPath } from "../language/calendar.ts";
import { guard, type InternalProblem } from "../language/internal-error.ts";
import type { SourceFile } from "../language/node.ts";
import type { Flow } from "../model/flow.ts";
import { validate } from "../shape/validate.ts";
import { vocabularyFor } from "../shape/vocabulary.ts";
import type { Kinds } from "../steps/registry.ts";
import { readSource } from "../yaml/source.ts";
import { atStart } from "./failure.ts";

/** One file: a flow, if enough of it fits its schema to check further. */
export interface ReadFlow {
  flow?: Flow;
  diagnostics: readonly Finding[];
}

/** The first half of `build`: reads and validates each file on its own. Never throws. */
export function readFlow(file: SourceFile, { kinds }: Config = NO_CONFIG): ReadFlow {
  const failed = (found: InternalProblem): ReadFlow => ({ diagnostics: [atStart(file.path, found)] });
  return guard("reading the file", () => readInShape(file, kinds), failed);
}

function readInShape(file: SourceFile, kinds: Kinds): ReadFlow {
  const source = readSource(file, vocabularyFor(kinds));
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root, kinds);
  return { ...(flow && { flow }), diagnostics: [...source.diagnostics, ...shape] };
}

/** The paths of the audio files that flows play, which the second half of `build` needs. */
export function audioPathsOf(read: readonly Pick<ReadFlow, "flow">[]): string[] {
  const played = read.flatMap(({ flow }) => (flow ? playedFiles(flow) : []));
  return [...new Set(played.flatMap(({ path }) => path ?? []))];
}

/** The paths of the calendar files that hours name, which the second half of `build` needs. */
export function calendarPathsOf(read: readonly Pick<ReadFlow, "flow">[]): string[] {
  const named = read.flatMap(({ flow }) => (flow ? calendarsIn(flow) : []));
  return [...new Set(named.flatMap(({ path }) => path ?? []))].filter(isCalendarPath);
}
