/** The page's header: the name, the flow's status, and the connection. */
import type { FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { isBroken } from "../text/standing.ts";

/** The name, the chosen flow's status, and the connection. */
export function Header({ state }: { state: State }) {
  const flow = state.server?.flows.find(({ name }) => name === state.setup.flow);
  return (
    <header class="head">
      <h1>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <circle cx="12" cy="12" r="10.5" />
          <path d="M12 5.5v13M5.5 12a6.5 6.5 0 0 1 13 0" />
        </svg>
        Ringflow
      </h1>
      {flow && <FlowStatus flow={flow} />}
      <Link isConnected={state.isConnected} flow={flow} />
    </header>
  );
}

/** Whether what is saved answers calls: a dot in a colour, and words. */
function Link({ isConnected, flow }: { isConnected: boolean; flow: FlowView | undefined }) {
  if (!isConnected) return <span class="link is-lost">The server has stopped</span>;
  if (!flow || !isBroken(flow)) return <span class="link">Saved changes answer the next call</span>;
  if (flow.version === undefined) return <span class="link is-lost">{flow.name} cannot answer yet</span>;
  return <span class="link is-old">The last good version of {flow.name} answers</span>;
}

function FlowStatus({ flow: { file, version, findings, promises = [] } }: { flow: FlowView }) {
  const wrong = findings.filter(({ severity }) => severity === "error").length;
  const others = findings.length - wrong;
  const errors = wrong + promises.filter(({ is }) => is === "broken").length;
  return (
    <p class="standing">
      <span class="file">{file}</span>
      {version !== undefined && (
        <span class="version" key={version} title="The version that the next call uses">
          {version}
        </span>
      )}
      {errors > 0 && <span class="badge is-error">{count(errors, "error")}</span>}
      {others > 0 && <span class="badge is-warning">{count(others, "finding")}</span>}
    </p>
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
