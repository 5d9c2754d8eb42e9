/** A request and its response: parameters, TwiML, and what the turn did. */

import type { TurnView } from "../contract/turn.ts";
import { MASK } from "../contract/value.ts";
import type { RequestEntry } from "../state.ts";
import { stepText } from "../text/happening.ts";
import { setIn } from "../text/history.ts";
import { valueText } from "../text/value.ts";
import { xmlText } from "../text/xml.ts";
import { Copy } from "./copy.tsx";
import { ServiceEntry } from "./service-entry.tsx";
import { Xml } from "./xml.tsx";

/** One entry of the request list. */
interface EntryProps {
  entry: RequestEntry;
  /** What happened, in a few words. */
  happening: string;
  before: RequestEntry["params"] | undefined;
  turnsBefore: readonly TurnView[];
  number: number;
  isOpen: boolean;
}

/** The summary has what happened, the status and the duration. Services that were asked come above: they answered later. */
export function Entry({ entry, happening, before, turnsBefore, number, isOpen }: EntryProps) {
  const { method, url, status, milliseconds, body, turn, isTimeout } = entry;
  const { pathname, search } = new URL(url);
  const isBad = status < 200 || status >= 300 || turn?.error !== undefined;
  return (
    <li>
      {turn?.serviceRequests?.toReversed().map((asked, index) => (
        <ServiceEntry key={index} asked={asked} isOpen={isOpen} />
      ))}
      <details open={isOpen}>
        <summary>
          <span class="count">{number}</span>
          <span class="what">
            {turn?.aside && entry.params.CallSid !== undefined && <span class="is-in-aside">Aside: </span>}
            {happening}
          </span>
          {!isTimeout && <span class={isBad ? "status is-bad" : "status"}>{status}</span>}
          {!isTimeout && <span class="ms">{Math.max(1, Math.round(milliseconds))} ms</span>}
        </summary>
        {!isTimeout && (
          <p class="address">
            {method} {pathname}
            {search !== "" && "?…"}
          </p>
        )}
        {turn && <Done turn={turn} before={turnsBefore} />}
        {turn?.error !== undefined && <p class="is-bad done">{turn.error}</p>}
        {turn?.cut && <p class="is-bad done">Cut: {turn.cut.join(", ")}</p>}
        {!isTimeout && <Parameters entry={entry} before={before} />}
        {!isTimeout && (
          <div class="part">
            <h2>TwiML</h2>
            <Copy label="Copy the TwiML" text={xmlText(body)} />
            <Xml text={body} />
          </div>
        )}
      </details>
    </li>
  );
}

/** What Twilio sends: what is new first. */
function Parameters({ entry, before }: Pick<EntryProps, "entry" | "before">) {
  const params = shownParams(entry);
  const isFresh = ([name, value]: [string, string]): boolean =>
    before !== undefined && before[name] !== (entry.params[name] ?? value);
  const ordered = [...params.filter(isFresh), ...params.filter((param) => !isFresh(param))];
  return (
    <div class="part">
      <h2>Parameters</h2>
      <Copy label="Copy the parameters" text={new URLSearchParams(Object.fromEntries(params)).toString()} />
      <dl>
        {ordered.map(([name, value]) => (
          <div key={name} class={isFresh([name, value]) ? "is-fresh" : ""}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface DoneProps {
  turn: TurnView;
  before: readonly TurnView[];
}

/** The steps of a turn, what an aside set, and the text messages sent. */
function Done({ turn, before }: DoneProps) {
  const { path, aside, messages = [] } = turn;
  const set = aside ? setIn(turn, before) : [];
  return (
    <div class="done">
      <p>{path.map(stepText).join(" → ")}</p>
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

/** The non-empty parameters, with input to sensitive steps masked. */
function shownParams({ params, turn }: RequestEntry): [name: string, value: string][] {
  const hidden = turn?.secret ? ["Digits", "SpeechResult", "Body"] : [];
  return Object.entries(params)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, hidden.includes(name) ? MASK : value]);
}
