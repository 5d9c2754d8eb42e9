/** Notices for the author: errors in saved flows, a newer version, a lost server. */
import type { FindingView, FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** Nothing if all is well. */
export function Notices({ state }: { state: State }) {
  const { server, setup, call } = state;
  const name = call && !call.ended ? call.setup.flow : setup.flow;
  const flows = server?.flows ?? [];
  const flow = flows.find((one) => one.name === name);
  const wrong = flows.filter(({ findings }) => findings.some(isError));
  // Its parts hold it back, too.
  const here = wrong.filter((one) => one === flow || flow?.parts.includes(one.name));
  return (
    <div class="notices" aria-live="polite">
      {!state.isConnected && (
        <p class="notice is-error">
          The server does not respond. Start it with <code>npm start</code>; this page reconnects on its own.
        </p>
      )}
      {server?.trouble !== undefined && <p class="notice is-error">{server.trouble}</p>}
      {here.map((one) =>
        one.findings
          .filter(isError)
          .map((finding) => (
            <FindingNotice key={`${one.name} ${finding.line} ${finding.code}`} flow={one} finding={finding} />
          )),
      )}
      <Others flows={wrong.filter((one) => !here.includes(one))} />
      {flow && <Newer state={state} flow={flow} />}
    </div>
  );
}

function isError({ severity }: FindingView): boolean {
  return severity === "error";
}

/** Opens a flow, and the step that a finding is in. */
function useShow(): (flow: string, step: string | undefined) => void {
  const page = usePage();
  return (flow, step) => {
    page.dispatch({ type: "setup", setup: { flow } });
    if (page.state().opened.at(-1) !== flow) page.dispatch({ type: "open", opened: [flow] });
    if (step !== undefined) page.dispatch({ type: "select", step });
  };
}

function FindingNotice({ flow, finding }: { flow: FlowView; finding: FindingView }) {
  const show = useShow();
  const { step, line, column, message, hint } = finding;
  return (
    <p class="notice is-error">
      <span class="place">
        {flow.file}:{line}:{column}
      </span>{" "}
      {message}
      {hint !== undefined && <span class="hint">{hint}</span>}
      <span class="hint">
        {flow.version !== undefined && "The last good version answers until this is fixed. "}
        {step !== undefined && (
          <button type="button" class="text" onClick={() => show(flow.name, step)}>
            Show the step
          </button>
        )}
      </span>
    </p>
  );
}

/** The other flows with errors. */
function Others({ flows }: { flows: readonly FlowView[] }) {
  const show = useShow();
  if (flows.length === 0) return null;
  return (
    <p class="notice is-error">
      {flows.length === 1 ? "Another flow has an error:" : "Other flows have errors:"}{" "}
      {flows.map(({ name, findings }) => (
        <button
          key={name}
          type="button"
          class="text"
          onClick={() => show(name, findings.find(isError)?.step)}
        >
          {name}
        </button>
      ))}
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
