/** Notices for the author: errors in saved flows, a newer version, a lost server. */
import type { FindingView, FlowView } from "../contract.ts";
import type { State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** Nothing if all is well. */
export function Notices({ state }: { state: State }) {
  const { server, setup, call } = state;
  const flow = server?.flows.find(
    ({ name }) => name === (call && !call.ended ? call.setup.flow : setup.flow),
  );
  const errors = (server?.flows ?? []).flatMap((one) =>
    one.findings.filter(({ severity }) => severity === "error").map((finding) => ({ flow: one, finding })),
  );
  return (
    <div class="notices" aria-live="polite">
      {!state.isConnected && (
        <p class="notice is-error">
          The server does not respond. Start it with <code>npm start</code>; this page reconnects on its own.
        </p>
      )}
      {server?.trouble !== undefined && <p class="notice is-error">{server.trouble}</p>}
      {errors.map(({ flow: { file, name }, finding }) => (
        <FindingNotice
          key={`${name} ${finding.line} ${finding.code}`}
          file={file}
          flow={name}
          finding={finding}
        />
      ))}
      {flow && <Newer state={state} flow={flow} />}
    </div>
  );
}

function FindingNotice({ file, flow, finding }: { file: string; flow: string; finding: FindingView }) {
  const page = usePage();
  const { step, line, column, message, hint } = finding;
  const show = (): void => {
    page.dispatch({ type: "setup", setup: { flow } });
    if (page.state().opened.at(-1) !== flow) page.dispatch({ type: "open", opened: [flow] });
    if (step !== undefined) page.dispatch({ type: "select", step });
  };
  return (
    <p class="notice is-error">
      <span class="place">
        {file}:{line}:{column}
      </span>{" "}
      {message}
      {hint !== undefined && <span class="hint">{hint}</span>}{" "}
      {step !== undefined && (
        <button type="button" class="text" onClick={show}>
          Show the step
        </button>
      )}
    </p>
  );
}

function Newer({ state: { call }, flow }: { state: State; flow: FlowView }) {
  const page = usePage();
  const version = call?.requests.find(({ turn }) => turn)?.turn?.version;
  if (!call || version === undefined || flow.version === undefined || flow.version === version) return null;
  if (!call.ended)
    return (
      <p class="notice">
        Version <code>{flow.version}</code> is ready. This call continues on <code>{version}</code>, the
        version it started with.
      </p>
    );
  if (call.setup.placed) return null;
  return (
    <p class="notice">
      Version <code>{flow.version}</code> is ready.{" "}
      <button type="button" class="text" onClick={() => void page.replay()}>
        Replay this call
      </button>
    </p>
  );
}
