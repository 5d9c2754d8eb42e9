/** What the package `ringflow` exports for step kinds of a project's own: `defineKind`, and the schemas of their bodies. */

export type { Op, Source } from "../program/op.ts";
export type { Program } from "../program/program.ts";
export { type Compiler, captureParams, captureResults, failEmpty, textSource } from "./compile/compiler.ts";
export { defineKind, type KindDefinition } from "./config/define-kind.ts";
export type { FindingDoc } from "./language/diagnostic.ts";
export { yaml } from "./language/example.ts";
export { CasesOf, Exit, isExit, Status, StepName } from "./language/exit-schema.ts";
export {
  DtmfTones,
  Loop,
  PausePart,
  PlayPart,
  Prompt,
  type PromptPart,
  Prompts,
  SayPart,
  Side,
  SideStep,
  Silence,
  sideStep,
} from "./language/prompt-schema.ts";
export {
  Argument,
  CallLanguage,
  Constant,
  Env,
  Expression,
  isEnv,
  isLiteral,
  JsonValue,
  Keys,
  LanguageTag,
  type Literal,
  OneOf,
  Results,
  Saved,
  Shaped,
  Value,
  VariableName,
  Whole,
} from "./language/schema.ts";
export { ANSWERED, EVERYWHERE, HEARD, HEARD_BY_CALLER, type SideRoad } from "./language/side-roads.ts";
export {
  AnyRequestUrl,
  type BasedUrl,
  Phrase,
  Phrases,
  Played,
  ReadText,
  RequestUrl,
  SecretText,
  SentText,
  Spoken,
  Text,
  TextBelow,
  Url,
  Voice,
} from "./language/text-schema.ts";
export { Type } from "./language/type.ts";
export { type Flow, type Report, type Step, valueAt } from "./model/flow.ts";
export type { OwnKind } from "./steps/kind.ts";
