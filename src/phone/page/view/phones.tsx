/** The caller's phone, and beside it the phone of somebody who was rung. */
import type { State } from "../state.ts";
import { CallerPhone } from "./caller-phone.tsx";
import { SecondPhone } from "./second-phone.tsx";

/** One phone, or two. */
export function Phones({ state }: { state: State }) {
  const { call } = state;
  const ring = call?.caller.ask?.kind === "ring" ? call.caller.ask : undefined;
  return (
    <div class="phones">
      <CallerPhone state={state} />
      {call && (ring || call.second) && <SecondPhone call={call} ring={ring} />}
    </div>
  );
}
