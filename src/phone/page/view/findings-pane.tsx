/** The promises, ways of calls and findings of the open flow, as `ringflow check --promises` and `ringflow paths` report them. */
import type { FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { Promises } from "./promises.tsx";
import { usePage } from "./use-page.ts";
import { Ways } from "./ways.tsx";

/** Promises first, then findings in the order of the file, each with a link to its step, and the ways. */
export function FindingsPane({ state: { server, opened, call } }: { state: State }) {
  const isBusy = call !== undefined && !call.ended;
  const flow = server?.flows.find(({ name }) => name === opened.at(-1));
  const isExploring = server?.isExploring === true;
  if (!flow || !(isExploring || hasFindings(flow))) return <p class="nothing">No findings in this flow.</p>;
  return (
    <>
      {flow.promises && <Promises flow={flow} promises={flow.promises} isBusy={isBusy} />}
      <FindingList flow={flow} />
      {flow.ways && <Ways ways={flow.ways} isBusy={isBusy} />}
      {isExploring && <p class="faint">Going through all calls …</p>}
    </>
  );
}

/** Whether there is anything to show of a flow. */
export function hasFindings({ findings, promises = [], ways }: FlowView): boolean {
  return findings.length > 0 || promises.length > 0 || ways !== undefined;
}

function FindingList({ flow }: { flow: FlowView }) {
  const page = usePage();
  if (flow.findings.length === 0) return null;
  return (
    <ol class="findings">
      {flow.findings.map(({ code, severity, line, column, message, hint, step }) => (
        <li key={`${line}:${column} ${code} ${message}`}>
          <p>
            <span class={`badge is-${severity}`}>{severity}</span>{" "}
            <code>
              {flow.file}:{line}:{column} {code}
            </code>
          </p>
          <p>{message}</p>
          {hint !== undefined && <p>{hint}</p>}
          {step !== undefined && (
            <button type="button" class="text" onClick={() => page.dispatch({ type: "select", step })}>
              Show {step}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
