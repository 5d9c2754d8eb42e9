/** The details of a call: the chosen step, requests, variables, findings, the comparison. */
import type { State, Tab } from "../state.ts";
import { FindingsPane } from "./findings-pane.tsx";
import { ReplayPane } from "./replay-pane.tsx";
import { RequestsPane } from "./requests-pane.tsx";
import { StepPane } from "./step-pane.tsx";
import { TestsPane } from "./tests-pane.tsx";
import { VariablesPane } from "./variables-pane.tsx";

/** The tabs of the details. */
export const PANES: readonly { tab: Tab; label: string }[] = [
  { tab: "requests", label: "Requests" },
  { tab: "variables", label: "Variables" },
  { tab: "tests", label: "Tests" },
  { tab: "step", label: "Step" },
  { tab: "findings", label: "Findings" },
  { tab: "replay", label: "Replay" },
];

/** The pane of a tab; nothing for tabs that are not panes. */
export function SidePane({ state, tab }: { state: State; tab: Tab }) {
  const pane = paneOf(state, tab);
  if (!pane) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys have to reach it.
    <div class="pane" role="tabpanel" id="pane" aria-labelledby={`tab-${tab}`} tabIndex={0}>
      {pane}
    </div>
  );
}

function paneOf(state: State, tab: Tab) {
  switch (tab) {
    case "requests":
      return (
        <RequestsPane
          requests={state.call?.requests ?? state.texted?.requests ?? []}
          flows={state.server?.flows ?? []}
          chosen={state.setup.flow}
        />
      );
    case "variables":
      return <VariablesPane state={state} />;
    case "tests":
      return <TestsPane state={state} />;
    case "step":
      return <StepPane state={state} />;
    case "findings":
      return <FindingsPane state={state} />;
    case "replay":
      return <ReplayPane state={state} />;
    default:
      return undefined;
  }
}
