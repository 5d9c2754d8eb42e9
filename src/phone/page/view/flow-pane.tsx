/** The flow's diagram, with the call's route through it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FlowView } from "../contract/flow.ts";
import type { TurnView } from "../contract/turn.ts";
import type { State } from "../state.ts";
import { litLabels } from "../text/exits.ts";
import { flowAt, mainOf, ownName, routeIn } from "../text/route.ts";
import { Diagram } from "./diagram.tsx";
import { StepSearch } from "./step-search.tsx";
import { useMedia, usePage } from "./use-page.ts";

/** The open flow; follows the caller into parts and back until another one is opened. */
export function FlowPane({ state }: { state: State }) {
  const page = usePage();
  const { server, opened, selected, call, texted, setup } = state;
  const entries = useMemo(
    () => call?.requests ?? texted?.requests.slice(texted.before) ?? [],
    [call?.requests, texted],
  );
  const turns = useMemo(() => entries.flatMap(({ turn }) => turn ?? []), [entries]);
  const [follows, setFollows] = useState(true);
  const entry = (call?.setup ?? setup).flow;
  const flow = server?.flows.find(({ name }) => name === opened.at(-1));
  const last = mainOf(turns).at(-1);
  useFollowing(follows && call !== undefined, entry, last && flowAt(entry, last), opened);
  useEffect(() => setFollows(true), [call?.since]);
  const isNarrow = useMedia("(max-width: 899px)");
  const find = (step: string): void => {
    page.dispatch({ type: "select", step });
    // The details of a step would cover the diagram.
    if (isNarrow) page.dispatch({ type: "tab", tab: "flow" });
  };
  const route = useMemo(() => {
    const labels = litLabels(flow?.name ?? "", entries, server?.flows ?? []);
    const walked = routeIn(flow?.name ?? "", entry, turns);
    const heard = ownName(flow?.name ?? "", entry, call?.speaking?.step);
    return { ...walked, labels, ...(heard !== undefined && { at: heard }) };
  }, [flow, entry, turns, call?.speaking]);
  // The diagram is large, and most of what happens on the page is not in it.
  return useMemo(
    () => (
      <section class="flow" aria-label="The flow">
        {flow?.graph ? (
          <Diagram
            key={flow.name}
            flow={flow}
            graph={flow.graph}
            route={route}
            at={call ? route.at : stepOf(turns.at(-1), flow)}
            selected={selected}
            follows={follows}
            setFollows={setFollows}
            choose={(step) => page.dispatch({ type: "select", step })}
            openPart={(part) => page.dispatch({ type: "open", opened: [...opened, part] })}
          >
            <Breadcrumb opened={opened} />
            <StepSearch flow={flow} graph={flow.graph} choose={find} />
          </Diagram>
        ) : (
          <>
            <Breadcrumb opened={opened} />
            <p class="nothing">{flow ? sayWhy(flow) : "No flows yet."}</p>
          </>
        )}
      </section>
    ),
    [flow, route, selected, follows, opened, page, isNarrow],
  );
}

/** The step that waits for a text message, or the last one that a message reached. */
function stepOf(turn: TurnView | undefined, { steps }: FlowView): string | undefined {
  return turn?.next ?? turn?.path.findLast((name) => steps.some((step) => step.name === name));
}

function sayWhy({ findings, steps }: FlowView): string {
  const error = findings.find(({ severity }) => severity === "error");
  // A flow that never had a valid version has no diagram.
  if (error) return `Fix line ${error.line} to see the diagram: ${error.message}`;
  return steps.length > 0 ? "This flow has no diagram yet." : "This flow has no steps yet.";
}

/** Opens the part that the caller is in, and closes it when the caller has left it. */
function useFollowing(isOn: boolean, entry: string, at: string | undefined, opened: readonly string[]): void {
  const page = usePage();
  useEffect(() => {
    if (!isOn || at === undefined || opened.at(-1) === at) return;
    page.dispatch({ type: "open", opened: at === entry ? [entry] : [entry, at] });
    // Only a move of the caller opens a diagram; a diagram opened by hand stays.
  }, [isOn, entry, at]);
}

function Breadcrumb({ opened }: { opened: readonly string[] }) {
  const page = usePage();
  if (opened.length < 2) return null;
  return (
    <nav class="breadcrumb" aria-label="Open flows">
      <ol>
        {opened.map((name, index) => (
          <li key={name}>
            {index === opened.length - 1 ? (
              <span aria-current="page">{name}</span>
            ) : (
              <button
                type="button"
                class="text"
                onClick={() => page.dispatch({ type: "open", opened: opened.slice(0, index + 1) })}
              >
                {name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
