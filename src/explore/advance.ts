/** Moves a call by an event, through turns, services and redirects, until it waits for somebody or ends. */
import { type Effect, pendingRequest } from "../engine/effect.ts";
import { readEvent } from "../engine/event.ts";
import type { Context } from "../engine/state.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import { type Element, wordsOf } from "../phone/twiml/element.ts";
import type { Call, Place, Program } from "../program/program.ts";
import { VERBS } from "./answers/registry.ts";
import { CALLER, NUMBER } from "./begins.ts";
import {
  type AudioSeconds,
  continuationIn,
  continuationWithin,
  type Document,
  documentReader,
  heardOf,
  promptsOf,
} from "./document.ts";
import type { Begin, CallEvent, Ending, ExploreOptions, Heard, ServiceAnswer } from "./exploration.ts";
import { answersTo } from "./services.ts";
import type { ToldApart } from "./told-apart.ts";

/** Where a document stopped: at a verb that waits. */
export interface Waiting {
  document: Document;
  /** The verb's index in the document. */
  at: number;
  element: Element;
  /** The step that its continuation URLs belong to. */
  step: string;
}

/** What an event led to. */
export interface Arrival {
  call: Call;
  /** Where the call waits; if absent, it has ended. */
  waiting?: Waiting;
  ended?: Ending;
  path: string[];
  heard: Heard[];
  effects: Effect[];
  answers: ServiceAnswer[];
  error?: string;
}

/** A call in the middle of a way. */
type Journey = Omit<Arrival, "waiting" | "ended">;

/** What is explored. */
export interface World {
  program: Program;
  told: ToldApart;
  options: ExploreOptions;
  /** Called if not all answers of a service are taken. */
  cutServices(step: string): void;
}

const MOST_SERVICE_ANSWERS = 12;
/** A document that redirects so often without an event never ends. */
const MOST_REDIRECTS = 60;
const CALL = {
  CallSid: `CA${"0".repeat(31)}1`,
  AccountSid: `AC${"0".repeat(32)}`,
  From: CALLER,
  To: NUMBER,
  Direction: "inbound",
  CallStatus: "in-progress",
};

/** Moves calls of one world. */
export class Mover {
  readonly #world: World;
  readonly #read = documentReader();
  readonly #secondsOf: AudioSeconds;

  constructor(world: World) {
    this.#world = world;
    this.#secondsOf = world.options.secondsOf ?? (() => undefined);
  }

  /** Resumes a call at a place, with the parameters of an event. */
  resume(place: Place, call: Call, begin: Begin, params: CallEvent["params"]): Arrival[] {
    const start: Journey = { call, path: [], heard: [], effects: [], answers: [] };
    return this.#turn(place, start, begin, params, 0);
  }

  /** Plays the rest of the document of a call that waits, after the verb at which it does. */
  playOn({ document, at, step }: Waiting, call: Call, begin: Begin): Arrival[] {
    const start: Journey = { call, path: [step], heard: [], effects: [], answers: [] };
    return this.#play(document, at + 1, step, start, begin, 0);
  }

  #turn(
    place: Place,
    journey: Journey,
    begin: Begin,
    params: CallEvent["params"],
    redirects: number,
  ): Arrival[] {
    const { program, options } = this.#world;
    const context: Context = {
      program,
      event: readEvent({ ...CALL, ...begin.params, ...params }),
      now: begin.at,
      env: begin.env,
      functions: options.functions,
      link: (url, lasts) => `${url}?lasts=${lasts}`,
    };
    return this.#turned(context, turn(context, place, journey.call), journey, begin, redirects);
  }

  #turned(context: Context, turned: Turn, journey: Journey, begin: Begin, redirects: number): Arrival[] {
    const request = pendingRequest(turned);
    if (!request || !turned.next) return this.#finished(context, turned, journey, begin, redirects);
    const { step } = turned.next;
    const { told, options, cutServices } = this.#world;
    const most = options.mostServiceAnswers ?? MOST_SERVICE_ANSWERS;
    const { answers, isCut } = answersTo(request, step, told, most);
    if (isCut) cutServices(step);
    return answers.flatMap((answer) => {
      const { status, body, text } = answer;
      const resumed = resume(context, turned, { status, body, ...(text !== undefined && { text }) });
      const next = {
        ...journey,
        answers: [...journey.answers, answer],
        effects: [...journey.effects, request],
      };
      return this.#turned(context, resumed, next, begin, redirects);
    });
  }

  #finished(context: Context, turned: Turn, journey: Journey, begin: Begin, redirects: number): Arrival[] {
    const { call, pieces, path, effects, error, next } = turned;
    const went: Journey = {
      ...journey,
      call,
      path: [...journey.path, ...(journey.path.length > 0 ? path.slice(1) : path)],
      effects: [...journey.effects, ...effects],
      ...(error !== undefined && { error }),
    };
    if (context.event.gone) return [{ ...went, ended: "caller" }];
    const document = this.#read(pieces);
    const isApology = next === undefined && error !== undefined && turned.path.at(-1) !== "hangup";
    const arrivals = this.#play(document, 0, next?.step ?? path.at(-1) ?? "", went, begin, redirects);
    return isApology ? arrivals.map((one) => (one.ended ? { ...one, ended: "apology" } : one)) : arrivals;
  }

  #play(
    document: Document,
    from: number,
    step: string,
    journey: Journey,
    begin: Begin,
    redirects: number,
  ): Arrival[] {
    const { verbs } = document;
    if (!verbs) return [{ ...journey, ended: "problem" }];
    const heard = [...journey.heard];
    for (const [at, element] of verbs.entries()) {
      if (at < from) continue;
      const verb = VERBS[element.name];
      if (verb) {
        if (element.name === "Gather") heard.push(...promptsOf(element, this.#secondsOf));
        else heard.push({ kind: "began", verb: element.name, to: verb.names?.(element) ?? [] });
        return [{ ...journey, heard, waiting: { document, at, element, step } }];
      }
      const ended = ENDS[element.name];
      if (ended) return [{ ...journey, heard, ended }];
      if (element.name === "Redirect")
        return this.#redirected(element, step, { ...journey, heard }, begin, redirects);
      heard.push(...heardOf(element, this.#secondsOf));
    }
    return [{ ...journey, heard, ended: "hangup" }];
  }

  #redirected(element: Element, step: string, journey: Journey, begin: Begin, redirects: number): Arrival[] {
    const url = wordsOf(element).trim();
    const own = continuationIn(url);
    if (own && redirects < MOST_REDIRECTS)
      return this.#turn({ step, block: own.link }, journey, begin, {}, redirects + 1);
    if (own) return [{ ...journey, ended: "problem" }];
    const back = continuationWithin(url);
    if (!back || redirects >= MOST_REDIRECTS) return [{ ...journey, ended: "elsewhere" }];
    const text = "<Response><Redirect>{{ back }}</Redirect></Response>";
    const answer: ServiceAnswer = { url, label: "comes back", status: "200", body: null, text, tries: 1 };
    const came = { ...journey, answers: [...journey.answers, answer] };
    return this.#turn({ step, block: back.link }, came, begin, {}, redirects + 1);
  }
}

const ENDS: Readonly<Record<string, Ending>> = { Hangup: "hangup", Reject: "rejected", Leave: "hangup" };
