/** Every rule that checks a whole flow. */
import type { CodeOf } from "../language/diagnostic.ts";
import type { InternalCode } from "../language/internal-error.ts";
import type { ShapeCode } from "../shape/shape-findings.ts";
import { allow } from "./allow.ts";
import { audio } from "./audio.ts";
import { cases } from "./cases.ts";
import { comparisons } from "./comparisons.ts";
import { destinations } from "./destinations.ts";
import { exits } from "./exits.ts";
import { expressions } from "./expressions.ts";
import { growingTexts } from "./growing-texts.ts";
import { hours } from "./hours.ts";
import { idle } from "./idle.ts";
import { imported } from "./imported.ts";
import { kinds } from "./kinds.ts";
import { languages } from "./languages.ts";
import { misread } from "./misread.ts";
import { outbound } from "./outbound.ts";
import { parameters } from "./parameters.ts";
import { promises } from "./promises.ts";
import { promptLength } from "./prompt-length.ts";
import { reach } from "./reach.ts";
import type { Rule } from "./rule.ts";
import { savedPaths } from "./saved-paths.ts";
import { sideRoads } from "./side-roads.ts";
import { silence } from "./silence.ts";
import { silentRoads } from "./silent-roads.ts";
import { state } from "./state.ts";
import { texts } from "./texts.ts";
import { variables } from "./variables.ts";
import { voices } from "./voices.ts";

const all = [
  exits,
  kinds,
  destinations,
  allow,
  hours,
  variables,
  texts,
  misread,
  imported,
  audio,
  expressions,
  cases,
  comparisons,
  savedPaths,
  languages,
  voices,
  promptLength,
  parameters,
  outbound,
  promises,
  growingTexts,
  idle,
  reach,
  sideRoads,
  silentRoads,
  silence,
  state,
];

/** The codes of the findings that rules document, including those of the step kinds. */
type RuleCode = CodeOf<(typeof all)[number]["findings"]>;

/** Every rule. A rule can share a code with another rule, the shape of a flow, or the checker itself. */
export const rules: readonly Rule<RuleCode, RuleCode | ShapeCode | InternalCode>[] = all;
