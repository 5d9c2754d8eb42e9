/** The findings of the open flow, as `ringflow check` reports them. */
import type { State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** In the order of the file; each leads to its step. */
export function FindingsPane({ state: { server, opened } }: { state: State }) {
  const page = usePage();
  const flow = server?.flows.find(({ name }) => name === opened.at(-1));
  if (!flow || flow.findings.length === 0) return <p class="nothing">No findings in this flow.</p>;
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
