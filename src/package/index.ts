/** `ringflow`: what a project's own code calls. */
export { type BuiltFlows, buildFlows, type FlowFile, type FlowFinding } from "./flows.ts";
