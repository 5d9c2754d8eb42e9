/** `ringflow numbers`: the account's numbers, and what answers each. */
import type { AccountNumber, AccountOptions } from "../../account/account.ts";
import { openAccount } from "../../account/open.ts";
import { describeReach, messageReach, type Reach, voiceReach, workerUrl } from "../../account/reach.ts";

/** Options of `ringflow numbers`. */
interface NumbersOptions extends AccountOptions {
  /** The Worker that is ours; PUBLIC_URL if omitted. Without either, every flow is shown with its Worker. */
  url?: string;
  json?: boolean;
}

/**
 * Lists the numbers.
 * @returns the exit code, 0
 * @throws Problem if Twilio does not answer
 */
export async function numbers({ out, patience, url, json = false }: NumbersOptions): Promise<number> {
  const ours = await workerUrl(url).catch((error: unknown) => {
    if (url !== undefined) throw error;
    return "";
  });
  const account = await openAccount(patience);
  const all = (await account.numbers()).toSorted((a, b) => (a.phoneNumber < b.phoneNumber ? -1 : 1));
  if (json) {
    out.write(
      `${JSON.stringify(
        all.map((number) => asJson(number, ours)),
        null,
        2,
      )}\n`,
    );
    return 0;
  }
  if (all.length === 0)
    out.write(`The account ${account.sid} has no numbers. Buy one in Twilio's Console.\n`);
  const width = Math.max(...all.map(({ phoneNumber }) => phoneNumber.length));
  for (const number of all) out.write(`${number.phoneNumber.padEnd(width)}  ${lineOf(number, ours)}\n`);
  return 0;
}

function lineOf(number: AccountNumber, ours: string): string {
  const [voice, messages] = [voiceReach(number), messageReach(number)];
  const remarks = [
    ...(messages.kind === "nothing" ? [] : [`messages: ${words(messages, ours)}`]),
    ...(voice.kind === "flow" ? missing(number) : []),
  ];
  return words(voice, ours) + (remarks.length === 0 ? "" : ` (${remarks.join("; ")})`);
}

function missing({ voiceMethod, statusCallback, voiceFallbackUrl }: AccountNumber): string[] {
  return [
    ...(voiceMethod === "POST" ? [] : [`by ${voiceMethod}`]),
    ...(statusCallback === "" ? ["no status callback"] : []),
    ...(voiceFallbackUrl === "" ? ["no fallback"] : []),
  ];
}

function words(reach: Reach, ours: string): string {
  return reach.kind === "flow" && reach.worker === ours ? reach.flow : describeReach(reach);
}

function asJson(number: AccountNumber, ours: string): object {
  const told = (reach: Reach) => ({
    ...reach,
    ...(reach.kind === "flow" && { ours: reach.worker === ours }),
  });
  return {
    number: number.phoneNumber,
    sid: number.sid,
    name: number.friendlyName,
    voice: told(voiceReach(number)),
    method: number.voiceMethod,
    hasStatusCallback: number.statusCallback !== "",
    hasFallback: number.voiceFallbackUrl !== "",
    messages: told(messageReach(number)),
  };
}
