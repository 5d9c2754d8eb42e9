/** Every webhook and every answer, newest first. */
import type { TurnView } from "../contract.ts";
import type { WireEntry } from "../state.ts";
import { Entry } from "./wire-entry.tsx";

/** The wire. */
export function WirePane({ wire }: { wire: readonly WireEntry[] }) {
  if (wire.length === 0)
    return (
      <p class="nothing">
        Call, and every webhook stands here with its parameters and the TwiML that came back.
      </p>
    );
  return (
    <ol class="wire" reversed>
      {wire
        .map((entry, index) => ({ entry, turn: index + 1 }))
        .reverse()
        .map(({ entry, turn }, index) => (
          <Entry
            key={entry.id}
            entry={entry}
            before={toldBefore(wire, turn - 1)}
            turnsBefore={turnsBefore(wire, turn - 1)}
            number={turn}
            isNewest={index === 0}
          />
        ))}
    </ol>
  );
}

/** What the webhooks of the same leg have told so far; undefined for the first one. */
function toldBefore(wire: readonly WireEntry[], index: number): WireEntry["params"] | undefined {
  const leg = wire[index]?.params.CallSid;
  const before = wire.slice(0, index).filter(({ params }) => params.CallSid === leg);
  return before.length === 0 ? undefined : Object.assign({}, ...before.map(({ params }) => params));
}

/** The turns of the call up to an entry. A text message belongs to no call, and nothing comes before it. */
function turnsBefore(wire: readonly WireEntry[], index: number): TurnView[] {
  if (wire[index]?.params.CallSid === undefined) return [];
  return wire.slice(0, index).flatMap(({ turn }) => turn ?? []);
}
