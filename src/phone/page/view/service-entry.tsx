/** A service that a turn asked: what was sent, and what came back. */
import type { ServiceRequestView } from "../contract/turn.ts";
import type { Value } from "../contract/value.ts";
import { outcomeOf } from "../text/exits.ts";
import { Copy } from "./copy.tsx";

/** One request to a service, next to the webhook that it was made for. Open if it failed. */
export function ServiceEntry({ asked, isOpen }: { asked: ServiceRequestView; isOpen: boolean }) {
  const { step, method, url, body, milliseconds, standIn, why } = asked;
  const outcome = outcomeOf(asked);
  const isBad = !/^2\d\d$/.test(outcome);
  return (
    <details class="is-service" open={isOpen && isBad}>
      <summary>
        <span class="count" aria-hidden="true">
          ⇄
        </span>
        <span class="what">
          {step === undefined ? "" : `${step} `}asks {placeOf(url)}
        </span>
        <span class={isBad ? "status is-bad" : "status"}>{outcome}</span>
        <span class="ms">{standIn ? "stand-in" : `${Math.max(1, Math.round(milliseconds))} ms`}</span>
      </summary>
      <p class="address">
        {method} {url}
      </p>
      {standIn && (
        <p class="done">
          {standIn === "example"
            ? "Not sent. No test has an answer for this URL, so this is an example."
            : `Not sent. The answer is that of the test “${standIn.test}”.`}
        </p>
      )}
      {why !== undefined && <p class="is-bad done">{why}</p>}
      {body !== undefined && <Body name="Sent" value={body} />}
      <Answer asked={asked} />
    </details>
  );
}

function Answer({ asked: { answer } }: { asked: ServiceRequestView }) {
  const { json, text } = answer;
  const value = json ?? text;
  if (value === undefined || value === "") return <p class="faint done">The answer has no body.</p>;
  return <Body name="Answer" value={value} />;
}

function Body({ name, value }: { name: string; value: Value }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return (
    <div class="part">
      <h2>{name}</h2>
      <Copy label={`Copy what was ${name === "Sent" ? "sent" : "answered"}`} text={text} />
      <pre class="xml">{text}</pre>
    </div>
  );
}

/** A URL without its scheme. */
function placeOf(url: string): string {
  return url.replace(/^https?:\/\//, "");
}
