/** What a command changes at a number: shown before, and refused if it is no longer what was shown. */
import { styleText } from "node:util";
import type { Account, AccountNumber } from "../../account/account.ts";
import { findNumber, shown, voiceReach } from "../../account/reach.ts";
import { currentOf, differing, type Some } from "../../account/replaced.ts";
import { Problem } from "../../problem.ts";

/** What changes, before and after. */
export function changes(number: AccountNumber, wanted: Some, stream: NodeJS.WritableStream): string[] {
  const value = (text: string): string => (text === "" ? "(nothing)" : shown(text));
  return differing(number, wanted).flatMap((key) => [
    `${LABELS[key]}:`,
    styleText("red", `  - ${value(number[key])}`, { stream }),
    styleText("green", `  + ${value(wanted[key] ?? "")}`, { stream }),
  ]);
}

/** As the Console calls them. */
const LABELS: Readonly<Record<keyof Some, string>> = {
  voiceUrl: "A call comes in",
  voiceMethod: "A call comes in, method",
  voiceFallbackUrl: "Primary handler fails",
  voiceFallbackMethod: "Primary handler fails, method",
  statusCallback: "Call status changes",
  statusCallbackMethod: "Call status changes, method",
  smsUrl: "A message comes in",
  smsMethod: "A message comes in, method",
};

/** Refuses if somebody has changed the number since it was shown. */
export async function refuseChanged(account: Account, before: AccountNumber, wanted: Some): Promise<void> {
  const now = await findNumber(account, before.phoneNumber);
  const current = currentOf(before, wanted);
  if (differing(now, current).length === 0 && voiceReach(now).kind === voiceReach(before).kind) return;
  throw new Problem(
    `${before.phoneNumber} was changed by someone else just now. Look at it, then try again.`,
  );
}
