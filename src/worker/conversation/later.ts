/** What is tried again a little later, after the reply. */
import type { Web } from "../http.ts";

/** Milliseconds after which the object learns what it missed, and the storage what it did not take. */
const LATER_MS = 5000;

/** Waits until it is time to try again. */
export function later({ wait }: Web): Promise<void> {
  return wait ? wait(LATER_MS) : new Promise((resolve) => setTimeout(resolve, LATER_MS));
}
