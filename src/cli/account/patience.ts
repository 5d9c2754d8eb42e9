/** How long a request to Twilio can take. */

/** How long to wait, in milliseconds. */
export interface Patience {
  /** For one answer. */
  answer: number;
  /** Before each further try of a request that only reads. A Retry-After overrules it, up to `longest`. */
  pauses: readonly number[];
  longest: number;
}

/** How long the commands wait. */
export const PATIENCE: Patience = { answer: 15_000, pauses: [500, 2000, 5000], longest: 20_000 };
