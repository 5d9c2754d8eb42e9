/** The whole pipe on one screen: YAML files in, Programs and findings out. */

import type { Program } from "../program/program.ts";
import type { Checked } from "./analysis/checked.ts";
import type { Finding } from "./catalogue.ts";
import { type Config, NO_CONFIG } from "./config/config.ts";
import { type Audio, NO_AUDIO, type ServedAudio } from "./language/audio.ts";
import type { SourceFile } from "./language/node.ts";
import { type Dates, findingsOf, hasOwnKind, judge } from "./pipe/judge.ts";
import { audioOf, type BuiltFlow, link } from "./pipe/link.ts";
import { type ReadFlow, readFlow } from "./pipe/read.ts";

/** The result of building: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  /** The flows of the programs, in the same order. */
  flows: BuiltFlow[];
  /** Every flow that could be read, including those with errors. */
  read: Checked[];
  /** The audio files that the programs play, each once. */
  audio: ServedAudio[];
  diagnostics: Finding[];
}

/** Builds flows. Never throws for the content of a file: every error in it is a finding. */
export function build(
  files: readonly SourceFile[],
  audio: Audio = NO_AUDIO,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): Built {
  const read = files.map((file) => readFlow(file, config));
  return buildRead(read, audio, dates, config);
}

/** The second half of `build`: the rules, and the Programs. Never throws. */
export function buildRead(
  read: readonly ReadFlow[],
  audio: Audio,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): Built {
  const judged = judge(read, audio, dates, config);
  const built = judged.sound.flatMap((sound) => link(sound, judged.diagnostics));
  return {
    programs: built.map(({ program }) => program),
    flows: built,
    read: judged.read,
    audio: audioOf(built),
    diagnostics: findingsOf(judged),
  };
}

/** The result of checking: the flows without an error, and every finding of every file. */
export interface CheckedFlows {
  flows: Checked[];
  diagnostics: Finding[];
}

/**
 * The second half of a check: as `buildRead`, but it compiles only flows that use a project's own kinds, as only these
 * can fail to compile. Never throws.
 */
export function checkRead(
  read: readonly ReadFlow[],
  audio: Audio,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): CheckedFlows {
  const judged = judge(read, audio, dates, config);
  const flows = judged.sound.filter((one) => !hasOwnKind(one) || link(one, judged.diagnostics).length > 0);
  return { flows: flows.map(({ checked }) => checked), diagnostics: findingsOf(judged) };
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Finding[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
