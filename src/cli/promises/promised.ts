/** The promises of a project's flows: proved, or refuted by a call. */
import { type BreakingCall, checkPromises } from "../../explore/promises/findings.ts";
import type { Finding } from "../../flow/catalogue.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { writeYaml } from "../../flow/yaml/write.ts";
import { overloadsOf } from "../../program/own-function.ts";
import { destinationNames } from "../play/destination-addresses.ts";
import type { BuiltFiles } from "../project/build-files.ts";
import { workerVariables } from "../project/variables.ts";

/** What became of the promises. */
export interface Promised {
  findings: Finding[];
  /** How many there are. */
  count: number;
  /** The calls that break promises. */
  calls: BreakingCall[];
}

/** Decides the promises of flows without errors. */
export async function promisesOf({ flows, audio, config }: BuiltFiles): Promise<Promised> {
  const env = await workerVariables();
  const seconds = new Map(audio.map((one) => [one.url, one.seconds]));
  const options = {
    now: Date.now(),
    env,
    functions: overloadsOf(config.functions),
    secondsOf: (url: string) => seconds.get(url),
  };
  const optionsOf = ({ flow }: BuiltFlow) => ({ ...options, nameOf: destinationNames(flow, env) });
  return checkPromises(flows, optionsOf, progress());
}

/** The calls of each flow as a test file, to paste. */
export function inYaml(calls: readonly BreakingCall[]): string[] {
  const flows = [...new Set(calls.map(({ flow }) => flow))];
  return flows.map((flow) => {
    const scenarios = calls.flatMap((call) => (call.flow === flow ? [call.scenario] : []));
    return `# Calls that break promises, to play as tests\n${writeYaml({ flow, scenarios }).trimEnd()}`;
  });
}

/** Long enough that someone at a terminal wonders. */
const PATIENCE = 1000;

/** Names the flow whose calls are gone through, once that takes long. */
function progress(): (flow: string) => void {
  const began = performance.now();
  return (flow) => {
    if (performance.now() - began > PATIENCE) process.stderr.write(`Going through the calls of ${flow} …\n`);
  };
}
