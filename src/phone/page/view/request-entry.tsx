/** A request and its response: parameters, TwiML, and what the turn did. */
import { BEGINS, MASK, type TurnView } from "../contract.ts";
import type { RequestEntry } from "../state.ts";
import { setIn } from "../text/history.ts";
import { valueText } from "../text/value.ts";
import { xmlText } from "../text/xml.ts";
import { Copy } from "./copy.tsx";
import { Xml } from "./xml.tsx";

/** One entry of the request list. */
interface EntryProps {
  entry: RequestEntry;
  before: RequestEntry["params"] | undefined;
  turnsBefore: readonly TurnView[];
  number: number;
  isNewest: boolean;
}

/** Only the newest is open. The summary has the URL, the status and the duration. */
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
        {turn?.cut && <p class="is-bad">Cut: {turn.cut.join(", ")}</p>}
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
  /** False for a text message. */
  isInCall: boolean;
  before: readonly TurnView[];
}

/** The steps of a turn, what an aside set, and the text messages sent. */
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

/** The name of a step, or of the beginning of a call's side road. */
function nameOf(step: string): string {
  if (step.endsWith("~hangup")) return BEGINS.hangup;
  if (step.endsWith("~unanswered")) return BEGINS.unanswered;
  return step.endsWith("~message") ? BEGINS.message : step;
}

/** The non-empty parameters, with input to sensitive steps masked. */
function shownParams({ params, turn }: RequestEntry): [name: string, value: string][] {
  const hidden = turn?.secret ? ["Digits", "SpeechResult"] : [];
  return Object.entries(params)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, hidden.includes(name) ? MASK : value]);
}
