/** The twelve keys of a phone. */
import { KEYS } from "../call/keys.ts";
import type { Side } from "../state.ts";
import { usePage } from "./use-page.ts";

/** Pressed with mouse, finger or keyboard; each sounds as it does on a phone. */
export function Keypad({ side, isSmall }: { side: Side; isSmall: boolean }) {
  const page = usePage();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own that grids do not take.
    <div class={isSmall ? "keypad is-small" : "keypad"} role="group" aria-label="Keys">
      {KEYS.map(({ key, letters }) => (
        <button key={key} type="button" aria-label={NAMES[key] ?? key} onClick={() => page.press(side, key)}>
          <span aria-hidden="true">{key === "*" ? "∗" : key}</span>
          <small aria-hidden="true">{letters}</small>
        </button>
      ))}
    </div>
  );
}

const NAMES: Readonly<Record<string, string>> = { "*": "star", "#": "pound" };
