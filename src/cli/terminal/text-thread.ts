/** A text conversation in the terminal: what is typed is sent, and what comes back is shown, at once or later. */
import { styleText } from "node:util";
import { withQuery } from "../../phone/carrier.ts";
import type { Line } from "../../phone/leg/line.ts";
import { type ConversationView, conversationPath } from "../../phone/page/contract/conversation.ts";
import { sendText } from "../../phone/text-message.ts";
import { optOutWord } from "../../program/opt-out.ts";

/** Where a conversation is held. */
export interface Thread {
  /** The Worker's URL without a slash at the end. */
  base: string;
  flow: string;
  /** E.164. */
  from: string;
  to: string;
  /** Parameters of the webhook. */
  parameter?: Readonly<Record<string, string>> | undefined;
  line: Line;
  print(line: string): void;
}

/** What is shown if nothing comes back. */
const NO_REPLY = "No reply. A flow answers text messages with `onMessage`.";
/** What is shown if a message of a conversation has no reply. */
const NO_WORDS = "no reply";

/** What is shown instead if Twilio itself acts on the message. */
function withoutReply(body: string, otherwise: string): string {
  return optOutWord(body) === undefined ? otherwise : `No reply: Twilio itself acts on "${body}".`;
}

/** Sends a text message and shows the replies. False if it could not be sent, or a reply has a problem. */
export async function writeTo(
  { base, flow, from, to, parameter, line, print }: Thread,
  body: string,
  media: readonly string[] = [],
  nothing = NO_REPLY,
): Promise<boolean> {
  const { messages, problems } = await sendText(
    line,
    withQuery(`${base}/sms/${flow}`, parameter),
    { from, to, body, media },
    crypto.randomUUID(),
  );
  for (const message of messages) print(`${message.from} to ${message.to}: ${message.body}`);
  for (const { message } of problems) print(styleText("red", message));
  if (messages.length === 0 && problems.length === 0) print(withoutReply(body, nothing));
  return problems.length === 0;
}

/** How often a conversation is looked at, in milliseconds. */
const LOOK_MS = 1000;

/**
 * Holds a conversation, line by line. An empty line lets the time pass until the flow no longer waits.
 * @returns whether every message could be sent
 */
export async function converse(thread: Thread, lines: AsyncIterable<string>): Promise<boolean> {
  const { print } = thread;
  let isGood = true;
  let seen = latestIn(await look(thread));
  const show = (view: ConversationView | undefined): void => {
    for (const { id, turn } of view?.timeouts ?? []) {
      if (id <= seen) continue;
      seen = id;
      for (const { to, body } of turn.messages ?? []) print(`${thread.to} to ${to}: ${body}`);
      if (turn.error !== undefined) print(styleText("red", turn.error));
    }
  };
  // Only the development entry shows what becomes of a conversation.
  const looking = setInterval(() => void look(thread).then(show), LOOK_MS);
  print(styleText("dim", "(write a message; an empty line lets the time pass; Ctrl+D ends)"));
  for await (const typed of lines) {
    const words = typed.trim();
    if (words !== "") isGood = (await writeTo(thread, words, [], styleText("dim", NO_WORDS))) && isGood;
    const view = words === "" ? await look(thread, "POST") : await look(thread);
    show(view);
    print(styleText("dim", words === "" && !view ? NO_TIME : waitingIn(view)));
  }
  clearInterval(looking);
  return isGood;
}

const NO_TIME = "Only a Worker of `npx ringflow start` lets the time pass.";

function waitingIn(view: ConversationView | undefined): string {
  if (!view) return "";
  const { waits, now } = view;
  if (!waits) return "(the conversation is over)";
  return `(${waits.step} waits for ${durationOf(Math.max(0, waits.until - now))})`;
}

/** A time in its largest whole unit. */
function durationOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return `${Math.round(milliseconds / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function latestIn(view: ConversationView | undefined): number {
  return view?.timeouts.at(-1)?.id ?? 0;
}

/** What development knows of the conversation; undefined from any other Worker. POST runs its time-out. */
async function look(
  { base, flow, from, to }: Thread,
  method: "GET" | "POST" = "GET",
): Promise<ConversationView | undefined> {
  const response = await fetch(base + conversationPath(flow, from, to), { method }).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}
