/** The plan by which a flow places its call again, without the calls: a script plays those. */
import type { ScriptStep } from "../../phone/script/scenario.ts";
import type { Deps } from "../../worker/deps.ts";
import type { NotedRequest } from "../../worker/noted-recordings.ts";
import type { Unanswered } from "../../worker/outbound.ts";

/** The Worker's side of a plan, and what it has planned. */
export interface Plan {
  outbound: Deps["outbound"];
  /** Minutes until the next call, since it was last asked; undefined if none is planned. */
  next(): number | undefined;
}

/** A plan for a script. One without a `retry` line is about the last call of the flow's plan. */
export function planFor(script: readonly ScriptStep[]): Plan {
  const isPlayed = script.some((step) => typeof step === "object" && "retry" in step);
  if (!isPlayed) return { outbound: undefined, next: () => undefined };
  let tries = 0;
  let wait: number | undefined;
  const plan = async (wanted: Unanswered | NotedRequest): Promise<Response> => {
    if ("recordings" in wanted) return Response.json([]);
    const { nextWait } = await import("../../worker/outbound.ts");
    wait = nextWait(wanted, tries);
    if (wait === undefined) return new Response(null, { status: 204 });
    tries++;
    return new Response();
  };
  return {
    outbound: () => ({ fetch: async (_, init) => plan(JSON.parse(String(init?.body))) }),
    next: () => {
      const minutes = wait;
      wait = undefined;
      return minutes;
    },
  };
}
