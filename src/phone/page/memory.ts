/** What the page remembers from one visit to the next: the form, and how prompts are heard. */
import { FIRST, type State } from "./state.ts";

const KEY = "ringflow-phone";

type Remembered = Pick<State, "setup" | "settings" | "seen">;

/** What was remembered; empty if there is nothing, or if the browser stores nothing. */
export function recall(): Partial<Remembered> {
  try {
    const stored: Partial<Remembered> & { seen?: number } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const settings = { ...FIRST.settings, ...stored.settings };
    // JSON has no Infinity.
    return {
      ...(stored.seen !== undefined && { seen: stored.seen }),
      setup: { ...FIRST.setup, ...stored.setup, at: "" },
      settings: { ...settings, rate: settings.rate ?? Number.POSITIVE_INFINITY },
    };
  } catch {
    return {};
  }
}

let last = "";

/** Remembers for the next visit. */
export function remember({ setup, settings }: Pick<State, "setup" | "settings">): void {
  const text = JSON.stringify({ setup, settings });
  if (text === last) return;
  last = text;
  try {
    localStorage.setItem(KEY, JSON.stringify({ setup, settings, seen: Date.now() }));
  } catch {
    // A browser that keeps nothing begins each visit anew.
  }
}
