/** What the package `ringflow` exports for step kinds of a project's own: `defineKind`, and the schemas of their bodies. */
export { Type } from "typebox";
export type { Op, Program, Source } from "../program/program.ts";
export { type Compiler, captureParams, captureResults, failEmpty, textSource } from "./compile/compiler.ts";
export { defineKind, type KindDefinition } from "./config/define-kind.ts";
export type { FindingDoc } from "./language/diagnostic.ts";
export { yaml } from "./language/example.ts";
export * from "./language/schema.ts";
export { ANSWERED, EVERYWHERE, HEARD, HEARD_BY_CALLER, type SideRoad } from "./language/side-roads.ts";
export { type Flow, type Report, type Step, valueAt } from "./model/flow.ts";
export type { OwnKind } from "./steps/kind.ts";
