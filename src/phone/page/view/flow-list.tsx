/** The flows: what each is for, when it changed, and how its tests are. */
import { useEffect, useRef } from "preact/hooks";
import type { FlowView } from "../contract/flow.ts";
import type { State } from "../state.ts";
import { standingOf, testsText } from "../text/standing.ts";
import { agoText } from "../text/time.ts";
import { usePage } from "./use-page.ts";
import { useSize } from "./use-size.ts";

/** The list, of which one flow is chosen. */
export function FlowList({ state: { server, setup } }: { state: State }) {
  const page = usePage();
  const list = useRef<HTMLDivElement>(null);
  const flows = server?.flows ?? [];
  // The list shrinks when the rest of the form unfolds.
  const { height } = useSize(list);
  useEffect(() => {
    list.current?.querySelector(":checked")?.closest("label")?.scrollIntoView({ block: "nearest" });
  }, [setup.flow, flows.length === 0, height]);
  return (
    <div class="flows" role="radiogroup" aria-label="Flow" ref={list}>
      {flows.map((flow) => (
        <Item
          key={flow.name}
          flow={flow}
          runBy={flows.filter(({ parts }) => parts.includes(flow.name)).map(({ name }) => name)}
          isChosen={flow.name === setup.flow}
          choose={() => page.dispatch({ type: "setup", setup: { flow: flow.name } })}
        />
      ))}
    </div>
  );
}

interface ItemProps {
  flow: FlowView;
  /** The flows that run it as a part. */
  runBy: readonly string[];
  isChosen: boolean;
  choose(): void;
}

function Item({ flow, runBy, isChosen, choose }: ItemProps) {
  const { name, description, changed } = flow;
  const when = changed === undefined ? "" : agoText(changed, Date.now());
  const part = runBy.length > 0 ? `part of ${runBy.join(", ")}` : "";
  return (
    <label class={isChosen ? "is-chosen" : ""}>
      <input type="radio" name="flow" value={name} checked={isChosen} onChange={choose} />
      <span class="name">{name}</span>
      <TestMark flow={flow} />
      <span class="about">{[when, part, description].filter((one) => one !== "").join(" · ")}</span>
    </label>
  );
}

const SIGNS = { passes: "✓", fails: "✕", broken: "!", untested: "", unknown: "…" } as const;

/** How a flow is, by its tests: a sign in a colour, and words. */
function TestMark({ flow }: { flow: FlowView }) {
  const standing = standingOf(flow);
  const text = testsText(flow);
  return (
    <span class={`standing-mark is-${standing}`} title={text}>
      <span aria-hidden="true">
        {SIGNS[standing]}
        {standing === "passes" && ` ${flow.tests?.length}`}
        {standing === "fails" && ` ${flow.tests?.filter(({ outcome }) => outcome === "fails").length}`}
      </span>
      <span class="unseen">{text}</span>
    </span>
  );
}
