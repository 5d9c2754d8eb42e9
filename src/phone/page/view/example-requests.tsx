/** What the list of requests will show, by an example of the chosen flow's own steps. */
import type { FlowView } from "../contract/flow.ts";

/** Some rows as a call would make them. They are nothing to press. */
export function ExampleRequests({ flow }: { flow: FlowView | undefined }) {
  const rows = flow ? rowsOf(flow) : [];
  return (
    <div class="example">
      <p class="faint">
        During a call, this lists what Twilio asks the flow and what the flow answers, the newest first
        {rows.length > 0 ? ". For example:" : "."}
      </p>
      <ol class="requests" reversed>
        {rows.map(({ number, what, status, isBad }) => (
          <li key={what}>
            <span class="count">{number}</span>
            <span class="what">{what}</span>
            <span class={isBad ? "status is-bad" : "status"}>{status}</span>
          </li>
        ))}
      </ol>
      {rows.length > 0 && (
        <p class="faint">
          Each opens to its parameters and its TwiML. Choose a step in the diagram to read it.
        </p>
      )}
    </div>
  );
}

interface Row {
  number: string;
  what: string;
  status: string;
  isBad?: true;
}

/** A call's beginning, a choice, and a service. */
function rowsOf({ steps, edges, start }: FlowView): Row[] {
  const keys = edges.filter(({ label }) => label.startsWith("key "));
  const choice = keys.find(({ label }) => label.length === "key 1".length) ?? keys[0];
  const request = steps.find(({ kind }) => kind === "request");
  const first = choice?.from ?? start;
  return [
    ...(request
      ? [{ number: "⇄", what: `${request.name} asks a service`, status: "404", isBad: true as const }]
      : []),
    ...(choice
      ? [{ number: "2", what: `${choice.from} → ${choice.to}, ${choice.label}`, status: "200" }]
      : []),
    ...(first === undefined ? [] : [{ number: "1", what: `call begins → ${first}`, status: "200" }]),
  ];
}
