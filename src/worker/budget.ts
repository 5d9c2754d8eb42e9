/**
 * One budget of time for all that a webhook waits for, counted from its arrival. Twilio gives up after 15 s, and then the
 * caller hears Twilio's error: what is not there in time counts as missing, and the caller hears something.
 */

/** Milliseconds after which the store is read no more. */
export const READS_MS = 8000;
/** Milliseconds after which services are asked no more. */
export const REQUESTS_MS = 10_000;
/** Milliseconds after which a reply waits for nothing more: two seconds are left for the way to Twilio. */
export const REPLY_MS = 13_000;

/** The milliseconds that are left of a part of the budget, but at most `most`; 0 if there are none. */
export function left(arrived: number, part: number, most: number): number {
  return Math.max(0, Math.min(most, arrived + part - Date.now()));
}
