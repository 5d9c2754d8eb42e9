/** Calls that a flow has placed: they ring on the page. */
import type { Clock } from "../../leg/line.ts";
import { exchange } from "../../leg/webhook.ts";
import type { PlacedCall, PlacedCallReport } from "../contract/state.ts";
import type { RequestEntry, Setup, State } from "../state.ts";
import { entryOf } from "./lines.ts";
import { type LineAccount, pageLine } from "./page-line.ts";

/** The call that rings now: none while the phone is busy with another. */
export function ringingNow({ server, call }: Pick<State, "server" | "call">): PlacedCall | undefined {
  if (call && !call.ended) return undefined;
  return server?.placed?.find(({ rings }) => rings !== undefined);
}

/** A placed call as the page makes it. */
export function setupOf(
  placed: PlacedCall,
  timezone: string,
  how: Pick<Setup, "answeredBy" | "unanswered">,
): Setup {
  const { flow, from, to } = placed;
  return { flow, from, to, direction: "outbound", caller: {}, at: "", timezone, placed, ...how };
}

/** Says what became of a call. False if it is past that: another page was faster, or it was ended. */
export async function report(report: PlacedCallReport): Promise<boolean> {
  const body = JSON.stringify(report);
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  return fetch("/phone/calls", init).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** How long the carrier listens before its verdict on a machine, in milliseconds. */
const VERDICT = 3000;

/**
 * Sends the asynchronous verdict on who answered, after a while; gives back how to prevent that. Source: Twilio,
 * "Answering machine detection", AsyncAmdStatusCallback.
 */
export function sendVerdict(
  account: LineAccount,
  clock: Clock,
  { sid, machineUrl }: PlacedCall,
  answeredBy: string,
  noted: (entry: RequestEntry) => void,
): () => void {
  if (machineUrl === undefined) return () => undefined;
  // A line of its own: the call's own keeps the turn of its last webhook.
  const line = pageLine(location.origin, account, clock);
  const params = { CallSid: sid, AccountSid: account.accountSid, AnsweredBy: answeredBy };
  const request = { url: location.origin + machineUrl, method: "POST", params } as const;
  const timer = setTimeout(() => {
    void exchange(line, request, crypto.randomUUID(), (webhook) => noted(entryOf(webhook, line)));
  }, VERDICT);
  return () => clearTimeout(timer);
}
