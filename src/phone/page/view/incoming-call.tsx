/** A call that a flow has placed: it rings at the phone of the person called. */
import { useMemo, useState } from "preact/hooks";
import type { PlacedCall } from "../contract/state.ts";
import { AnsweredBy } from "./answered-by.tsx";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { usePage } from "./use-page.ts";

/** Who calls, and the ways to answer or not. */
export function IncomingCall({ placed }: { placed: PlacedCall }) {
  const page = usePage();
  const { flow, from, to, isDetected, machineUrl } = placed;
  const { since, seconds } = placed.rings ?? { since: 0, seconds: 0 };
  const began = useMemo(() => performance.now() - (Date.now() - since), [since]);
  const [answeredBy, setAnsweredBy] = useState("human");
  const isAsked = isDetected || machineUrl !== undefined;
  return (
    <>
      <div class="call-head">
        <p class="number">{from}</p>
        <p class="doing">
          {flow} calls {to}.{" "}
          <Countdown since={began} seconds={seconds} isCounted={true} label="until no answer" />
        </p>
      </div>
      <div class="setup">{isAsked && <AnsweredBy value={answeredBy} set={setAnsweredBy} />}</div>
      <div class="controls">
        <button
          type="button"
          class="round is-green"
          onClick={() => void page.pickUp(isAsked ? answeredBy : undefined)}
        >
          <Icon name="call" />
          Answer
        </button>
        <div class="choices">
          <button type="button" onClick={() => void page.decline("busy")}>
            Decline
          </button>
          <button type="button" onClick={() => void page.decline("no-answer")}>
            No answer
          </button>
        </div>
      </div>
    </>
  );
}
