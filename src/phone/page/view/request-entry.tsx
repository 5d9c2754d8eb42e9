/** A webhook and its answer: parameters, TwiML, and what the turn did. */
import { BEGINS, MASK, type TurnView } from "../contract.ts";
import type { RequestEntry } from "../state.ts";
import { setIn } from "../text/history.ts";
import { valueText } from "../text/value.ts";
import { xmlText } from "../text/xml.ts";
import { Copy } from "./copy.tsx";
import { Xml } from "./xml.tsx";

/** What stands on the wire. */
interface EntryProps {
  entry: RequestEntry;
  before: RequestEntry["params"] | undefined;
  turnsBefore: readonly TurnView[];
  number: number;
  isNewest: boolean;
}

/** Closed but for the newest: its line has what it was, how it went and how long it took. */
export function Entry({ entry, before, turnsBefore, number, isNewest }: EntryProps) {
  const { method, url, status, milliseconds, body, turn } = entry;
  const params = shownParams(entry);
  const isFresh = ([name, value]: [string, string]): boolean =>
    before !== undefined && before[name] !== (entry.params[name] ?? value);
  const ordered = [...params.filter(isFresh), ...params.filter((param) => !isFresh(param))];
  const { pathname, search } = new URL(url);
  return (
    <li>
      <details open={isNewest}>
        <summary>
          <span class="count">{number}</span>
          <span class="path">
            {method} {pathname}
            {search !== "" && <span class="faint">?…</span>}
          </span>
          <span class={status >= 200 && status < 300 ? "status" : "status is-bad"}>{status}</span>
          <span class="ms">{Math.max(1, Math.round(milliseconds))} ms</span>
        </summary>
        {turn && <Done turn={turn} isInCall={entry.params.CallSid !== undefined} before={turnsBefore} />}
        {turn?.error !== undefined && <p class="is-bad">{turn.error}</p>}
        {turn?.cut && <p class="is-bad">Truncated to maxLength: {turn.cut.join(", ")}</p>}
        <div class="part">
          <h2>Parameters</h2>
          <Copy
            label="Copy the parameters"
            text={new URLSearchParams(Object.fromEntries(params)).toString()}
          />
          <dl>
            {ordered.map(([name, value]) => (
              <div key={name} class={isFresh([name, value]) ? "is-fresh" : ""}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div class="part">
          <h2>TwiML</h2>
          <Copy label="Copy the TwiML" text={xmlText(body)} />
          <Xml text={body} />
        </div>
      </details>
    </li>
  );
}

interface DoneProps {
  turn: TurnView;
  /** A text message is no call. */
  isInCall: boolean;
  before: readonly TurnView[];
}

/** The steps that a webhook has gone through, and what they did beside the call. */
function Done({ turn, isInCall, before }: DoneProps) {
  const { path, aside, messages = [] } = turn;
  const set = aside ? setIn(turn, before) : [];
  return (
    <div class="done">
      <p>
        {aside && isInCall && <span class="is-in-aside">Aside: </span>}
        {path.map(nameOf).join(" → ")}
      </p>
      {set.map(({ name, value }) => (
        <p key={name}>
          sets <code>{name}</code> to <code>{valueText(value)}</code>
        </p>
      ))}
      {messages.map(({ to, body }, index) => (
        <p key={index}>
          texts {to}: “{body}”
        </p>
      ))}
    </div>
  );
}

/** A side road of the whole call begins at no step. */
function nameOf(step: string): string {
  if (step.endsWith("~hangup")) return BEGINS.hangup;
  return step.endsWith("~message") ? BEGINS.message : step;
}

/** What the caller entered at a sensitive step is masked; what is empty is left out. */
function shownParams({ params, turn }: RequestEntry): [name: string, value: string][] {
  const hidden = turn?.secret ? ["Digits", "SpeechResult"] : [];
  return Object.entries(params)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, hidden.includes(name) ? MASK : value]);
}
