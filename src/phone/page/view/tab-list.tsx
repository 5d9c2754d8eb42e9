/** Tabs. Source: WAI-ARIA Authoring Practices, "Tabs": arrow keys go from one to the next. */
import { useRef } from "preact/hooks";
import type { Tab } from "../state.ts";
import { usePage } from "./use-page.ts";

interface TabListProps {
  tabs: readonly { tab: Tab; label: string }[];
  chosen: Tab;
  /** The tab that waits for an answer; marked while another is chosen. */
  waits?: Tab | undefined;
}

/** A row of tabs, of which one is chosen. */
export function TabList({ tabs, chosen, waits }: TabListProps) {
  const page = usePage();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ tab }) => tab === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    page.dispatch({ type: "tab", tab: next.tab });
    list.current?.querySelector<HTMLElement>(`#tab-${next.tab}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views" ref={list} onKeyDown={walk}>
      {tabs.map(({ tab, label }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-selected={tab === chosen}
          aria-controls={tab === chosen ? "pane" : undefined}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => page.dispatch({ type: "tab", tab })}
        >
          {label}
          {tab === waits && tab !== chosen && (
            <span class="waits">
              <span class="unseen"> waiting for you</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
