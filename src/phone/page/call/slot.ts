/** A question that somebody answers later, by a button of the page. */

/** Holds at most one open question. */
export interface Slot<T> {
  /** Asks; "hangup" where the call is given up meanwhile. */
  ask(): Promise<T | "hangup">;
  /** Answers the open question; nothing happens where none is open. */
  answer(answer: T | "hangup"): void;
}

/** A slot without a question. */
export function newSlot<T>(): Slot<T> {
  let resolve: ((answer: T | "hangup") => void) | undefined;
  return {
    ask: () =>
      new Promise((given) => {
        resolve = given;
      }),
    answer: (answer) => {
      resolve?.(answer);
      resolve = undefined;
    },
  };
}
