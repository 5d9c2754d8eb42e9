/** Checks and compiles a flow from code. */
import { type BuiltFlows, buildFlows, type FlowFinding } from "ringflow";

const built: BuiltFlows = await buildFlows([
  { path: "flows/a.yaml", text: "steps:\n  greet: { say: Hello., next: nowhere }\n" },
]);
const [finding]: FlowFinding[] = built.findings;

console.log(finding?.code, finding?.line, built.programs);
