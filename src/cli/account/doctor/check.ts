/** What `ringflow doctor` has to say about one thing. */
import { Problem } from "../../problem.ts";
import { Refused } from "../refused.ts";

/** A finding: all is well, something is wrong, or something that cannot be found out from here. */
export interface Check {
  state: "ok" | "problem" | "note";
  /** A sentence. */
  about: string;
  /** The command, or the place in the Console, that mends it. */
  fix?: string;
}

/** A check that all is well. */
export const ok = (about: string): Check => ({ state: "ok", about });
/** A check that something is wrong, and what mends it. */
export const problem = (about: string, fix?: string): Check => ({
  state: "problem",
  about,
  ...(fix !== undefined && { fix }),
});
/** A check that there is something to know. */
export const note = (about: string, fix?: string): Check => ({
  state: "note",
  about,
  ...(fix !== undefined && { fix }),
});

/** Runs checks. If they cannot be made, the reason is a problem of its own, and the other checks continue. */
export async function checking(run: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem) return [problem(error.message)];
    throw error;
  }
}

/**
 * Runs checks that a restricted API key may not make, and that another API than Twilio's does not have: a note says so.
 * @param what what cannot be found out then, such as `whether the account can call FR`
 * @param place where the Console shows it
 */
export async function asking(what: string, place: string, run: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await run();
  } catch (error) {
    const why = whyNotAsked(error);
    if (why === undefined) throw error;
    return [note(`Could not ask ${what}: ${why}.`, place)];
  }
}

/** Why something cannot be asked, although Twilio is well; undefined for another failure. */
export function whyNotAsked(error: unknown): string | undefined {
  if (!(error instanceof Refused)) return undefined;
  const { status, code } = error;
  const answer = code === 0 ? `status ${status}` : `Twilio ${code}`;
  if (status === 401 || status === 403) return `these credentials are not allowed to (${answer})`;
  return status === 404 ? `this API does not say (${answer})` : undefined;
}
