/** A text conversation of the page with the flow's number. */
import { withQuery } from "../../carrier.ts";
import { numbersOf, type ScriptStep } from "../../script/scenario.ts";
import { sendText } from "../../text-message.ts";
import type { ConversationView } from "../contract/conversation.ts";
import type { PhoneState } from "../contract/state.ts";
import type { MessageView } from "../contract/turn.ts";
import { MASK } from "../contract/value.ts";
import type { ConversationLine, RequestEntry, Setup, TextedMore } from "../state.ts";
import { inUnits } from "../text/time.ts";
import { type ConversationAt, conversationAt, timeoutsSince } from "./conversation-at.ts";
import { excerpt } from "./excerpt.ts";
import { entryOf, lineOf, nextId, textsLine } from "./lines.ts";
import { beginOf, pairsIn } from "./options.ts";
import { type PageClock, pageClock } from "./page-clock.ts";
import { type LineAccount, type PageLine, pageLine } from "./page-line.ts";

/** What a conversation needs of the page. */
type Account = LineAccount & Pick<PhoneState, "sendsTexts">;

/** A conversation of two numbers. */
export interface Thread {
  account: Account;
  setup: Setup;
  /** The moment at which it begins, in milliseconds since 1970. */
  begun: number;
  clock: PageClock;
  line: PageLine;
  at: ConversationAt;
  /** The last time-out that is shown. */
  seen: number;
  /** How long the last question waits, in milliseconds. */
  patience: number;
  /** Whether the flow waits for a message. */
  waits: boolean;
}

/** A conversation that has not begun. */
export function newThread(account: Account, setup: Setup): Thread {
  const begun = beginOf(setup, Date.now());
  const clock = pageClock(begun);
  const { person, line: number } = numbersOf(setup, setup.from, setup.to);
  return {
    account,
    setup,
    begun,
    clock,
    line: { ...pageLine(location.origin, account, clock), cookies: new Map() },
    at: conversationAt(location.origin, setup.flow, person, number),
    seen: 0,
    patience: 0,
    waits: false,
  };
}

/** Writes a message. Never rejects. */
export async function writeIn(
  thread: Thread,
  body: string,
  media: readonly string[] = [],
): Promise<TextedMore> {
  const { account, setup, line, at } = thread;
  const { person: from, line: to } = numbersOf(setup, setup.from, setup.to);
  const url = withQuery(`${location.origin}/sms/${setup.flow}`, pairsIn(setup.parameters ?? ""));
  const requests: RequestEntry[] = [];
  const { messages, problems } = await sendText(
    line,
    url,
    { from, to, body, media },
    crypto.randomUUID(),
    (webhook) => void requests.push(entryOf(webhook, line)),
  );
  const turns = requests.flatMap(({ turn }) => turn ?? []);
  // In a test, what a flow sends comes before its reply.
  const sent = [...turns.flatMap((turn) => turn.messages ?? []), ...messages];
  const lines = [
    ...messages.map((one) => messageLine(thread, one)),
    ...turns.flatMap((turn) => turn.messages ?? []).map((one) => textsLine(account, one)),
    ...problems.map(({ message }) => lineOf(message, "problem")),
  ];
  const step = turns.at(-1)?.next;
  const view = step !== undefined || thread.waits ? await at.look() : undefined;
  thread.seen = view?.timeouts.at(-1)?.id ?? thread.seen;
  if (lines.length === 0 && step === undefined) lines.push(lineOf("The flow does not reply.", "note"));
  const { waits, over } = waitingFor(thread, view, step);
  return {
    lines: [...lines, ...over],
    requests,
    script: [
      { text: body, ...(media.length > 0 && { media }) },
      ...sent.flatMap((one) => smsStep(from, one)),
    ],
    ...(waits && { waits }),
  };
}

/** Lets the time pass until the flow no longer waits. */
export async function passIn(thread: Thread): Promise<TextedMore> {
  return shown(thread, await thread.at.pass());
}

/** What has happened since the last look; undefined if nothing has. */
export async function lookAt(thread: Thread): Promise<TextedMore | undefined> {
  const view = await thread.at.look();
  return timeoutsSince(view, thread.seen).length > 0 ? shown(thread, view) : undefined;
}

/** What time-outs have done. */
function shown(thread: Thread, view: ConversationView | undefined): TextedMore {
  const { setup, clock } = thread;
  const { person } = numbersOf(setup, setup.from, setup.to);
  const fresh = timeoutsSince(view, thread.seen);
  const lines: ConversationLine[] = [];
  const requests: RequestEntry[] = [];
  const script: ScriptStep[] = [];
  for (const { id, turn } of fresh) {
    const wait = inUnits(thread.patience / 1000);
    const { messages = [], error } = turn;
    lines.push(lineOf(`No message for ${wait}.`, "note"), ...messages.map((one) => messageLine(thread, one)));
    if (error !== undefined) lines.push(lineOf(error, "problem"));
    script.push({ wait }, ...messages.flatMap((one) => smsStep(person, one)));
    requests.push(timeoutEntry(setup.flow, turn));
    thread.seen = id;
  }
  if (view) clock.skip(Math.max(0, view.now - clock.now()) / 1000);
  const { waits, over } = waitingFor(thread, view, fresh.at(-1)?.turn.next);
  return { lines: [...lines, ...over], requests, script, ...(waits && { waits }) };
}

/** A time-out among the webhooks. */
function timeoutEntry(flow: string, turn: NonNullable<RequestEntry["turn"]>): RequestEntry {
  const url = `${location.origin}/sms/${flow}`;
  return {
    id: nextId(),
    method: "",
    url,
    params: {},
    status: 200,
    milliseconds: 0,
    body: "",
    turn,
    isTimeout: true,
  };
}

/** What is waited for, or that the conversation is over if nothing is any longer. */
function waitingFor(
  thread: Thread,
  view: ConversationView | undefined,
  step: string | undefined,
): Pick<TextedMore, "waits"> & { over: ConversationLine[] } {
  const waits = view?.waits ?? (step === undefined ? undefined : { step });
  const isOver = thread.waits && !waits;
  thread.waits = waits !== undefined;
  if (view?.waits) thread.patience = view.waits.until - view.now;
  return { ...(waits && { waits }), over: isOver ? [lineOf("The conversation is over.", "note")] : [] };
}

/** A message that comes back to the person, or one that goes to somebody else. */
function messageLine({ account, setup }: Thread, message: MessageView): ConversationLine {
  const { person } = numbersOf(setup, setup.from, setup.to);
  return message.to === person ? lineOf(message.body, "voice") : textsLine(account, message);
}

/** The line of a test for a message; none if something in it must not be shown. */
function smsStep(person: string, { to, body }: MessageView): ScriptStep[] {
  if (to.includes(MASK) || body.includes(MASK)) return [];
  return [{ sms: excerpt(body), ...(to !== person && { to }) }];
}
