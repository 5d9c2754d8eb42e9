/** Explores a flow of the project, as its Worker on this machine would run it. */

import type { Exploration, ExploreOptions } from "../../explore/exploration.ts";
import { explore } from "../../explore/explore.ts";
import type { ServedAudio } from "../../flow/language/audio.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { overloadsOf } from "../../program/own-function.ts";

/** Explores a flow. */
export function exploreFlow(
  { program, facts }: BuiltFlow,
  audio: readonly ServedAudio[],
  options: Omit<ExploreOptions, "functions" | "secondsOf">,
): Exploration {
  const seconds = new Map(audio.map((file) => [file.url, file.seconds]));
  return explore(program, {
    ...options,
    functions: overloadsOf(facts.functions),
    secondsOf: (url) => seconds.get(url),
  });
}
