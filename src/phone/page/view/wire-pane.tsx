/** Every webhook and every answer, newest first. */
import { useState } from "preact/hooks";
import { BEGINS, MASK, type TurnView } from "../contract.ts";
import type { WireEntry } from "../state.ts";
import { setIn } from "../text/history.ts";
import { valueText } from "../text/value.ts";
import { formatXml, xmlText } from "../text/xml.ts";
import { Icon } from "./icon.tsx";

/** The wire. */
export function WirePane({ wire }: { wire: readonly WireEntry[] }) {
  if (wire.length === 0)
    return (
      <p class="nothing">
        Call, and every webhook stands here with its parameters and the TwiML that came back.
      </p>
    );
  return (
    <ol class="wire" reversed>
      {wire
        .map((entry, index) => ({ entry, turn: index + 1 }))
        .reverse()
        .map(({ entry, turn }, index) => (
          <Entry
            key={entry.id}
            entry={entry}
            before={toldBefore(wire, turn - 1)}
            turnsBefore={turnsBefore(wire, turn - 1)}
            number={turn}
            isNewest={index === 0}
          />
        ))}
    </ol>
  );
}

/** What the webhooks of the same leg have told so far; undefined for the first one. */
function toldBefore(wire: readonly WireEntry[], index: number): WireEntry["params"] | undefined {
  const leg = wire[index]?.params.CallSid;
  const before = wire.slice(0, index).filter(({ params }) => params.CallSid === leg);
  return before.length === 0 ? undefined : Object.assign({}, ...before.map(({ params }) => params));
}

/** The turns of the call up to an entry. A text message belongs to no call, and nothing comes before it. */
function turnsBefore(wire: readonly WireEntry[], index: number): TurnView[] {
  if (wire[index]?.params.CallSid === undefined) return [];
  return wire.slice(0, index).flatMap(({ turn }) => turn ?? []);
}

interface EntryProps {
  entry: WireEntry;
  before: WireEntry["params"] | undefined;
  turnsBefore: readonly TurnView[];
  number: number;
  isNewest: boolean;
}

function Entry({ entry, before, turnsBefore, number, isNewest }: EntryProps) {
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
        {turn && <Done turn={turn} before={turnsBefore} />}
        {turn?.error !== undefined && <p class="is-bad">{turn.error}</p>}
        {turn?.cut && <p class="is-bad">Cut to their maxLength: {turn.cut.join(", ")}</p>}
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

/** The steps that a webhook has gone through, and what they did beside the call. */
function Done({ turn, before }: { turn: TurnView; before: readonly TurnView[] }) {
  const { path, beside, messages = [] } = turn;
  const set = beside ? setIn(turn, before) : [];
  return (
    <div class="done">
      <p>
        {beside && <span class="beside-call">Beside the call: </span>}
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

/** A ticket is long and says nothing to anybody: it is copied with the rest, and not shown. */
function withoutTickets(xml: string): string {
  return xml.replace(/([?&;]t=)[\w-]{12,}/g, "$1…");
}

/** What the caller entered at a sensitive step is masked; what is empty is left out. */
function shownParams({ params, turn }: WireEntry): [name: string, value: string][] {
  const hidden = turn?.secret ? ["Digits", "SpeechResult"] : [];
  return Object.entries(params)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, hidden.includes(name) ? MASK : value]);
}

function Xml({ text }: { text: string }) {
  if (text === "") return <p class="faint">Nothing came back.</p>;
  return (
    <pre class="xml">
      {formatXml(withoutTickets(text)).map((line, index) => (
        <code key={index}>
          {line.map((piece) => (piece.kind === "tag" ? piece.text : <b>{piece.text}</b>))}
          {"\n"}
        </code>
      ))}
    </pre>
  );
}

function Copy({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button type="button" class="small copy" aria-label={label} onClick={() => void copy()}>
      <Icon name="copy" />
      <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
    </button>
  );
}
