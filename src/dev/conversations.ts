/**
 * The Durable Object of a text conversation in development: it shows what the conversation waits for and what time-outs have done,
 * and lets the time pass. It can be at a time of the page's choice.
 */
import {
  CONVERSATIONS_PATH,
  type ConversationView,
  type TimeoutView,
} from "../phone/page/contract/conversation.ts";
import { NOW_HEADER, STAND_INS_HEADER, TURN_HEADER } from "../phone/page/contract/http.ts";
import { openConversation, type Waiting } from "../worker/conversation/conversation.ts";
import { Conversations } from "../worker/conversation/conversations.ts";
import { type ConversationStorage, KEY } from "../worker/conversation/stored.ts";
import type { Deps } from "../worker/deps.ts";
import { type AskStandIn, standInFor } from "./stand-ins.ts";
import { headerOf } from "./turn-view.ts";
import { timeIn, watching } from "./watched.ts";

/** What development notes of a conversation, besides the Worker's own. */
interface Notes {
  /** How far its time is from the real one, in milliseconds. */
  ahead: number;
  /** The value of `STAND_INS_HEADER`. */
  standIns: string | null;
  flow: string;
  timeouts: TimeoutView[];
}

/** The storage of a Durable Object, as the Worker and as development see it. */
export type WatchedStorage = ConversationStorage & NoteStorage;
interface NoteStorage {
  get(key: string): Promise<Notes | undefined>;
  put(key: string, value: Notes): Promise<void>;
}

const NOTES = "development";
/** So many time-outs are shown. */
const MOST_TIMEOUTS = 20;

/** A Durable Object in development. */
export class WatchedConversation {
  readonly #storage: ConversationStorage;
  readonly #noted: NoteStorage;
  readonly #depsNow: () => Deps;
  readonly #ask: AskStandIn | undefined;
  /** What the Worker's own object works with: replaced before each webhook and each time-out. */
  readonly #live: Deps;
  readonly #inner: Conversations;
  #notes: Notes = { ahead: 0, standIns: null, flow: "", timeouts: [] };

  /** @param depsNow the Worker's, with its current Programs */
  constructor(storage: WatchedStorage, depsNow: () => Deps, ask: AskStandIn | undefined) {
    this.#noted = storage;
    this.#storage = {
      get: (key) => storage.get(key),
      put: (key, value) => storage.put(key, value),
      delete: (key) => storage.delete(key),
      setAlarm: (at) => storage.setAlarm(at - this.#notes.ahead),
    };
    this.#depsNow = depsNow;
    this.#ask = ask;
    this.#live = { ...depsNow() };
    this.#inner = new Conversations(this.#storage, this.#live);
  }

  /** A message of the conversation, as the Worker hands it on; or what `CONVERSATIONS_PATH` is asked for. */
  async fetch(request: Request): Promise<Response> {
    this.#notes = (await this.#noted.get(NOTES)) ?? this.#notes;
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith(CONVERSATIONS_PATH)) return this.#take(request, searchParams);
    if (request.method === "POST") await this.#pass();
    if (request.method === "DELETE") await this.#forget();
    return Response.json(await this.#view());
  }

  /** Runs the time-out that is due. */
  async alarm(): Promise<void> {
    this.#notes = (await this.#noted.get(NOTES)) ?? this.#notes;
    await this.#wake();
  }

  async #take(request: Request, said: URLSearchParams): Promise<Response> {
    const now = timeIn(said.get(NOW_HEADER));
    this.#notes.standIns = said.get(STAND_INS_HEADER);
    this.#notes.flow = said.get("flow") ?? "";
    if (now !== undefined) this.#notes.ahead = now - Date.now();
    await this.#noted.put(NOTES, this.#notes);
    const view = this.#watch();
    const response = await this.#inner.fetch(request);
    const seen = view();
    const header = seen && headerOf(seen);
    if (header === undefined) return response;
    const headers = new Headers(response.headers);
    headers.set(TURN_HEADER, header);
    return new Response(response.body, { status: response.status, headers });
  }

  /** Moves the time to the end of what is waited for. */
  async #pass(): Promise<void> {
    const waits = await this.#waits();
    if (!waits) return;
    this.#notes.ahead = Math.max(this.#notes.ahead, waits.deadline - Date.now());
    await this.#wake();
  }

  async #forget(): Promise<void> {
    await this.#storage.delete(KEY);
    const { timeouts } = this.#notes;
    this.#notes = { ahead: 0, standIns: null, flow: "", timeouts };
    await this.#noted.put(NOTES, this.#notes);
  }

  async #wake(): Promise<void> {
    const view = this.#watch();
    await this.#inner.alarm();
    const turn = view();
    if (turn) {
      const { timeouts } = this.#notes;
      const next = { id: (timeouts.at(-1)?.id ?? 0) + 1, at: this.#now(), turn };
      this.#notes.timeouts = [...timeouts, next].slice(-MOST_TIMEOUTS);
    }
    await this.#noted.put(NOTES, this.#notes);
  }

  #watch(): ReturnType<typeof watching>["view"] {
    const { publicUrl: _tunnel, ...local } = this.#depsNow();
    const { standIns, flow } = this.#notes;
    const given = { ...local, callTime: () => this.#now() };
    const { deps, view } = watching(given, standInFor(standIns, flow, this.#ask));
    Object.assign(this.#live, deps);
    return view;
  }

  #now(): number {
    return Date.now() + this.#notes.ahead;
  }

  async #waits(): Promise<Waiting | undefined> {
    const stored = await this.#storage.get(KEY);
    const opened = stored && (await openConversation(this.#live.sealing, stored.pair, stored.sealed));
    return opened?.waits;
  }

  async #view(): Promise<ConversationView> {
    const waits = await this.#waits();
    const { timeouts } = this.#notes;
    return {
      ...(waits && { waits: { step: waits.step, until: waits.deadline } }),
      now: this.#now(),
      timeouts,
    };
  }
}
