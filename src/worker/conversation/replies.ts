/** How many messages of a pair are answered: two programs that answer each other would never stop by themselves. */

/** The messages of a pair that were taken since a moment. */
export interface Replies {
  /** In milliseconds since 1970. */
  since: number;
  count: number;
}

/**
 * More than a person writes to one flow in a day. Twilio itself fails replies that follow each other within 30 s, after 30 of
 * them, so what is left are programs that answer more slowly. Source: Twilio, "14107: SMS send rate limit exceeded".
 */
export const MOST_REPLIES = 100;
const PERIOD_MS = 24 * 3600 * 1000;

/** Counts one more message. A day after the first one, counting begins anew. */
export function countOne(before: Replies | undefined, now: number): Replies {
  // The clock can be set back.
  const isOver = !before || Math.abs(now - before.since) >= PERIOD_MS;
  return isOver ? { since: now, count: 1 } : { since: before.since, count: before.count + 1 };
}

/** Whether a message gets no answer any more. */
export function isTooMany({ count }: Replies): boolean {
  return count > MOST_REPLIES;
}

/** Why the first such message is not answered; undefined for those after it, so that the operator reads it once. */
export function whyMuted({ count }: Replies): string | undefined {
  if (count !== MOST_REPLIES + 1) return undefined;
  return (
    `not answered: ${MOST_REPLIES} messages of one person within 24 hours, as if two programs answer each other; ` +
    "the flow answers this person again when these are over"
  );
}
