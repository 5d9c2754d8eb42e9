/** Calls that were found by going through all calls, as the page plays them. */
import type { NewScenario } from "../../flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { writeYaml } from "../../flow/yaml/write.ts";
import type { FoundCall } from "../../phone/page/contract/found.ts";

/** A scenario as a test file has it; undefined if no test file can hold it. */
export function foundCall(flow: string, scenario: NewScenario): FoundCall | undefined {
  const file = { path: `${flow}.test.yaml`, text: writeYaml({ flow, scenarios: [scenario] }) };
  const [written] = readScenarios(file, [flow]).scenarios;
  return written && { flow, scenario: JSON.parse(JSON.stringify(written.scenario)) };
}
