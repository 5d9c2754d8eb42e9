/** Replays a call without a person: plays its answers against the current version. */
import type { Line } from "../../leg/line.ts";
import type { Scenario, ScriptStep } from "../../script/scenario.ts";
import { playScenario } from "../../script/script.ts";
import { type Comparison, diffLines } from "../text/diff.ts";

/** Plays a call's answers again. Gives its transcript. */
export async function rehearse(
  stage: { line: Line; url: string; statusUrl: string },
  scenario: Scenario,
): Promise<readonly string[]> {
  const { from = "", to = "" } = scenario;
  const script = answersOf(scenario.script);
  const { transcript } = await playScenario(
    { ...stage, from, to, resolve: () => [] },
    { ...scenario, script },
  );
  return transcript;
}

/** A script without its `hear` lines: the answers alone, so that it continues if prompts have changed. */
export function answersOf(script: readonly ScriptStep[]): ScriptStep[] {
  return script.flatMap((step): ScriptStep[] => {
    if (typeof step !== "object") return [step];
    if ("hear" in step) return step.hangup ? [step] : [];
    if (!("dial" in step) || step.callee === undefined) return [step];
    const { callee, ...dial } = step;
    const answers = callee.filter((one) => typeof one === "string" || !("hears" in one));
    return [{ ...dial, ...(answers.length > 0 && { callee: answers }) }];
  });
}

/**
 * Compares two transcripts, ignoring durations, the number of passes of a wait, and a dial's status, which only one of
 * them knows in advance.
 */
export function compare(before: readonly string[], after: readonly string[]): Comparison {
  const lines = diffLines(inOnePass(before).map(timeless), inOnePass(after).map(timeless));
  const differs = lines.findIndex((line) => line.in !== "both");
  return { lines, ...(differs >= 0 && { differs }) };
}

/** Each line of a wait once: skipped time has no passes, played time has. */
function inOnePass(lines: readonly string[]): string[] {
  let heard: Set<string> | undefined;
  return lines.filter((line) => {
    if (/^waits in the (queue|conference) /.test(line)) heard = new Set();
    else if (line.startsWith("> ")) heard = undefined;
    const isFresh = !heard?.has(line);
    heard?.add(line);
    return isFresh;
  });
}

function timeless(line: string): string {
  return line
    .replace(/^ended after \d+ s: /, "over: ")
    .replace(/^(> dial: [^,]*), (status|ends|seconds): .*$/, "$1");
}
