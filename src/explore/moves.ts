/** What moves the calls of one program: their begins, what can come where they wait, and where that leads. */
import { handlerOf, unwind } from "../engine/scope.ts";
import { newCall } from "../engine/turn.ts";
import type { Element } from "../phone/twiml/element.ts";
import type { Call, Place } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import { type Arrival, Mover, type World } from "./advance.ts";
import { type Answer, type Asked, actionOf } from "./answers/answer.ts";
import { VERBS } from "./answers/registry.ts";
import { asideEnds } from "./aside.ts";
import { continuationIn } from "./document.ts";
import type { Begin, CallEvent, ExploreOptions, ServiceAnswer, Waiting } from "./exploration.ts";
import { type Fold, foldOf } from "./fold.ts";
import { livenessOf } from "./live/liveness.ts";
import { toldApart } from "./told/find-told.ts";
import type { ToldApart } from "./told/told-apart.ts";

/** The event before the first turn. */
export const BEGINS: CallEvent = { kind: "begins", label: "calls", params: {}, lines: [] };

/** The caller hangs up. */
export const HANGS_UP: CallEvent = {
  kind: "hangup",
  label: "hangs up",
  params: { CallStatus: "completed" },
  lines: ["hangup"],
};

/** Moves the calls of a program. */
export class Moves {
  readonly told: ToldApart;
  readonly #program: Program;
  readonly #fold: Fold;
  readonly #mover: Mover;
  /** The answers at verbs of documents that were seen, by the step, unless they depend on the call. */
  readonly #answers = new WeakMap<Element, Map<string, Answer[]>>();

  /** What was waited at, by its text, with a number for it. */
  readonly #texts = new Map<string, number>();

  /** @param cutServices called with a step if not all answers of its service are taken */
  constructor(program: Program, options: ExploreOptions, cutServices: World["cutServices"]) {
    this.told = toldApart(program);
    this.#program = program;
    this.#fold = foldOf(program, livenessOf(program));
    this.#mover = new Mover({ program, told: this.told, options, cutServices });
  }

  /** Moves calls with these answers of services first, whatever the flow tells apart. */
  given<Result>(answers: readonly ServiceAnswer[], move: () => Result): Result {
    return this.#mover.given(answers, move);
  }

  /** The first turn of a call. */
  begin(begin: Begin): Arrival[] {
    return this.at({ step: this.#program.start, block: "enter" }, begin);
  }

  /** The first turn of a call that begins at a place. */
  at(place: Place, begin: Begin): Arrival[] {
    const call: Call = {
      ...newCall(`CA${"0".repeat(31)}1`),
      ...(Object.keys(begin.kept).length > 0 && { kept: { ...begin.kept } }),
    };
    return this.#mover.resume(place, call, begin, {});
  }

  /** What runs beside a call, or without one: an aside of a step, a text message to the number. */
  beside(place: Place, call: Call, begin: Begin, params: CallEvent["params"]): Arrival[] {
    return this.#mover.resume(place, call, begin, params, true);
  }

  /** What can come where a call waits, besides hanging up. */
  answersAt({ element, step }: Waiting, call: Call, begin: Begin): Answer[] {
    const known = this.#answers.get(element)?.get(step);
    if (known) return known;
    let dependsOnCall = false;
    const besides: Asked["besides"] = (url, params) => {
      const to = continuationIn(url);
      if (!to) return [];
      dependsOnCall = true;
      return asideEnds(this.#mover, this.told, { step, block: to.link }, call, begin, params);
    };
    const answers =
      VERBS[element.name]?.answers({
        element,
        step,
        call,
        told: this.told,
        queue: begin.queue ?? {},
        besides,
      }) ?? [];
    if (!dependsOnCall)
      this.#answers.set(element, new Map([...(this.#answers.get(element) ?? []), [step, answers]]));
    return answers;
  }

  /** Where an answer leads: once for each way that services can answer on it. */
  follow({ event, next, aside }: Answer, waiting: Waiting, before: Call, begin: Begin): Arrival[] {
    if (next === "next") return this.#mover.playOn(waiting, before, begin);
    const stays: Arrival = { call: before, path: [waiting.step], heard: [], effects: [], answers: [] };
    if (next === "stays") return [{ ...stays, waiting }];
    if (next === "elsewhere") return [{ ...stays, ended: "elsewhere" }];
    const place = { step: waiting.step, block: next.to.link };
    const takesOver = this.#program.steps[place.step]?.beside === place.block;
    const call = aside && takesOver ? withAside(before, aside.call) : before;
    return this.#mover.resume(place, call, begin, event.params);
  }

  /** The caller hangs up: the verb's action learns it, or the flow's `onHangup` runs as after Twilio's status callback. */
  hangUp({ step, element }: Waiting, before: Call, begin: Begin): Arrival[] {
    const reported = VERBS[element.name]?.hangUp;
    const action = reported && actionOf(element);
    if (typeof action === "object")
      return this.#mover.resume({ step, block: action.to.link }, before, begin, {
        ...HANGS_UP.params,
        ...reported,
      });
    const handler = handlerOf(this.#program, before, step, "onHangup");
    if (!handler)
      return [{ call: before, path: [step], heard: [], effects: [], answers: [], ended: "caller" }];
    const call = structuredClone(before);
    unwind(call, handler.depth);
    const place = { step: handler.step, block: "enter" };
    const arrivals = this.#mover.resume(place, call, begin, HANGS_UP.params, true);
    return arrivals.map((arrival) => ({ ...arrival, path: [step, ...arrival.path], ended: "caller" }));
  }

  /** A text that is the same for calls that go the same ways from here. */
  keyOf(waiting: Waiting, call: Call, begin: Begin): string {
    const { step } = waiting;
    const { blocks, text } = restOf(waiting);
    // Thousands of states wait at the same words.
    const id = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, id);
    return `${step} ${id} ${this.#fold({ step, blocks, call, begin })}`;
  }
}

/** The call with what an aside has set, as the Worker reads it. */
function withAside(call: Call, { vars, kept, language }: Call): Call {
  return { ...call, vars, ...(kept && { kept }), ...(language !== undefined && { language }) };
}

/** What is ahead in a document. */
interface Rest {
  /** The blocks that it can resume. */
  blocks: string[];
  text: string;
}

const rests = new WeakMap<Element, Rest>();

/** The verb at which a call waits, and those after it. What was said before does not matter any more. */
function restOf({ element, document, at }: Waiting): Rest {
  const known = rests.get(element);
  if (known) return known;
  const after = document.verbs?.slice(at + 1) ?? [];
  const urls = JSON.stringify([element, after]).match(/\/continue\/[^"?&\s]+/g) ?? [];
  const { children: _, ...verb } = element;
  const rest = {
    blocks: [...new Set(urls.flatMap((url) => continuationIn(url)?.link ?? []))],
    text: JSON.stringify([element.name === "Gather" ? verb : element, after]),
  };
  rests.set(element, rest);
  return rest;
}

/** The blocks that the rest of a document can resume. */
export function blocksOf(waiting: Waiting): string[] {
  return restOf(waiting).blocks;
}
