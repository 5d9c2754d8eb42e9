/** Moves a call by an event, through turns, services and redirects, until it waits for somebody or ends. */
import { type Effect, pendingRequest } from "../engine/effect.ts";
import { readEvent } from "../engine/event.ts";
import type { Context } from "../engine/state.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import { type Element, wordsOf } from "../phone/twiml/element.ts";
import type { Call, Place } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import { VERBS } from "./answers/registry.ts";
import { continuationIn, continuationWithin, documentReader, listener } from "./document.ts";
import type {
  Begin,
  CallEvent,
  Document,
  Ending,
  ExploreOptions,
  Heard,
  ServiceAnswer,
  Waiting,
} from "./exploration.ts";
import { CALLER, NUMBER } from "./numbers.ts";
import { answeredAs, answersTo } from "./services.ts";
import type { ToldApart } from "./told/told-apart.ts";

/** What an event led to. */
export interface Arrival {
  call: Call;
  /** Where the call waits; if absent, it has ended. */
  waiting?: Waiting;
  ended?: Ending;
  /** The document, if it answers a text message or Twilio refuses it. */
  refused?: string;
  /** The verb that ended it; empty if the document ran out. */
  by?: string;
  path: string[];
  heard: Heard[];
  effects: Effect[];
  answers: ServiceAnswer[];
  error?: string;
}

/** A call in the middle of a way. */
type Journey = Omit<Arrival, "waiting" | "ended" | "refused" | "by">;

/** What every turn of a way is given. */
interface Way {
  begin: Begin;
  isAside: boolean;
  redirects: number;
}

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
/** Services asked after others on one event; beyond, each gives its first answer only. */
const MOST_ASKED = 1000;
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
  readonly #hear: ReturnType<typeof listener>;
  /** How often services were asked after others, on one event. */
  #asked = 0;
  #given: readonly ServiceAnswer[] | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#hear = listener(world.options.secondsOf ?? (() => undefined));
  }

  /** Moves calls with these answers of services first, whatever the flow tells apart. */
  given<Result>(answers: readonly ServiceAnswer[], move: () => Result): Result {
    this.#given = answers;
    try {
      return move();
    } finally {
      this.#given = undefined;
    }
  }

  /** Resumes a call at a place, with the parameters of an event. */
  resume(place: Place, call: Call, begin: Begin, params: CallEvent["params"], isAside = false): Arrival[] {
    this.#asked = 0;
    return this.#turn(place, beginAt(call), params, { begin, isAside, redirects: 0 });
  }

  /** Plays the rest of the document of a call that waits, after the verb at which it does. */
  playOn({ document, at, step }: Waiting, call: Call, begin: Begin, isAside = false): Arrival[] {
    return this.#play(document, at + 1, step, beginAt(call, step), { begin, isAside, redirects: 0 });
  }

  #turn(place: Place, journey: Journey, params: CallEvent["params"], way: Way): Arrival[] {
    const { program, options } = this.#world;
    const { begin, isAside } = way;
    const context: Context = {
      program,
      event: readEvent({ ...CALL, ...begin.params, ...params }),
      now: begin.at,
      env: begin.env,
      aside: isAside,
      functions: options.functions,
      link: (url, lasts) => `${url}?lasts=${lasts}`,
    };
    return this.#turned(context, turn(context, place, journey.call), journey, way);
  }

  #turned(context: Context, turned: Turn, journey: Journey, way: Way): Arrival[] {
    const request = pendingRequest(turned);
    if (!request || !turned.next) return this.#finished(context, turned, journey, way);
    const { step } = turned.next;
    const { told, options, cutServices } = this.#world;
    const most = options.mostServiceAnswers ?? MOST_SERVICE_ANSWERS;
    const given = this.#given?.[journey.answers.length];
    const { answers, isCut } = given
      ? { answers: [answeredAs(given, request)], isCut: false }
      : answersTo(request, step, told, most);
    // Each service that is asked on the way multiplies the ways.
    const isTooMany = journey.answers.length > 0 && ++this.#asked > MOST_ASKED;
    if (isCut || isTooMany) cutServices(step);
    return (isTooMany ? answers.slice(0, 1) : answers).flatMap((answer) => {
      const { status, body, text } = answer;
      const resumed = resume(context, turned, { status, body, ...(text !== undefined && { text }) });
      const asked = [...journey.answers, answer];
      return this.#turned(
        context,
        resumed,
        { ...journey, answers: asked, effects: [...journey.effects, request] },
        way,
      );
    });
  }

  #finished(context: Context, turned: Turn, journey: Journey, way: Way): Arrival[] {
    const { call, pieces, path, effects, error, next } = turned;
    const went: Journey = {
      ...journey,
      call,
      path: [...journey.path, ...(journey.path.length > 0 ? path.slice(1) : path)],
      effects: [...journey.effects, ...effects],
      ...(error !== undefined && { error }),
    };
    if (context.event.gone) return [{ ...went, ended: "caller", ...this.#replyOf(context, pieces) }];
    const isApology = next === undefined && error !== undefined && path.at(-1) !== "hangup";
    const arrivals = this.#play(this.#read(pieces), 0, next?.step ?? path.at(-1) ?? "", went, way);
    return isApology ? arrivals.map((one) => (one.ended ? { ...one, ended: "apology" } : one)) : arrivals;
  }

  /** The answer to a text message, which no call hears. */
  #replyOf({ event }: Context, pieces: Turn["pieces"]): Pick<Arrival, "refused"> {
    return event.params.MessageSid === undefined ? {} : { refused: this.#read(pieces).text };
  }

  #play({ verbs, text }: Document, from: number, step: string, journey: Journey, way: Way): Arrival[] {
    if (!verbs) return [{ ...journey, ended: "problem", refused: text }];
    const heard = [...journey.heard];
    for (const [at, element] of verbs.entries()) {
      if (at < from) continue;
      const verb = VERBS[element.name];
      if (verb) {
        heard.push({ kind: "began", verb: element.name, to: verb.names?.(element) ?? [] });
        if (element.name === "Gather") heard.push(...this.#hear(element));
        return [{ ...journey, heard, waiting: { document: { verbs, text }, at, element, step } }];
      }
      const ended = ENDS[element.name];
      if (ended) return [{ ...journey, heard, ended, by: element.name }];
      if (element.name === "Redirect") return this.#redirected(element, step, { ...journey, heard }, way);
      heard.push(...this.#hear(element));
    }
    return [{ ...journey, heard, ended: "hangup", by: "" }];
  }

  #redirected(element: Element, step: string, journey: Journey, way: Way): Arrival[] {
    const url = wordsOf(element).trim();
    const own = continuationIn(url);
    const next = { ...way, redirects: way.redirects + 1 };
    if (next.redirects > MOST_REDIRECTS) return [{ ...journey, ended: "problem" }];
    if (own) return this.#turn({ step, block: own.link }, journey, {}, next);
    // The waiting room of a conference asks for its document again.
    if (url === "" && way.isAside) return [{ ...journey, ended: "hangup", by: "" }];
    const back = continuationWithin(url);
    if (!back) return [{ ...journey, ended: "elsewhere" }];
    const text = "<Response><Redirect>{{ back }}</Redirect></Response>";
    const answer: ServiceAnswer = { url, label: "comes back", status: "200", body: null, text, tries: 1 };
    return this.#turn(
      { step, block: back.link },
      { ...journey, answers: [...journey.answers, answer] },
      {},
      next,
    );
  }
}

function beginAt(call: Call, ...path: string[]): Journey {
  return { call, path, heard: [], effects: [], answers: [] };
}

const ENDS: Readonly<Record<string, Ending>> = { Hangup: "hangup", Reject: "rejected", Leave: "hangup" };
