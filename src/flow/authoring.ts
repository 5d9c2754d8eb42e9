/** What the package `ringflow` exports for step kinds of a project's own: `defineKind`, and the schemas of their bodies. */
export { Type } from "typebox";
export type { Op, Program, Source } from "../program/program.ts";
export { type Compiler, captureParams, captureResults, failEmpty, textSource } from "./compile/compiler.ts";
export { defineKind, type KindDefinition } from "./config/define-kind.ts";
export type { FindingDoc } from "./language/diagnostic.ts";
export { yaml } from "./language/example.ts";
export {
  AnyRequestUrl,
  Argument,
  type BasedUrl,
  CallLanguage,
  CasesOf,
  Constant,
  DtmfTones,
  Env,
  Exit,
  Expression,
  isEnv,
  isExit,
  isLiteral,
  JsonValue,
  Keys,
  LanguageTag,
  type Literal,
  Loop,
  OneOf,
  PausePart,
  Phrase,
  Phrases,
  Played,
  PlayPart,
  Prompt,
  type PromptPart,
  Prompts,
  ReadText,
  RequestUrl,
  Results,
  Saved,
  SayPart,
  SecretText,
  SentText,
  Shaped,
  Side,
  SideStep,
  Silence,
  Spoken,
  Status,
  StepName,
  sideStep,
  Text,
  TextBelow,
  Url,
  Value,
  VariableName,
  Voice,
  Whole,
} from "./language/schema.ts";
export { ANSWERED, EVERYWHERE, HEARD, HEARD_BY_CALLER, type SideRoad } from "./language/side-roads.ts";
export { type Flow, type Report, type Step, valueAt } from "./model/flow.ts";
export type { OwnKind } from "./steps/kind.ts";
