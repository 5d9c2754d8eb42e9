/** Small flows with one promise: what becomes of it, and the call that breaks it, played in the whole Worker. */
import { playWritten } from "../../src/cli/play/play-written.ts";
import { type Decided, decide } from "../../src/explore/promises/decide.ts";
import { promisesIn } from "../../src/explore/promises/findings.ts";
import { callInWords } from "../../src/explore/promises/words.ts";
import { scenarioOf } from "../../src/explore/ways/scenario.ts";
import { build } from "../../src/flow/build.ts";
import type { BuiltFlow } from "../../src/flow/pipe/link.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { writeYaml } from "../../src/flow/yaml/write.ts";
import { NOW, UNTIMED } from "./support.ts";

/** The call that breaks a promise: in words, and as a test. */
interface Broken {
  flows: BuiltFlow[];
  words: string;
  text: string;
}

function decided(text: string): { flows: BuiltFlow[]; one: Decided } {
  const { flows, diagnostics } = build([{ path: "flows/main.yaml", text }]);
  const [flow] = flows;
  const [one] = flow ? decide(flow.program, promisesIn(flow, flows), { now: NOW, ...UNTIMED }) : [];
  if (!one) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return { flows, one };
}

/** What becomes of the flow's promise. */
export function verdictIn(text: string): string {
  return decided(text).one.verdict.is;
}

/** The call that breaks the flow's promise. */
export function brokenIn(flow: string): Broken {
  const { flows, one } = decided(flow);
  const { exploration, verdict } = one;
  if (verdict.is !== "broken") throw new Error(`the promise is ${verdict.is}`);
  const scenario = scenarioOf(exploration, verdict.way, { name: "it" });
  const text = writeYaml({ flow: "main", scenarios: [scenario] });
  return { flows, words: callInWords(exploration, verdict.way, verdict.at), text };
}

/** Plays it. */
export async function played({ flows, text }: Broken) {
  const { scenarios, diagnostics } = readScenarios({ path: "flows/main.test.yaml", text }, ["main"]);
  const [written] = scenarios;
  if (!written) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return { ...(await playWritten(written, { flows, audio: [] }, {})), text };
}
