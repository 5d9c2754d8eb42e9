/** The whole page: the phones, the flow, and the details. */
import { useEffect, useState } from "preact/hooks";
import { ringingNow } from "../call/placed.ts";
import type { Page } from "../page.ts";
import type { Tab } from "../state.ts";
import { Announcer } from "./announcer.tsx";
import { CallerPhone } from "./caller-phone.tsx";
import { hasFindings } from "./findings-pane.tsx";
import { FlowPane } from "./flow-pane.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";
import { SecondPhone } from "./second-phone.tsx";
import { PANES, SidePane } from "./side-pane.tsx";
import { TabList } from "./tab-list.tsx";
import { useKeyboard } from "./use-keyboard.ts";
import { PageContext, useMedia } from "./use-page.ts";

/** Everything. */
export function App({ page }: { page: Page }) {
  const [state, setState] = useState(page.state);
  useEffect(() => page.subscribe(() => setState(page.state())), [page]);
  useKeyboard(page);
  const isWide = useMedia("(min-width: 900px)");
  return (
    <PageContext.Provider value={page}>
      <div class="page">
        <Header state={state} />
        <Notices state={state} />
        {isWide ? <Wide state={state} /> : <Narrow state={state} />}
        <Announcer state={state} />
      </div>
    </PageContext.Provider>
  );
}

type Shown = { state: ReturnType<Page["state"]> };

function Wide({ state }: Shown) {
  const tab: Tab = PANES.some((pane) => pane.tab === state.tab && isThere(state, pane.tab))
    ? state.tab
    : "requests";
  return (
    <main class="desk">
      <CallerPhone state={state} />
      <FlowPane state={state} />
      <div class="desk-side">
        <SecondPhone state={state} />
        <section class="details" aria-label="Call details">
          <TabList tabs={PANES.filter((pane) => isThere(state, pane.tab))} chosen={tab} />
          <SidePane state={state} tab={tab} />
        </section>
      </div>
    </main>
  );
}

const ALL: readonly { tab: Tab; label: string }[] = [
  { tab: "phone", label: "Phone" },
  { tab: "flow", label: "Flow" },
  ...PANES,
];

function Narrow({ state }: Shown) {
  return (
    <main class="hand">
      <div class="hand-pane">
        {isOwnPane(state.tab) ? (
          <div class="hand-tab" role="tabpanel" id="pane" aria-labelledby={`tab-${state.tab}`}>
            {state.tab === "flow" ? <FlowPane state={state} /> : <PhonesInHand state={state} />}
          </div>
        ) : (
          <SidePane state={state} tab={state.tab} />
        )}
      </div>
      <TabList
        tabs={ALL.filter(({ tab }) => isThere(state, tab))}
        chosen={state.tab}
        waits={isAsked(state) ? "phone" : undefined}
      />
    </main>
  );
}

function isAsked(state: Shown["state"]): boolean {
  const { call } = state;
  const isQuestion = call?.caller.question !== undefined || call?.second?.phone.question !== undefined;
  return isQuestion || ringingNow(state) !== undefined;
}

function isOwnPane(tab: Tab): boolean {
  return tab === "phone" || tab === "flow";
}

function PhonesInHand({ state }: Shown) {
  return (
    <div class="phones">
      <SecondPhone state={state} />
      <CallerPhone state={state} />
    </div>
  );
}

function isThere({ replay, selected, server, opened }: Shown["state"], tab: Tab): boolean {
  if (tab === "replay") return replay !== undefined;
  if (tab === "findings")
    // It does not come and go with every save.
    return (
      server?.isExploring === true ||
      (server?.flows.some((flow) => flow.name === opened.at(-1) && hasFindings(flow)) ?? false)
    );
  return tab !== "step" || selected !== undefined;
}
