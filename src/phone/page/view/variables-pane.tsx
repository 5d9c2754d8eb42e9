/** The call's variables, and how each came by its value. */
import type { FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { type VariableRow, variablesOf } from "../text/history.ts";
import { valueText } from "../text/value.ts";
import { ShownValue } from "./shown-value.tsx";

/** The variables of all flows that the call has been in. */
export function VariablesPane({ state: { server, call, setup } }: { state: State }) {
  const chosen = server?.flows.find(({ name }) => name === setup.flow);
  if (!call && chosen) return <Declared flow={chosen} />;
  const turns = (call?.requests ?? []).map(({ turn }) => turn);
  const rows = variablesOf(turns);
  const language = turns.findLast((turn) => turn && !turn.aside)?.language;
  const typeOf = ({ flow, name }: VariableRow): string =>
    server?.flows.find((one) => one.name === flow)?.variables.find((one) => one.name === name)?.type ?? "";
  if (rows.length === 0) return <p class="nothing">This flow has no variables.</p>;
  return (
    <>
      <table class="variables">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.flow} ${row.name}`}>
              <th scope="row">
                {row.flow !== call?.setup.flow && <span class="faint">{row.flow}.</span>}
                {row.name} <small>{typeOf(row)}</small>
              </th>
              <td>
                <div key={row.changes.length} class={row.changes.length > 0 ? "value is-changed" : "value"}>
                  <ShownValue value={row.value} spoken={call?.spoken ?? {}} />
                </div>
                {row.changes.map(({ before, turn, step }) => (
                  <span class="change" key={turn}>
                    {valueText(before)} before {step}, turn {turn}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {language !== undefined && <p class="faint">The call's language is {language}.</p>}
    </>
  );
}

/** Before a call: what there is to be filled. */
function Declared({ flow: { variables } }: { flow: FlowView }) {
  if (variables.length === 0) return <p class="nothing">This flow has no variables.</p>;
  return (
    <>
      <p class="faint">The flow's variables. Their values appear here during a call.</p>
      <table class="variables">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Type</th>
          </tr>
        </thead>
        <tbody>
          {variables.map(({ name, type, sensitive }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {type}
                {sensitive && ", sensitive"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
