/** `ringflow text <flow> [words]`: sends a text message to a running Worker, or holds a conversation with it. */
import { createInterface } from "node:readline";
import { styleText } from "node:util";
import { converse, writeTo } from "../terminal/text-thread.ts";
import { chooseFlow, lineTo, type WorkerAt } from "../terminal/worker-at.ts";

/** Who writes, and to which number. */
export interface TextCommand extends WorkerAt {
  /** E.164. */
  from: string;
  to: string;
  /** The URLs of the pictures to send along with the words. */
  media?: string[] | undefined;
  /** Parameters of the webhook. */
  parameter?: Readonly<Record<string, string>>;
  print(line: string): void;
  /** The messages of a conversation, line by line. */
  input?: NodeJS.ReadableStream;
}

/**
 * Sends a text message to a flow; without words, one for each line of the input, as a conversation. Returns the exit code: 1
 * if a message could not be sent, or a reply has a problem.
 */
export async function text(flow: string, body: string, command: TextCommand): Promise<number> {
  const { from, to, media, parameter, print, input = process.stdin } = command;
  const chosen = await chooseFlow(command, flow, "text");
  if ("complaint" in chosen) {
    print(styleText("red", chosen.complaint));
    return 1;
  }
  print(styleText("dim", `texting ${chosen.base}/sms/${chosen.flow} from ${from} to ${to}`));
  const line = { ...lineTo(command), clock: { now: Date.now, pass: () => undefined }, cookies: new Map() };
  const thread = { ...chosen, from, to, parameter, line, print };
  if (body !== "" || media) return (await writeTo(thread, body, media)) ? 0 : 1;
  const typing = createInterface({ input });
  // Lines that come before they are read are kept from here on.
  const isGood = await converse(thread, typing[Symbol.asyncIterator]());
  typing.close();
  return isGood ? 0 : 1;
}
