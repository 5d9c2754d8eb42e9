/** Flows as texts, their findings as short lines, and calls through them, turn by turn. */
import { readFileSync } from "node:fs";
import { documentOf } from "../../src/engine/document.ts";
import { type Message, pendingRequest } from "../../src/engine/effect.ts";
import { type Answer, type Event, readEvent, timeoutEvent } from "../../src/engine/event.ts";
import { handlerOf, unwind } from "../../src/engine/scope.ts";
import type { Context } from "../../src/engine/state.ts";
import { newCall, resume, type Turn, turn } from "../../src/engine/turn.ts";
import { type Built, build } from "../../src/flow/build.ts";
import type { Audio } from "../../src/flow/language/audio.ts";
import { type Diagnostic, position } from "../../src/flow/language/diagnostic.ts";
import { frame } from "../../src/flow/language/frame.ts";
import type { Dates } from "../../src/flow/pipe/judge.ts";
import { messagingResponse } from "../../src/phone/twiml/messaging.ts";
import { readTwiml } from "../../src/phone/twiml/read.ts";
import type { Shape } from "../../src/phone/twiml/shape.ts";
import type { Call, Place } from "../../src/program/call.ts";
import type { Link } from "../../src/program/op.ts";
import type { Program } from "../../src/program/program.ts";
import { callSent } from "../../src/worker/delivery.ts";

/** A folder or file of the fixtures. */
export function fixture(path: string): URL {
  return new URL(`fixtures/${path}`, import.meta.url);
}

export function read(path: URL): string {
  return readFileSync(path, "utf8");
}

/** Other flows that a flow runs, by name. */
export type Parts = Readonly<Record<string, string>>;

/** A flow and its parts, built. */
export function built(
  text: string,
  path = "flows/test.yaml",
  parts: Parts = {},
  audio?: Audio,
  dates: Dates = {},
): Built {
  const others = Object.entries(parts).map(([name, part]) => ({ path: `flows/${name}.yaml`, text: part }));
  return build([{ path, text }, ...others], audio, dates);
}

/** Every finding of a flow and its parts, in order. */
export function findings(...given: Parameters<typeof built>): Diagnostic[] {
  return built(...given).diagnostics;
}

/** Findings as `code line:column`. */
export function places(text: string, diagnostics = findings(text)): string[] {
  return diagnostics.map(({ code, span }) => {
    const { line, column } = position(text, span.start);
    return `${code} ${line}:${column}`;
  });
}

/** Findings as they are printed; empty where there is none. */
export function printed(text: string, diagnostics = findings(text)): string {
  return diagnostics.map((one) => frame(one, text)).join("\n");
}

/** A flow's Program; throws with its findings where it has an error. */
export function programOf(...given: Parameters<typeof built>): Program {
  const { programs, diagnostics } = built(...given);
  const [program] = programs;
  if (!program) throw new Error(`the flow does not build:\n${printed(given[0], diagnostics)}`);
  return program;
}

/** Monday, noon in New York. */
export const NOON = Date.parse("2026-11-23T12:00:00-05:00");

const STANDARD = {
  CallSid: "CA00000000000000000000000000000001",
  From: "+14155550111",
  To: "+14155550122",
  Direction: "inbound",
  CallStatus: "in-progress",
};

function webhook(params: Record<string, string>): Event {
  return readEvent({ ...STANDARD, ...params });
}

/** Where a call or an aside stands. */
interface Standing {
  state: Call;
  place: Place;
}

/** What a call's turns are given, but for the program and the webhook. */
type Given = Omit<Context, "program" | "event">;

/** A call through a Program. Every document is held to Twilio's rules. */
export class TestCall {
  readonly program: Program;
  readonly given: Given;
  state: Call = newCall(STANDARD.CallSid);
  latest: Turn | undefined;
  place: Place | undefined;
  /** What runs beside the call and waits for an answer, on a copy of its state. */
  beside: Standing | undefined;
  /** A conversation by text message that waits for the next one. */
  conversation: Standing | undefined;
  /** The text messages of the webhook that was answered last. */
  sent: Message[] = [];
  /** The last message that Twilio is to report on. */
  reported: Message | undefined;
  /** What services will answer, in turn, and what they were asked: `GET https://…`, and what was sent. */
  answers: Answer[] = [];
  asked: string[] = [];

  constructor(program: Program, given: Partial<Given> = {}) {
    this.program = program;
    this.given = { now: NOON, env: {}, link: (url, lasts) => `${url}?plays=${lasts}`, ...given };
    this.place = { step: program.start, block: "enter" };
  }

  /** The next webhook of the caller, at the block that waits, or at another that the last document links to. */
  answer(params: Record<string, string> = {}, block?: string): string {
    const turned = this.#take(this.#standing(block), webhook(params), this.given);
    this.latest = turned;
    this.state = turned.call;
    this.place = turned.next;
    return insideOf(turned);
  }

  /** A webhook beside the call: it moves nothing, but may set what the step that continues will see. */
  aside(block: string, params: Record<string, string> = {}): string {
    return this.#runBeside(this.#standing(block), params);
  }

  /** The next webhook of what runs beside the call, at the block that waits or at another. */
  answerBeside(params: Record<string, string> = {}, block?: string): string {
    if (!this.beside) throw new Error("nothing beside the call waits for an answer");
    const { state, place } = this.beside;
    return this.#runBeside({ state, place: { ...place, ...(block && { block }) } }, params);
  }

  /** Twilio's word that the caller has hung up. */
  hangUp(): void {
    const state = structuredClone(this.state);
    const handler = this.place && handlerOf(this.program, state, this.place.step, "onHangup");
    this.sent = [];
    if (!handler) return;
    unwind(state, handler.depth);
    const place = { step: handler.step, block: "enter" };
    this.#take({ state, place }, webhook({ CallStatus: "completed" }), { ...this.given, aside: true });
  }

  /** A text message to the number. */
  message(params: Record<string, string> = {}): string {
    const step = this.program.onMessage;
    if (step === undefined) throw new Error("the flow has no `onMessage`");
    const { From, To } = STANDARD;
    const event = readEvent({ MessageSid: "SM1", From, To, ...params });
    return this.#converse({ state: newCall("SM1"), place: { step, block: "enter" } }, event);
  }

  /** The next text message of a conversation. */
  text(params: Record<string, string>): string {
    const { From, To } = STANDARD;
    return this.#converse(this.#asked(), readEvent({ MessageSid: "SM3", From, To, ...params }));
  }

  /** The time to answer a text message is over. */
  timeOut(): string {
    const { state, place } = this.#asked();
    const block = this.program.steps[place.step]?.asks?.block;
    if (block === undefined) throw new Error(`"${place.step}" does not wait for a text message`);
    const event = timeoutEvent("SM1", "", STANDARD.From, STANDARD.To);
    return this.#converse({ state, place: { ...place, block } }, event);
  }

  #asked(): Standing {
    if (!this.conversation) throw new Error("no conversation is under way");
    return this.conversation;
  }

  #converse(standing: Standing, event: Event): string {
    const turned = this.#take(standing, event, { ...this.given, aside: true });
    this.conversation = turned.next && { state: turned.call, place: turned.next };
    return insideOf(turned, messagingResponse);
  }

  /** Twilio's report on the last message that is to be reported. */
  deliver(params: Record<string, string>): string {
    const { reported } = this;
    if (!reported?.delivery) throw new Error("no message has a delivered or undelivered");
    const { From, To } = STANDARD;
    const state = callSent(reported, reported.delivery.call, webhook({}));
    const event = readEvent({ MessageSid: "SM2", From: To, To: From, ...params });
    const place = { step: reported.step, block: reported.delivery.block };
    return insideOf(this.#take({ state, place }, event, { ...this.given, aside: true }));
  }

  #standing(block: string | undefined): Standing {
    if (!this.place) throw new Error("the call is over");
    return { state: this.state, place: { ...this.place, ...(block && { block }) } };
  }

  #runBeside(standing: Standing, params: Record<string, string>): string {
    const leg = { CallSid: "CA2", From: STANDARD.To, To: "+14155550133", Direction: "outbound-dial" };
    const turned = this.#take(standing, webhook({ ...leg, ...params }), { ...this.given, aside: true });
    const { vars, kept, language, rev } = turned.call;
    const place = turned.next;
    this.beside = place && { state: { ...turned.call, rev: rev - 1 }, place };
    this.#set = { vars, ...(kept && { kept }), ...(language !== undefined && { language }) };
    return insideOf(turned);
  }

  /** What an aside has set for the step that it ran beside. */
  #set: Partial<Call> = {};

  #take({ state, place }: Standing, event: Event, given: Given): Turn {
    const resumes = this.program.steps[place.step]?.beside === place.block;
    const before = resumes ? { ...state, ...this.#set } : state;
    const context = { ...given, program: this.program, event };
    let turned = turn(context, place, before);
    for (let asked = pendingRequest(turned); asked; asked = pendingRequest(turned)) {
      const { method, url, body } = asked;
      this.asked.push([method, url, body].filter((part) => part !== undefined).join(" "));
      const answer = this.answers.shift() ?? { status: "failed", body: null };
      turned = resume(context, turned, answer);
    }
    if (!given.aside) this.#set = {};
    this.sent = turned.effects.filter((one) => one.effect === "message");
    this.reported = this.sent.findLast(({ delivery }) => delivery !== undefined) ?? this.reported;
    return turned;
  }

  /** The roads of the latest document's links, by block. */
  links(): ReadonlyMap<string, string> {
    const links = (this.latest?.pieces ?? []).filter((piece): piece is Link => typeof piece !== "string");
    return new Map(links.map(({ link, road }) => [link, road]));
  }
}

/** The inside of a turn's document, each link as `/step/block`; throws where Twilio would complain of it. */
function insideOf({ pieces, next }: Turn, grammar?: Shape): string {
  const xml = documentOf(pieces, ({ link }) => `/${next?.step}/${link}`);
  const { problems } = readTwiml(xml, grammar);
  if (problems.length > 0) throw new Error(`${problems.map(({ message }) => message).join(" ")}\n${xml}`);
  return xml.replace(/^.*?<Response>/s, "").replace(/<\/Response>$/, "");
}
