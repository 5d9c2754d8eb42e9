/** A text message from the page to the flow's number, and what comes back. */
import { withQuery } from "../../carrier.ts";
import { simulatedClock } from "../../leg/line.ts";
import { numbersOf } from "../../script/scenario.ts";
import { sendText } from "../../text-message.ts";
import type { PhoneState } from "../contract.ts";
import type { RequestEntry, Setup, Texted } from "../state.ts";
import { entryOf, lineOf, textsLine } from "./lines.ts";
import { beginOf, pairsIn } from "./options.ts";
import { type LineAccount, pageLine } from "./page-line.ts";

/** Sends words to the flow, from the caller's number to the one that is called. Never rejects. */
export async function textFlow(
  account: LineAccount & Pick<PhoneState, "sendsTexts">,
  setup: Setup,
  body: string,
): Promise<Texted> {
  const { flow } = setup;
  const { person: from, line: to } = numbersOf(setup, setup.from, setup.to);
  const line = pageLine(location.origin, account, simulatedClock(beginOf(setup, Date.now())));
  const url = withQuery(`${location.origin}/sms/${flow}`, pairsIn(setup.parameters ?? ""));
  const requests: RequestEntry[] = [];
  const { messages, problems } = await sendText(
    line,
    url,
    { from, to, body },
    crypto.randomUUID(),
    (webhook) => void requests.push(entryOf(webhook, line)),
  );
  const lines = [
    ...messages.map((one) => (one.to === from ? lineOf(one.body, "voice") : textsLine(account, one))),
    ...requests.flatMap(({ turn }) => turn?.messages ?? []).map((one) => textsLine(account, one)),
    ...problems.map(({ message }) => lineOf(message, "problem")),
  ];
  return { lines: lines.length > 0 ? lines : [lineOf("The flow does not reply.", "note")], requests };
}
