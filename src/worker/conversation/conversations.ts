/**
 * The Durable Object of a conversation: it takes the messages of two numbers one after the other, remembers its last answers,
 * and runs the time-outs of questions.
 */
import { readEvent } from "../../engine/event.ts";
import { messageOf } from "../../program/message-of.ts";
import type { Deps } from "../deps.ts";
import type { LogLine } from "../log.ts";
import { reply } from "../reply.ts";
import { within } from "../store.ts";
import { openText, sealText } from "../ticket.ts";
import { type Conversation, isDue, openConversation, type Pair, sealConversation } from "./conversation.ts";
import { replyWith } from "./cookie.ts";
import { readNoted } from "./noted.ts";
import { NOTHING, type Taken, takeMessage, takeTimeout } from "./turn.ts";
import { withState } from "./whole.ts";

/** A text message, as the Worker hands it on. */
export interface Delivery {
  pair: Pair;
  /** The parameters of its webhook. */
  params: Readonly<Record<string, string>>;
  /** The sealed conversation that came with it. */
  cookie?: string | undefined;
  /** When it was handed on, by the system clock. */
  sent: number;
  /** The cookie alone has served it: there is nothing to do but to remember what the cookie has. */
  isAnswered?: true;
}

/** What the object stores. */
export interface Stored {
  pair: Pair;
  /** The conversation. */
  sealed: string;
  /** The last messages by their MessageSid, the latest last, and how each was answered. */
  answers: readonly (readonly [sid: string, sealed: string])[];
}

/** The part of a Durable Object's storage that is used. */
export interface ConversationStorage {
  get(key: string): Promise<Stored | undefined>;
  put(key: string, value: Stored): Promise<void>;
  delete(key: string): Promise<unknown>;
  setAlarm(at: number): Promise<void>;
}

/** Milliseconds after which the Worker takes the object for dead. */
export const DEAD_MS = 4000;
/** Milliseconds after which the object says that it is still at work. */
const BUSY_MS = 2500;
/** Milliseconds that the storage has. */
const STORAGE_MS = 2000;
/** How many answers are remembered, and for how long after the last message. */
const MOST_ANSWERS = 10;
const REMEMBERED_MS = 25 * 3600 * 1000;

const KEY = "conversation";

/** What a message is answered with; `undefined` if it is no one's. */
type Answer = Pick<Taken, "twiml" | "after"> | undefined;

/** POST of a `Delivery` answers with TwiML; with 202 while it is at work, with 204 if there is no conversation. */
export class Conversations {
  readonly #storage: ConversationStorage;
  readonly #deps: Deps;
  /** The messages that wait or are being answered, by their MessageSid. */
  readonly #running = new Map<string, Promise<Answer>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(storage: ConversationStorage, deps: Deps) {
    this.#storage = storage;
    this.#deps = deps;
  }

  async fetch(request: Request): Promise<Response> {
    const delivery: Delivery = await request.json();
    const { pair, params, sent, isAnswered } = delivery;
    if (isAnswered) return this.#inTurn(() => this.#adopt(delivery));
    // Nobody waits any longer: the cookie alone has served it.
    if (Date.now() - sent > DEAD_MS) return new Response(null, { status: 504 });
    const running = this.#running.get(params.MessageSid ?? "") ?? this.#start(delivery);
    const outcome = await within(
      BUSY_MS,
      running.then((answer) => ({ answer })),
    );
    if (!outcome) return new Response(null, { status: 202 });
    const { twiml, after } = outcome.answer ?? {};
    if (twiml === undefined) return new Response(null, { status: 204 });
    return after ? replyWith(this.#deps, pair, twiml, after) : reply(twiml);
  }

  /** Runs the time-out that is due, or forgets what no one will ask for. */
  async alarm(): Promise<void> {
    const effects: Promise<unknown>[] = [];
    await this.#inTurn(() => this.#wake(this.#collecting(effects)));
    // An alarm that is over can be the end of the object.
    await Promise.all(effects);
  }

  #start(delivery: Delivery): Promise<Answer> {
    const { MessageSid = "" } = delivery.params;
    const effects: Promise<unknown>[] = [];
    const running = this.#inTurn(() => this.#take(this.#collecting(effects), delivery)).finally(() => {
      this.#running.delete(MessageSid);
      this.#deps.waitUntil(Promise.all(effects));
    });
    this.#running.set(MessageSid, running);
    return running;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #collecting(effects: Promise<unknown>[]): Deps {
    return { ...this.#deps, waitUntil: (work) => effects.push(work) };
  }

  async #take(deps: Deps, delivery: Delivery): Promise<Answer> {
    const began = Date.now();
    const { pair, params } = delivery;
    const event = readEvent(params);
    const line: LogLine = { call: event.sid, flow: pair.flow, event: "message" };
    let isOurs = true;
    try {
      const stored = await this.#read();
      const held = await latest(deps, delivery, stored, line);
      const known = await answerTo(deps, pair, event.sid, stored, held);
      if (known !== undefined) {
        line.duplicate = true;
        return { twiml: known, ...(held && { after: held }) };
      }
      const before = held && (await passed(deps, pair, held));
      const taken = await takeMessage(deps, pair, event, before, line);
      isOurs = taken !== undefined;
      const after = taken?.after ?? before;
      if (after && after !== held) {
        const answer = taken && ([event.sid, taken.twiml] as const);
        line.store ??= await this.#write(pair, stored, after, answer);
      }
      return taken;
    } catch (error) {
      line.error = messageOf(error);
      throw error;
    } finally {
      if (isOurs) deps.log({ ...line, ms: Date.now() - began });
    }
  }

  /** Remembers what the cookie has, if that is newer. */
  async #adopt(delivery: Delivery): Promise<Response> {
    const { pair } = delivery;
    const line: LogLine = { call: delivery.params.MessageSid ?? "", flow: pair.flow, event: "conversation" };
    const stored = await this.#read();
    const held = await latest(this.#deps, delivery, stored, line);
    if (held) await this.#write(pair, stored, held);
    return new Response(null, { status: 204 });
  }

  /** Runs the time-out that is due, or forgets what no one will ask for. */
  async #wake(deps: Deps): Promise<void> {
    const stored = await this.#read();
    if (!stored) return;
    const { pair, sealed } = stored;
    const held = await openConversation(deps.sealing, pair, sealed);
    const line = { call: held?.last ?? "", flow: pair.flow, event: "timeout" };
    if (!held) deps.log({ ...line, degraded: true, store: NOT_OPEN });
    if (held && isDue(held, deps.callTime())) {
      const store = await this.#write(pair, stored, await passed(deps, pair, held));
      if (store) deps.log({ ...line, store });
    } else if (held && wakeAt(held) > deps.callTime()) await this.#storage.setAlarm(wakeAt(held));
    else await this.#storage.delete(KEY);
  }

  async #read(): Promise<Stored | undefined> {
    const read = await within(
      STORAGE_MS,
      this.#storage.get(KEY).then((stored) => ({ stored })),
    );
    if (!read) throw new Error("the conversation's storage did not answer in time");
    return read.stored;
  }

  /** Writes the conversation, and sets its alarm; or returns why not. Never rejects. */
  async #write(
    pair: Pair,
    stored: Stored | undefined,
    after: Conversation,
    answer?: readonly [sid: string, twiml: string],
  ): Promise<string | undefined> {
    const { sealing } = this.#deps;
    const sealed = await sealConversation(sealing, pair, after);
    const answers = [...(stored?.answers ?? [])];
    if (answer) answers.push([answer[0], await sealText(sealing, boundTo(answer[0]), answer[1])]);
    // Without an await between them, both are written or none.
    const writing = Promise.all([
      this.#storage.put(KEY, { pair, sealed, answers: answers.slice(-MOST_ANSWERS) }),
      this.#storage.setAlarm(wakeAt(after)),
    ]);
    try {
      return (await within(STORAGE_MS, writing)) ? undefined : "not written in time";
    } catch (error) {
      return `not written: ${messageOf(error)}`;
    }
  }
}

const NOT_OPEN = "the stored state does not open";

// No path of a ticket begins like this.
const boundTo = (sid: string): string => `answer ${sid}`;

/** When the object has something to do next. */
function wakeAt({ waits, at }: Conversation): number {
  return waits?.deadline ?? at + REMEMBERED_MS;
}

/** The newer of what the object has and what the cookie brings. */
async function latest(
  deps: Deps,
  { pair, cookie = "" }: Delivery,
  stored: Stored | undefined,
  line: LogLine,
): Promise<Conversation | undefined> {
  const { sealing } = deps;
  const own = stored && (await openConversation(sealing, pair, stored.sealed));
  const brought = await openConversation(sealing, pair, cookie);
  if (brought && brought.at > (own?.at ?? 0)) return withState(deps, pair, brought, line);
  if (stored && !own) Object.assign(line, { degraded: true, store: NOT_OPEN });
  return own;
}

/** How a message was answered that came before; undefined if it is new. */
async function answerTo(
  deps: Deps,
  pair: Pair,
  sid: string,
  stored: Stored | undefined,
  held: Conversation | undefined,
): Promise<string | undefined> {
  const known = stored?.answers.find(([one]) => one === sid);
  if (known) return (await openText(deps.sealing, boundTo(sid), known[1])) ?? NOTHING;
  // The cookie alone had served it.
  return held?.last === sid ? ((await readNoted(deps, pair, sid))?.twiml ?? NOTHING) : undefined;
}

/** The conversation after its time-out, if that is due. */
async function passed(deps: Deps, pair: Pair, held: Conversation): Promise<Conversation> {
  const { waits } = held;
  if (!waits || !isDue(held, deps.callTime())) return held;
  const began = Date.now();
  const line: LogLine = { call: waits.call.sid, flow: pair.flow, event: "timeout", step: waits.step };
  const after = await takeTimeout(deps, pair, held, waits, line);
  deps.log({ ...line, ms: Date.now() - began });
  return after;
}
