/** The ways of calls through a flow: how many, how soon a person, the longest calls to play, and the exits that are left. */
import type { ExitView, FoundWay, WaysView } from "../contract/found.ts";
import { PlayCall } from "./play-call.tsx";
import { usePage } from "./use-page.ts";

interface WaysProps {
  ways: WaysView;
  /** A call is in progress, so none can be played. */
  isBusy: boolean;
}

/** As `ringflow paths` shows them. */
export function Ways({ ways, isBusy }: WaysProps) {
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">Ways of calls</h2>
      <ul class="findings">
        <li>{ways.counts}</li>
        {ways.cut.map((message) => (
          <li key={message}>
            <span class="badge is-warning">not everything</span> {message}
          </li>
        ))}
        <Way title="First choice" way={{ text: ways.choice }} isBusy={isBusy} />
        <Way title="First person" way={ways.person} isBusy={isBusy} />
        <Way title="Most answers" way={ways.mostAnswers} isBusy={isBusy} />
        <Way title="Most speech" way={ways.mostSeconds} isBusy={isBusy} />
      </ul>
      <Exits title="No call takes" exits={ways.unreached} />
      <Exits title="No test takes" exits={ways.untested} />
    </section>
  );
}

interface WayProps {
  title: string;
  way: FoundWay;
  isBusy: boolean;
}

function Way({ title, way: { text, call }, isBusy }: WayProps) {
  return (
    <li>
      <p>
        <b>{title}</b>
      </p>
      <p>{text}</p>
      {call && <PlayCall call={call} about={title.toLowerCase()} isBusy={isBusy} />}
    </li>
  );
}

/** Folded: a flow without tests has many. */
function Exits({ title, exits }: { title: string; exits: readonly ExitView[] }) {
  const page = usePage();
  if (exits.length === 0) return null;
  return (
    <details class="left-exits">
      <summary>
        {title} {exits.length} {exits.length === 1 ? "exit" : "exits"}
      </summary>
      <ul>
        {exits.map(({ step, text }) => (
          <li key={text}>
            <button type="button" class="text" onClick={() => page.dispatch({ type: "select", step })}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
