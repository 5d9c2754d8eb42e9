/** `ringflow disconnect`: puts back what a number had before `ringflow connect`. */
import type { Account, AccountNumber, AccountOptions } from "../../account/account.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { openAccount } from "../../account/open.ts";
import { describeReach, findNumber, messageReach, voiceReach } from "../../account/reach.ts";
import {
  differing,
  forgetReplaced,
  REPLACED,
  type Replaced,
  replacedAt,
  type Some,
} from "../../account/replaced.ts";
import { changes, refuseChanged } from "./changes.ts";

/** Options of `ringflow disconnect`. */
type DisconnectOptions = AccountOptions & Asking;

/**
 * Undoes `connect`. Settings that someone has changed since then stay as they are.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if there is no such number, or Twilio refuses
 */
export async function disconnect(typed: string, options: DisconnectOptions): Promise<number> {
  const { out } = options;
  const account = await openAccount(options.patience);
  const number = await findNumber(account, typed);
  const note = await replacedAt(number.sid);
  const { wanted, remarks } = note ? putBack(number, note) : unset(number);
  for (const remark of remarks) out.write(`${remark}\n`);
  if (differing(number, wanted).length === 0) {
    out.write(
      `Nothing to put back at ${number.phoneNumber}: ${describeReach(voiceReach(number))} answers it.\n`,
    );
    return 0;
  }
  for (const line of changes(number, wanted, out)) out.write(`${line}\n`);
  if (!(await agreed(`Change ${number.phoneNumber}?`, options))) return 1;
  await change(account, number, wanted);
  out.write(`${number.phoneNumber} is disconnected.\n`);
  return 0;
}

async function change(account: Account, number: AccountNumber, wanted: Some): Promise<void> {
  await refuseChanged(account, number, wanted);
  await account.setNumber(number.sid, wanted);
  await forgetReplaced(number.sid);
}

/** What was there, for every setting that is still as `connect` set it. */
function putBack(number: AccountNumber, { before, set }: Replaced): { wanted: Some; remarks: string[] } {
  const changed = differing(number, set).filter((key) => number[key] !== before[key]);
  const wanted = Object.fromEntries(
    Object.entries(before).filter(([key]) => !changed.some((one) => one === key)),
  );
  const remarks = changed.length === 0 ? [] : [`Changed since then, and left alone: ${changed.join(", ")}.`];
  return { wanted, remarks };
}

/** Without a note, only what leads to a flow can be taken away. */
function unset(number: AccountNumber): { wanted: Some; remarks: string[] } {
  const hasVoice = voiceReach(number).kind === "flow";
  const hasMessages = messageReach(number).kind === "flow";
  const wanted: Some = {
    ...(hasVoice && { voiceUrl: "" }),
    ...(hasVoice && /\/status\/[\w.-]+$/.test(number.statusCallback) && { statusCallback: "" }),
    ...(hasMessages && { smsUrl: "" }),
  };
  const lost = `${REPLACED} does not have ${number.phoneNumber}: it was not connected from this folder, so what was there before is not known.`;
  return { wanted, remarks: differing(number, wanted).length === 0 ? [] : [lost] };
}
