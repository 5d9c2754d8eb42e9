/** A step: its lines of YAML, with what was found in them. */
import type { FindingView, FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** The chosen step of the flow that is open. */
export function StepPane({ state: { server, opened, selected } }: { state: State }) {
  const page = usePage();
  const flow = server?.flows.find(({ name }) => name === opened.at(-1));
  const step = flow?.steps.find(({ name }) => name === selected);
  if (!flow || !step) return <p class="nothing">Choose a step in the diagram.</p>;
  const findings = flow.findings.filter((one) => one.step === step.name);
  const { runs } = step;
  return (
    <>
      <h2>
        {step.name} <small>{step.kind}</small>
      </h2>
      <p class="faint">
        {flow.file}:{step.from}
      </p>
      <Yaml flow={flow} from={step.from} to={step.to} findings={findings} />
      <Changes flow={flow} step={step.name} />
      <Exits flow={flow} step={step.name} />
      {runs !== undefined && (
        <button type="button" onClick={() => page.dispatch({ type: "open", opened: [...opened, runs] })}>
          Open {runs}
        </button>
      )}
    </>
  );
}

/** The exits and side roads of a step, and the steps that lead to it. */
function Exits({ flow: { edges, steps }, step }: { flow: FlowView; step: string }) {
  const names = new Set(steps.map(({ name }) => name));
  const exits = edges.filter(({ from }) => from === step);
  const ways = edges.filter(({ from, to }) => to === step && from !== step);
  return (
    <>
      {exits.length > 0 && (
        <ul class="exits" aria-label="Exits">
          {exits.map(({ to, label, sideRoad }) => (
            <li key={`${label} ${to}`}>
              {label || "next"}
              {sideRoad && " (side road)"} → {names.has(to) ? <StepLink step={to} /> : to}
            </li>
          ))}
        </ul>
      )}
      {ways.length > 0 && (
        <ul class="exits" aria-label="Steps that lead here">
          {ways.map(({ from, label }) => (
            <li key={`${from} ${label}`}>
              <StepLink step={from} />, {label || "next"} → here
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What changed for the callers who come here. */
function Changes({ flow: { changes = [] }, step }: { flow: FlowView; step: string }) {
  const own = changes.filter(({ steps }) => steps.includes(step));
  if (own.length === 0) return null;
  return (
    <>
      <h3>Since the last commit</h3>
      <ul class="exits" aria-label="Changes since the last commit">
        {own.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </>
  );
}

function StepLink({ step }: { step: string }) {
  const page = usePage();
  return (
    <button type="button" class="text" onClick={() => page.dispatch({ type: "select", step })}>
      {step}
    </button>
  );
}

function Yaml({
  flow,
  from,
  to,
  findings,
}: {
  flow: FlowView;
  from: number;
  to: number;
  findings: readonly FindingView[];
}) {
  const lines = flow.text.split("\n").slice(from - 1, to);
  return (
    <pre class="yaml">
      {lines.map((text, index) => {
        const line = from + index;
        const here = findings.filter((one) => one.line === line);
        return (
          <code key={line} class={here.length > 0 ? `is-${here[0]?.severity}` : ""}>
            <span class="gutter">{line}</span>
            {text}
            {"\n"}
            {here.map((one) => (
              <span class="finding" key={one.code}>
                {one.severity} {one.code}: {one.message} {one.hint}
                {"\n"}
              </span>
            ))}
          </code>
        );
      })}
    </pre>
  );
}
