/** `ringflow calls` and `ringflow hangup`: the account's calls. */
import { type AccountCall, type AccountOptions, LIVE } from "../../account/account.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { openAccount } from "../../account/open.ts";
import { Problem } from "../../problem.ts";

/** Options of `ringflow calls`. */
interface CallsOptions extends AccountOptions {
  /** Only calls that are not over. */
  live?: boolean;
  /** How many, at most. */
  limit?: number;
  json?: boolean;
}

/**
 * Lists calls, the newest first.
 * @returns the exit code, 0
 * @throws Problem if Twilio does not answer
 */
export async function calls({
  out,
  patience,
  live = false,
  limit = 20,
  json = false,
}: CallsOptions): Promise<number> {
  const account = await openAccount(patience);
  const found = await account.calls(live ? LIVE : [], limit);
  const newest = found.toSorted(
    (a, b) => (b.start?.getTime() ?? Infinity) - (a.start?.getTime() ?? Infinity),
  );
  const shown = newest.slice(0, limit);
  if (json) out.write(`${JSON.stringify(shown, null, 2)}\n`);
  else if (shown.length === 0) out.write(live ? "No calls in progress.\n" : "No calls.\n");
  else for (const call of shown) out.write(`${lineOf(call)}\n`);
  return 0;
}

function lineOf({ sid, from, to, status, direction, start }: AccountCall): string {
  const time = start ? start.toISOString().replace(/\.\d+Z$/, "Z") : "not begun".padEnd(20);
  return [sid, time, status.padEnd(11), direction.padEnd(13), `${from} → ${to}`].join("  ");
}

/** Options of `ringflow hangup`. */
type HangupOptions = AccountOptions & Asking;

/**
 * Ends a call, whether it is answered or not.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if there is no such call
 */
export async function hangup(sid: string, { out, patience, ...asking }: HangupOptions): Promise<number> {
  refuseNotSid(sid, "CA", "a call");
  const account = await openAccount(patience);
  const { from, to, status } = await account.call(sid);
  if (!LIVE.some((one) => one === status)) {
    out.write(`The call is over already: ${status}.\n`);
    return 0;
  }
  if (!(await agreed(`End the call from ${from} to ${to} (${status})?`, asking))) return 1;
  const after = await account.endCall(sid);
  out.write(`The call is ${after.status}.\n`);
  return 0;
}

/** Throws Problem for what cannot be the SID of such a resource. */
export function refuseNotSid(sid: string, prefix: string, what: string): void {
  if (new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return;
  throw new Problem(`"${sid}" is not the SID of ${what}: ${prefix} and 32 hexadecimal digits.`);
}
