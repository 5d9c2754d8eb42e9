/** A question that somebody answers later, by a button of the page. */

/** Holds at most one open question. */
export interface Slot<T> {
  /** Asks; resolves to "hangup" if the call ends first. */
  ask(): Promise<T | "hangup">;
  /** Answers the open question, if there is one. */
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
