/** How long a request to Twilio can take, and how often it is repeated. */
import { setTimeout as sleep } from "node:timers/promises";

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

/** The part of an answer that says whether to try again; undefined if there was none. */
export interface Tried {
  status: number;
  retryAfter: string | undefined;
}

/** Sends a request that only reads, again and again while Twilio is busy, ill or silent. */
export async function repeated<A>(
  { pauses, longest }: Patience,
  send: () => Promise<A>,
  triedOf: (answer: A) => Tried | undefined,
): Promise<A> {
  let answer = await send();
  for (const pause of pauses) {
    const tried = triedOf(answer);
    if (tried && tried.status !== 429 && tried.status < 500) break;
    await sleep(Math.min(millisecondsIn(tried?.retryAfter) ?? pause, longest));
    answer = await send();
  }
  return answer;
}

// Twilio gives seconds; a date, which HTTP allows as well, is left to the pauses.
function millisecondsIn(retryAfter: string | undefined): number | undefined {
  return retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
}
