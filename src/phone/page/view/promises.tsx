/** The promises of a flow: kept, broken or undecided, and the call that breaks one, to play. */
import type { FlowView } from "../contract/flow.ts";
import type { PromiseView } from "../contract/found.ts";
import { PlayCall } from "./play-call.tsx";

const BADGES = { kept: "is-kept", broken: "is-error", undecided: "is-warning" } as const;
const WHYS = { kept: "", broken: "This call breaks it: ", undecided: "It is not known: " } as const;

interface PromisesProps {
  flow: FlowView;
  promises: readonly PromiseView[];
  /** A call is in progress, so none can be played. */
  isBusy: boolean;
}

/** In the order of the file. */
export function Promises({ flow, promises, isBusy }: PromisesProps) {
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">Promises</h2>
      <ol class="findings">
        {promises.map(({ line, text, is, because, why, call }) => (
          <li key={`${line} ${text}`}>
            <p>
              <span class={`badge ${BADGES[is]}`}>{is}</span>{" "}
              <code>
                {flow.file}:{line}
              </code>
            </p>
            <p>
              <b>{text}</b>
            </p>
            {why !== undefined && (
              <p>
                {WHYS[is]}
                {why}
              </p>
            )}
            {because !== undefined && <p class="faint">Because {because}</p>}
            {call && <PlayCall call={call} isBusy={isBusy} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
