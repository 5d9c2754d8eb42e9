/** All tests of the project, green and red: each with its call, to watch, and to record anew. */
import { useEffect, useState } from "preact/hooks";
import { readTest, rerecordTest, undoTest } from "../call/save-test.ts";
import type { FlowView } from "../contract/flow.ts";
import type { Refused, SavedTest, TestDetail, TestView, Undone } from "../contract/tests.ts";
import type { State } from "../state.ts";
import { standingOf, testsText } from "../text/standing.ts";
import { usePage } from "./use-page.ts";

/** The tests, by flow: those of the chosen flow first, and unfolded. */
export function TestsPane({ state: { server, setup, call } }: { state: State }) {
  const flows = (server?.flows ?? []).filter(({ tests = [] }) => tests.length > 0);
  const isBusy = call !== undefined && !call.ended;
  const ordered = [
    ...flows.filter(({ name }) => name === setup.flow),
    ...flows.filter(({ name }) => name !== setup.flow),
  ];
  if (ordered.length === 0)
    return <p class="nothing">No tests yet. Make a call, and save it as a test when it is over.</p>;
  return (
    <div class="tests">
      {ordered.map((flow) => (
        // Made anew when it is chosen: Chromium (156) shows nothing in an open one that has moved.
        <details
          key={`${flow.name} ${flow.name === setup.flow}`}
          open={flow.name === setup.flow}
          class="tests-of"
        >
          <summary>
            <b>{flow.name}</b> <span class={`standing-mark is-${standingOf(flow)}`}>{testsText(flow)}</span>
          </summary>
          <ol>
            {flow.tests?.map((test) => (
              <Test key={test.name} flow={flow} test={test} isBusy={isBusy} />
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}

const SIGNS = { passes: "✓", fails: "✕", "held back": "!", unknown: "…" } as const;
const WORDS = {
  passes: "passes",
  fails: "fails",
  "held back": "held back",
  unknown: "not played yet",
} as const;

interface TestProps {
  flow: FlowView;
  test: TestView;
  /** A call is in progress, so none can be watched. */
  isBusy: boolean;
}

function Test({ flow, test, isBusy }: TestProps) {
  const [isOpen, setOpen] = useState(false);
  const { name, outcome = "unknown" } = test;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class={`sign is-${outcome.replace(" ", "-")}`} aria-hidden="true">
            {SIGNS[outcome]}
          </span>
          <span>
            {name}
            <span class="unseen">, {WORDS[outcome]}</span>
          </span>
        </summary>
        {isOpen && <Detail flow={flow} test={test} isBusy={isBusy} />}
      </details>
    </li>
  );
}

/** The call, where it differs, and what can be done about it. */
function Detail({ flow, test, isBusy }: TestProps) {
  const page = usePage();
  const { name, file, line, outcome, failure } = test;
  const [detail, setDetail] = useState<TestDetail>();
  const [written, setWritten] = useState<SavedTest | Undone | Refused>();
  useEffect(() => {
    let isLate = false;
    void readTest({ flow: flow.name, name }).then((read) => !isLate && read && setDetail(read));
    return () => {
      isLate = true;
    };
  }, [flow.saved, name, outcome, failure]);
  const rerecord = async (): Promise<void> => setWritten(await rerecordTest({ flow: flow.name, name }));
  return (
    <div class="test">
      <p class="faint">
        {file}:{line}
      </p>
      {outcome === "held back" && <p class="is-bad">{failure}</p>}
      <div class="choices">
        <button
          type="button"
          class="small"
          disabled={isBusy || !detail || flow.version === undefined}
          onClick={() => detail && page.watch(flow.name, detail.scenario)}
        >
          Watch it
        </button>
        {outcome === "fails" && (
          <button type="button" class="small" onClick={() => void rerecord()}>
            Record what is heard now
          </button>
        )}
      </div>
      <p aria-live="polite">
        {written && <Written written={written} undo={async () => setWritten(await undoTest())} />}
      </p>
      <Lines detail={detail} />
    </div>
  );
}

interface WrittenProps {
  written: SavedTest | Undone | Refused;
  undo(): Promise<void>;
}

function Written({ written, undo }: WrittenProps) {
  if ("problem" in written) return <span class="is-bad">{written.problem}</span>;
  if ("undone" in written) return <>{written.undone} is as it was before.</>;
  const { file, line, failure } = written;
  return (
    <>
      Written to <code>{`${file}:${line}`}</code>
      {failure !== undefined && <span class="is-bad"> It still fails: {failure}</span>}{" "}
      <button type="button" class="text" onClick={() => void undo()}>
        Undo
      </button>
    </>
  );
}

/** Not a caret, whose column means nothing in a narrow pane. */
function isWords({ text }: TestDetail["lines"][number]): boolean {
  return text.trim() !== "^";
}

const SIDES = { expected: "The test: ", real: "The call: ", rest: "" } as const;

function Lines({ detail }: { detail: TestDetail | undefined }) {
  if (!detail) return <p class="faint">Playing the test …</p>;
  return (
    <ol class="diff">
      {detail.lines.filter(isWords).map(({ text, is }, index) => (
        <li key={index} class={is === undefined ? "" : `is-${is}`}>
          {is !== undefined && <span class="unseen">{SIDES[is]}</span>}
          {text.replace(/ {2,}/g, " ").trim()}
        </li>
      ))}
    </ol>
  );
}
