/** Every webhook and every answer, newest first. */
import type { FlowView } from "../contract/flow.ts";
import type { TurnView } from "../contract/turn.ts";
import type { RequestEntry } from "../state.ts";
import { happeningOf } from "../text/happening.ts";
import { ExampleRequests } from "./example-requests.tsx";
import { Entry } from "./request-entry.tsx";

/** The requests. The newest one that did something is open. */
export function RequestsPane({
  requests,
  flows,
  chosen,
}: {
  requests: readonly RequestEntry[];
  flows: readonly FlowView[];
  /** The flow that the next call is to. */
  chosen: string;
}) {
  if (requests.length === 0) return <ExampleRequests flow={flows.find(({ name }) => name === chosen)} />;
  const open = requests.findLast(isUseful) ?? requests.at(-1);
  return (
    <ol class="requests" reversed>
      {requests
        .map((entry, index) => ({ entry, turn: index + 1 }))
        .reverse()
        .map(({ entry, turn }) => (
          <Entry
            key={entry.id}
            entry={entry}
            happening={happeningOf(entry, flows, turn === 1 && entry.params.CallSid !== undefined)}
            before={paramsBefore(requests, turn - 1)}
            turnsBefore={turnsBefore(requests, turn - 1)}
            number={turn}
            isOpen={entry === open}
          />
        ))}
    </ol>
  );
}

/** Not a report that nothing follows from. */
function isUseful({ turn, status }: RequestEntry): boolean {
  return turn !== undefined || status >= 300;
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
