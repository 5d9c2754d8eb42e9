/** `ringflow text <flow> <words>`: sends a text message to a running Worker and shows the replies. */
import { styleText } from "node:util";
import { withQuery } from "../../phone/carrier.ts";
import { sendText } from "../../phone/text-message.ts";
import { chooseFlow, lineTo, type WorkerAt } from "../terminal/worker-at.ts";

/** What to send, and to which number. */
export interface TextCommand extends WorkerAt {
  /** E.164. */
  from: string;
  to: string;
  /** The URLs of the pictures to send along. */
  media?: string[] | undefined;
  /** Parameters of the webhook. */
  parameter?: Readonly<Record<string, string>>;
  print(line: string): void;
}

/** Sends a text message to a flow. Returns the exit code: 1 if it could not be sent, or the reply has a problem. */
export async function text(flow: string, body: string, command: TextCommand): Promise<number> {
  const { from, to, media = [], parameter, print } = command;
  const complain = (complaint: string): void => print(styleText("red", complaint));
  const chosen = await chooseFlow(command, flow, "text");
  if ("complaint" in chosen) {
    complain(chosen.complaint);
    return 1;
  }
  const url = `${chosen.base}/sms/${chosen.flow}`;
  print(styleText("dim", `texting ${url} from ${from} to ${to}`));
  const { messages, problems } = await sendText(
    lineTo(command),
    withQuery(url, parameter),
    { from, to, body, media },
    crypto.randomUUID(),
  );
  for (const message of messages) print(`${message.from} to ${message.to}: ${message.body}`);
  for (const { message } of problems) complain(message);
  if (messages.length === 0 && problems.length === 0) print(NOTHING);
  return problems.length > 0 ? 1 : 0;
}

const NOTHING = "No reply. A flow answers text messages with `onMessage`.";
