/** The account's numbers that send texts to the US, as carriers there see them. */
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Source } from "../../../program/op.ts";
import { opsIn } from "../../../program/ops.ts";
import type { Program } from "../../../program/program.ts";
import type { AccountNumber } from "../account.ts";
import { messageReach, type Reach, voiceReach } from "../reach.ts";
import { countryOf } from "./called.ts";

/** A number that sends texts to the US, and the flows that have it do so. */
export interface UsSender {
  number: AccountNumber;
  flows: string[];
}

/** Calls of the US and Canada that the called person pays begin so. */
const TOLL_FREE = /^\+18(?:00|33|44|55|66|77|88)/;

/** Whether a number is toll-free in the US and Canada: such a sender is verified, and not registered. */
export function isTollFree(phoneNumber: string): boolean {
  return TOLL_FREE.test(phoneNumber);
}

/**
 * The US numbers from which flows send texts that can reach the US: the sender that a message names, else each number
 * that reaches the flow.
 */
export function usSenders(
  numbers: readonly AccountNumber[],
  url: string,
  flows: readonly BuiltFlow[],
  variables: Readonly<Record<string, string>>,
): UsSender[] {
  return numbers.filter(isUs).flatMap((number) => {
    const sending = flows.filter((flow) => sends(number, url, flow, variables));
    return sending.length === 0 ? [] : [{ number, flows: sending.map(({ flow }) => flow.name) }];
  });
}

function isUs({ canSend, phoneNumber }: AccountNumber): boolean {
  return canSend && (isTollFree(phoneNumber) || countryOf(phoneNumber) === "US");
}

function sends(
  number: AccountNumber,
  url: string,
  { program }: BuiltFlow,
  variables: Readonly<Record<string, string>>,
): boolean {
  const isHere = (reach: Reach): boolean =>
    reach.kind === "flow" && reach.worker === url && reach.flow === program.flow;
  const reaches = isHere(voiceReach(number)) || isHere(messageReach(number));
  return formsOf(program).some(({ From, To }) => {
    const [from, to] = [knownIn(From, variables), knownIn(To, variables)];
    return (from === undefined ? reaches : from === number.phoneNumber) && canBeUs(to);
  });
}

/** The forms of all messages that a flow and its parts send. */
function formsOf({ steps }: Program): Record<string, Source>[] {
  const blocks = Object.values(steps).flatMap((step) => Object.values(step.blocks));
  return blocks.flatMap(opsIn).flatMap((op) => (op.op === "send" ? [op.form] : []));
}

/** A value that is known before a call; undefined if the call decides, or its variable is not set here. */
function knownIn(
  source: Source | undefined,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  if (source && "value" in source) return String(source.value);
  return source && "env" in source ? variables[source.env] : undefined;
}

// Other channels, such as `whatsapp:`, are not the carriers' business.
function canBeUs(to: string | undefined): boolean {
  return to === undefined || countryOf(to) === "US";
}
