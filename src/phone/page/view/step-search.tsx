/** The outline of a flow in a field that searches it: `/` goes there. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Graph } from "../contract/drawing.ts";
import type { FlowView } from "../contract/flow.ts";
import { divide } from "../layout/departments.ts";
import { findSteps, type OutlineLine } from "../text/find-steps.ts";
import { RoleMark } from "./role-icon.ts";

interface StepSearchProps {
  flow: FlowView;
  graph: Graph;
  choose(step: string): void;
}

/** A field with the outline below it while it is used. */
export function StepSearch({ flow, graph, choose }: StepSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const departments = useMemo(() => [...divide(graph).departments.values()], [graph]);
  const lines = useMemo(() => findSteps(flow.steps, departments, query), [flow.steps, departments, query]);
  useSlash(field);
  const close = (): void => {
    setOpen(false);
    setQuery("");
    setAt(0);
  };
  const take = (line: OutlineLine | undefined): void => {
    if (!line) return;
    choose(line.step.name);
    close();
    field.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move) setAt(Math.min(lines.length - 1, Math.max(0, move(at, lines.length))));
    else if (event.key === "Enter") take(lines[at]);
    else if (event.key === "Escape") field.current?.blur();
    else return;
    event.preventDefault();
  };
  return (
    <search class="step-search">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search the steps"
        aria-expanded={isOpen}
        aria-controls="outline"
        aria-activedescendant={isOpen && lines[at] ? `outline-${at}` : undefined}
        aria-keyshortcuts="/"
        autocomplete="off"
        placeholder={`Search ${flow.steps.length} steps   /`}
        value={query}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen && <Outline lines={lines} at={at} take={take} />}
    </search>
  );
}

const MOVES: Readonly<Record<string, (at: number, length: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 8,
  PageUp: (at) => at - 8,
};

interface OutlineProps {
  lines: readonly OutlineLine[];
  at: number;
  take(line: OutlineLine): void;
}

function Outline({ lines, at, take }: OutlineProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <div class="outline" id="outline" role="listbox" aria-label="Steps" ref={list}>
      {lines.map((line, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
        <div
          key={line.step.name}
          id={`outline-${index}`}
          role="option"
          aria-selected={index === at}
          style={{ paddingLeft: `${10 + line.depth * 18}px` }}
          // A press would take the focus from the field, and close the list before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(line)}
        >
          <svg width="22" height="22" viewBox="0 0 28 28" aria-hidden="true">
            <RoleMark role={line.step.role} x={0} y={0} />
          </svg>
          <b>{line.step.name}</b>
          {line.count !== undefined && <span class="count">{line.count} steps</span>}
          <span class="faint">{line.step.says ?? line.step.kind}</span>
        </div>
      ))}
      {lines.length === 0 && <p class="faint">No step matches.</p>}
    </div>
  );
}

/** Where a `/` is text. */
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select";

/** `/` focuses the field, unless something is being typed. */
function useSlash(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(TYPED)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [field]);
}
