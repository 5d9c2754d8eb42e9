/** Random calls to a project's flows, and the smallest call for each thing that goes wrong. */
import { writeYaml } from "../../../flow/yaml/write.ts";
import { drawsFrom, drawsOf } from "./random.ts";
import { type Fuzzed, playRandom, type RandomCall } from "./random-call.ts";
import { shrink } from "./shrink.ts";

/** A call in which something is wrong. */
interface FuzzFailure extends RandomCall {
  flow: string;
  wrong: string;
}

/** So many different failures end a run. */
const MOST_FAILURES = 5;

/**
 * Plays so many calls, the flows in turn. The same seed makes the same calls.
 * @returns the failures that differ, each with its smallest call, and how many calls were played
 */
export async function fuzz(
  flows: readonly Fuzzed[],
  calls: number,
  seed: string,
): Promise<{ failures: FuzzFailure[]; played: number }> {
  const failures: FuzzFailure[] = [];
  const known = new Set<string>();
  let played = 0;
  for (; played < calls && failures.length < MOST_FAILURES; played++) {
    const fuzzed = flows[played % flows.length];
    if (!fuzzed) break;
    const flow = fuzzed.flow.flow.name;
    const name = `random call ${played + 1} of seed ${seed}`;
    const call = await playRandom(fuzzed, name, drawsFrom(`${seed} ${flow} ${played}`));
    if (call.wrong === undefined) continue;
    const kind = kindOf(flow, call.wrong);
    if (known.has(kind)) continue;
    known.add(kind);
    failures.push({ flow, wrong: call.wrong, ...(await smallest(fuzzed, name, call, kind)) });
  }
  return { failures, played };
}

async function smallest(fuzzed: Fuzzed, name: string, call: RandomCall, kind: string): Promise<RandomCall> {
  const flow = fuzzed.flow.flow.name;
  let best = call;
  await shrink(call.choices, async (choices) => {
    const again = await playRandom(fuzzed, name, drawsOf(choices));
    if (again.wrong === undefined || kindOf(flow, again.wrong) !== kind) return false;
    best = again;
    return true;
  });
  return best;
}

/** What is wrong, without the values that differ from call to call. */
function kindOf(flow: string, wrong: string): string {
  return `${flow} ${wrong.startsWith("Something sensitive") ? wrong.split(":", 1) : wrong.replace(/\d+/g, "")}`;
}

/** A failure with its call, and that as a scenario to paste into a test file. */
export function describeFailure({ flow, wrong, transcript, scenario, isStoreFaulty }: FuzzFailure): string {
  const note = isStoreFaulty
    ? ["  # The store lost something in this call, which a test cannot repeat."]
    : [];
  return [
    `${flow}: ${wrong}`,
    ...transcript.map((line) => `    ${line}`),
    "",
    `As a test, under \`scenarios\` in ${flow}.test.yaml:`,
    "",
    ...note,
    writeYaml([scenario], "  ").trimEnd(),
    "",
  ].join("\n");
}
