/** What the calls of the shipped tests use of Cloudflare: requests, and reads and writes of KV. */
import { setImmediate as nextMacrotask } from "node:timers/promises";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { buildFiles } from "../../src/cli/project/build-files.ts";
import { flowFiles, readFiles, testFiles } from "../../src/cli/project/files.ts";
import { workerVariables } from "../../src/cli/project/variables.ts";
import { hearsHangups } from "../../src/engine/scope.ts";
import { readScenarios, type WrittenScenario } from "../../src/flow/scenarios/scenarios.ts";
import { flowName } from "../../src/flow/shape/validate.ts";
import type { CallState } from "../../src/worker/deps.ts";

/** Per call, on average. */
export interface Usage {
  requests: number;
  reads: number;
  writes: number;
}

/** The calls to one flow. */
export interface FlowUsage {
  flow: string;
  calls: number;
  /** Whether it has an `onHangup`, and so a status callback. */
  hears: boolean;
  store: Usage;
  ticket: Usage;
}

const SHIPPED = ["flows", "src/cli/templates"];

/** Plays every shipped scenario with both values of CALL_STATE. */
export async function measureUsage(): Promise<FlowUsage[]> {
  const flows = await readFiles(await flowFiles(SHIPPED));
  const built = await buildFiles(flows);
  const names = flows.map(({ path }) => flowName(path));
  const files = await readFiles(await testFiles(SHIPPED));
  const written = files.flatMap((file) => readScenarios(file, names).scenarios);
  const env = await workerVariables();

  const use = async (calls: readonly WrittenScenario[], callState: CallState, hears: boolean) => {
    const sum: Usage = { requests: 0, reads: 0, writes: 0 };
    for (const call of calls) {
      const { failure } = await playWritten(call, built, env, {
        callState,
        // Without an `onHangup`, a number needs no status callback.
        received: (url) => {
          if (hears || !url.includes("/status/")) sum.requests++;
        },
        around: ({ get, put }) => ({
          get: (key) => {
            sum.reads++;
            return get(key);
          },
          put: (key, value) => {
            sum.writes++;
            return put(key, value);
          },
        }),
      });
      if (failure) throw new Error(`${call.file}, "${call.scenario.name}": ${failure.message}`);
    }
    // Writes after the last reply.
    await nextMacrotask();
    return each(sum, calls.length);
  };

  const usages: FlowUsage[] = [];
  for (const { flow, program } of built.flows) {
    const calls = written.filter((one) => one.flow === flow.name);
    const hears = hearsHangups(program);
    if (calls.length === 0) continue;
    const [store, ticket] = [await use(calls, "store", hears), await use(calls, "ticket", hears)];
    usages.push({ flow: flow.name, calls: calls.length, hears, store, ticket });
  }
  return usages;
}

function each({ requests, reads, writes }: Usage, calls: number): Usage {
  return { requests: requests / calls, reads: reads / calls, writes: writes / calls };
}
