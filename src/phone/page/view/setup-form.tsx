/** The phone before a call: which flow, and how it is called. */
import type { FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { isBroken } from "../text/standing.ts";
import { CallDetails } from "./call-details.tsx";
import { FlowList } from "./flow-list.tsx";
import { Icon } from "./icon.tsx";
import { StandIns } from "./stand-ins.tsx";
import { usePage } from "./use-page.ts";

/** The form. Calling is one key away: everything in it is filled already. */
export function SetupForm({ state }: { state: State }) {
  const { server, setup } = state;
  const page = usePage();
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  const call = (event: Event): void => {
    event.preventDefault();
    page.call();
  };
  return (
    <form class="setup" onSubmit={call} autoComplete="off">
      <FlowList state={state} />
      <CallDetails setup={setup} flow={flow} flows={server?.flows ?? []} />
      <StandIns state={state} />
      <div class="last">
        <CallButton flow={flow} />
      </div>
    </form>
  );
}

/** A flow with an error is called as it was before. */
function CallButton({ flow }: { flow: FlowView | undefined }) {
  const isOld = flow !== undefined && isBroken(flow);
  const hasVersion = flow?.version !== undefined;
  const text = !isOld ? "Call" : hasVersion ? "Call the last good version" : "Nothing to call yet";
  return (
    <button type="submit" class={isOld ? "round is-amber" : "round is-green"} disabled={!hasVersion}>
      <Icon name="call" />
      {text}
    </button>
  );
}
