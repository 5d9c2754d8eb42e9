/** Compares a call with its replay against the current version. */

import { maskedLine, secretsOf } from "../call/secrets.ts";
import { MASK } from "../contract/value.ts";
import type { State } from "../state.ts";
import type { Comparison } from "../text/diff.ts";

const MARKS = { both: " ", before: "−", after: "+" } as const;
const WORDS = { both: "", before: "Before: ", after: "Now: " } as const;

/** What came of playing the call again. */
export function ReplayPane({ state: { replay, call } }: { state: State }) {
  const secrets = secretsOf(call?.requests ?? []);
  const before = call?.requests.find(({ turn }) => turn)?.turn?.version;
  if (!replay) return <p class="nothing">Make a call, then replay it here.</p>;
  const { version, comparison } = replay;
  return (
    <>
      <h2 aria-live="polite">{verdictOn(comparison)}</h2>
      <p class="faint">
        {before === version ? (
          <>
            Both on version <code>{version}</code>
          </>
        ) : (
          <>
            <code>{before}</code> before, <code>{version}</code> now
          </>
        )}
      </p>
      <ol class="diff">
        {comparison?.lines.map(({ in: side, text }, index) => (
          <li key={index} class={index === comparison.differs ? `is-${side} is-first` : `is-${side}`}>
            <span aria-hidden="true">{MARKS[side]} </span>
            <span class="unseen">{WORDS[side]}</span>
            {maskedLine(text, secrets, MASK)}
          </li>
        ))}
      </ol>
    </>
  );
}

function verdictOn(comparison: Comparison | undefined): string {
  if (!comparison) return "Replaying the call …";
  return comparison.differs === undefined ? "The calls are identical" : "The calls differ";
}
