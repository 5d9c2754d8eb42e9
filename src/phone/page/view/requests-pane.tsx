/** Every webhook and every answer, newest first. */
import type { TurnView } from "../contract.ts";
import type { RequestEntry } from "../state.ts";
import { Entry } from "./request-entry.tsx";

/** The requests. */
export function RequestsPane({ requests }: { requests: readonly RequestEntry[] }) {
  if (requests.length === 0)
    return (
      <p class="nothing">Every request appears here, with its parameters and the TwiML in the response.</p>
    );
  return (
    <ol class="requests" reversed>
      {requests
        .map((entry, index) => ({ entry, turn: index + 1 }))
        .reverse()
        .map(({ entry, turn }, index) => (
          <Entry
            key={entry.id}
            entry={entry}
            before={paramsBefore(requests, turn - 1)}
            turnsBefore={turnsBefore(requests, turn - 1)}
            number={turn}
            isNewest={index === 0}
          />
        ))}
    </ol>
  );
}

/** The parameters of the same leg's webhooks so far; undefined for the first one. */
function paramsBefore(requests: readonly RequestEntry[], index: number): RequestEntry["params"] | undefined {
  const leg = requests[index]?.params.CallSid;
  const before = requests.slice(0, index).filter(({ params }) => params.CallSid === leg);
  return before.length === 0 ? undefined : Object.assign({}, ...before.map(({ params }) => params));
}

/** The turns of the call up to an entry. A text message belongs to no call, and nothing comes before it. */
function turnsBefore(requests: readonly RequestEntry[], index: number): TurnView[] {
  if (requests[index]?.params.CallSid === undefined) return [];
  return requests.slice(0, index).flatMap(({ turn }) => turn ?? []);
}
