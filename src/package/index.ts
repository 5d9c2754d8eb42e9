/** `ringflow`: what a project's own code calls. */
export * from "../flow/authoring.ts";
export { type BuiltFlows, buildFlows, type FlowFile, type FlowFinding } from "./flows.ts";
