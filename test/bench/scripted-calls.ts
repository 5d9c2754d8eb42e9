/**
 * Plays the scripted calls that `scripted.ts` measures, in a process of its own: `node scripted-calls.ts ROUNDS CALLS`
 * prints the calls a second of each round, as JSON.
 */
import { inGroups } from "../../src/cli/play/in-groups.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { readScenarios, type WrittenScenario } from "../../src/flow/scenarios/scenarios.ts";
import { shippedFlows } from "./flows.ts";
import { contender, inRounds } from "./rounds.ts";

const WEBHOOKS = 5;
// The start, a wrong key, a key, what became of the dial, and the recording that stayed empty.
const SCRIPT = `flow: front-desk
scenarios:
  - name: a wrong key, billing is busy, and no message
    at: 2026-11-23T12:00:00-05:00
    script:
      - hear: For appointments
      - press: 9
      - hear: I did not get that
      - press: 2
      - dial: billing
        status: busy
      - hear: leave a message
      - silence
      - hear: Goodbye
      - end
`;
const ENV = { BILLING_NUMBER: "+14155550120" };

const [rounds, calls] = process.argv.slice(2).map(Number);
if (!rounds || !calls) throw new Error("usage: scripted-calls.ts ROUNDS CALLS");
console.log(JSON.stringify(await callsPerSecond(rounds, calls)));

async function callsPerSecond(rounds: number, calls: number): Promise<number[]> {
  const flows = await shippedFlows();
  const scenario = scriptedCall();
  const { failure, paths } = await playWritten(scenario, flows, ENV);
  if (failure) throw new Error(`the scripted call went wrong: ${failure.message}`);
  if (paths.length !== WEBHOOKS) throw new Error(`the scripted call has ${paths.length} webhooks`);
  const played = contender(async () => {
    const began = performance.now();
    await inGroups(
      Array.from({ length: calls }, () => scenario),
      (one) => playWritten(one, flows, ENV),
    );
    return (calls * 1000) / (performance.now() - began);
  });
  await inRounds(rounds, [played]);
  return played.figures;
}

function scriptedCall(): WrittenScenario {
  const { scenarios, diagnostics } = readScenarios({ path: "bench.test.yaml", text: SCRIPT }, ["front-desk"]);
  const [scenario] = scenarios;
  if (!scenario) throw new Error(`the scripted call does not read: ${diagnostics[0]?.message}`);
  return scenario;
}
