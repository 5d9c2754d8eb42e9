/**
 * The Durable Object of a conversation: it takes the messages of two numbers one after the other, answers a second delivery
 * as it did the first, and runs the time-outs of questions.
 */
import { type Event, readEvent } from "../../engine/event.ts";
import type { Deps } from "../deps.ts";
import type { LogLine } from "../log.ts";
import { reply } from "../reply.ts";
import { within } from "../store.ts";
import { type Conversation, isDue, openConversation, type Pair } from "./conversation.ts";
import { replyWith } from "./cookie.ts";
import { later } from "./later.ts";
import { Memory } from "./memory.ts";
import {
  answerOf,
  type ConversationStorage,
  latest,
  NOT_OPEN,
  type Stored,
  storedAfter,
  wakeAt,
} from "./stored.ts";
import { type Given, type Taken, takeMessage, takeTimeout } from "./turn.ts";

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

/** Milliseconds after which the Worker takes the object for dead. */
export const DEAD_MS = 4000;
/** Milliseconds after which the object says that it is still at work. */
export const BUSY_MS = 2500;

/** POST of a `Delivery` answers with TwiML; with 202 while it is at work, with 204 outside of a conversation. */
export class Conversations {
  readonly #memory: Memory;
  readonly #deps: Deps;
  /** The messages that wait or are being answered, by their MessageSid. */
  readonly #running = new Map<string, Promise<Taken>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(storage: ConversationStorage, deps: Deps) {
    this.#memory = new Memory(storage);
    this.#deps = deps;
  }

  async fetch(request: Request): Promise<Response> {
    const delivery: Delivery = await request.json();
    const { pair, params, sent, isAnswered } = delivery;
    if (isAnswered) return this.#inTurn(() => this.#adopt(delivery));
    // Nobody waits any longer: the cookie alone has served it.
    if (Date.now() - sent > DEAD_MS) return new Response(null, { status: 504 });
    const running = this.#running.get(params.MessageSid ?? "") ?? this.#start(delivery);
    const done = running.then((taken) => ({ taken }));
    const outcome = await within(BUSY_MS, done);
    if (!outcome) return new Response(null, { status: 202 });
    const { twiml, after } = outcome.taken;
    if (twiml === undefined) return new Response(null, { status: 204 });
    return after ? replyWith(this.#deps, pair, twiml, after) : reply(twiml);
  }

  /** Runs the time-out that is due, or forgets what no one will ask for. */
  async alarm(): Promise<void> {
    const effects: Promise<unknown>[] = [];
    await this.#inTurn(() => this.#wake(this.#collecting(effects)));
    // The runtime may end the object after its alarm.
    await Promise.all([...effects, this.#writeLater()]);
  }

  #start(delivery: Delivery): Promise<Taken> {
    const { MessageSid = "" } = delivery.params;
    const effects: Promise<unknown>[] = [];
    const running = this.#inTurn(() => this.#take(this.#collecting(effects), delivery)).finally(() => {
      this.#running.delete(MessageSid);
      this.#deps.waitUntil(Promise.all([...effects, this.#writeLater()]));
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

  async #take(deps: Deps, { pair, params, cookie }: Delivery): Promise<Taken> {
    const event = readEvent(params);
    const line: LogLine = { call: event.sid, flow: pair.flow, event: "message" };
    const given = { deps, pair, began: Date.now(), line };
    // What it throws is in the line of the Worker, whose cookie serves.
    const taken = await this.#answer(given, event, cookie);
    if (taken.twiml !== undefined || line.error) deps.log({ ...line, ms: Date.now() - given.began });
    return taken;
  }

  async #answer(given: Given, event: Event, cookie: string | undefined): Promise<Taken> {
    const { deps, pair, line } = given;
    const stored = await this.#memory.read();
    const held = await latest(given, stored, cookie);
    const known = await answerOf(given, event.sid, stored, held);
    if (known !== undefined) {
      line.duplicate = true;
      return { twiml: known, ...(held && { after: held }) };
    }
    // Its alarm can be late. What it does then does not shorten the time of the message.
    const before = held && (await passed(deps, pair, held));
    const taken = await takeMessage({ ...given, began: Date.now() }, event, before);
    const { twiml, after = before } = taken;
    if (!after || after === held) return taken;
    const answer = twiml === undefined ? undefined : { sid: event.sid, twiml };
    const store = await this.#write({ ...stored, pair }, after, answer);
    line.store ??= store;
    return taken;
  }

  /** Remembers what the cookie has, if that is newer. */
  async #adopt({ pair, params, cookie }: Delivery): Promise<Response> {
    const line = { call: params.MessageSid ?? "", flow: pair.flow, event: "conversation" };
    const stored = await this.#memory.read();
    const held = await latest({ deps: this.#deps, pair, began: Date.now(), line }, stored, cookie);
    if (held) await this.#write({ ...stored, pair }, held);
    return new Response(null, { status: 204 });
  }

  async #wake(deps: Deps): Promise<void> {
    const stored = await this.#memory.read();
    if (!stored) return;
    const { pair, sealed } = stored;
    const held = await openConversation(deps.sealing, pair, sealed);
    const line = { call: held?.last ?? "", flow: pair.flow, event: "timeout" };
    if (!held) deps.log({ ...line, degraded: true, store: NOT_OPEN });
    if (held && isDue(held, deps.callTime())) {
      const after = await passed(deps, pair, held);
      const store = await this.#write(stored, after);
      if (store) deps.log({ ...line, store });
    } else if (held && wakeAt(held) > deps.callTime()) await this.#memory.wake(wakeAt(held));
    else await this.#memory.forget();
  }

  /** @returns why it is not written, if it is not */
  async #write(
    before: Pick<Stored, "pair"> & Partial<Stored>,
    after: Conversation,
    answer?: { sid: string; twiml: string },
  ): Promise<string | undefined> {
    const stored = await storedAfter(this.#deps.sealing, before, after, answer);
    return this.#memory.write(stored, wakeAt(after));
  }

  /** Writes what the storage did not take just now: without it, the alarm of the question before would go off. */
  async #writeLater(): Promise<void> {
    if (this.#memory.isWritten) return;
    await later(this.#deps.web);
    await this.#inTurn(() => this.#memory.writeAgain());
  }
}

/** The conversation after its time-out, if that is due. */
async function passed(deps: Deps, pair: Pair, held: Conversation): Promise<Conversation> {
  const { waits } = held;
  if (!waits || !isDue(held, deps.callTime())) return held;
  const began = Date.now();
  const line: LogLine = { call: waits.call.sid, flow: pair.flow, event: "timeout", step: waits.step };
  const after = await takeTimeout({ deps, pair, began, line }, held, waits);
  deps.log({ ...line, ms: Date.now() - began });
  return after;
}
