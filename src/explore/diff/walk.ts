/** Walks two flows in step: pairs of calls that got the same events, and how the two came on from each pair. */
import type { Call } from "../../program/call.ts";
import type { Arrival } from "../advance.ts";
import type { Begin, CallEvent, Cut, Edge, ServiceAnswer, Waiting } from "../exploration.ts";
import { BEGINS, HANGS_UP, type Moves } from "../moves.ts";
import { type JointAnswer, jointAnswers, type LoneAnswer } from "./joint-answers.ts";

/** A call of one flow that waits. */
export interface Standing {
  waiting: Waiting;
  call: Call;
}

/** Calls of both flows that got the same events and can still be the same to a caller. */
export interface Pair {
  id: number;
  was: Standing;
  now: Standing;
  begin: Begin;
  /** The stride that led here first. */
  via: number;
  /** The way of the new flow's call, if it is not that of the walk. */
  way?: readonly Edge[];
  /** What can come in one of them only. */
  lone: readonly LoneAnswer[];
}

/** One event, and where it led both. */
export interface Stride {
  id: number;
  /** The pair before; absent at the begin of a call. */
  from?: number;
  /** The pair after; absent if a call is over, or the two are at different places. */
  to?: number;
  begin: Begin;
  event: CallEvent;
  only?: JointAnswer["only"];
  /** What ran beside the calls before the event. */
  asides: { was: JointAnswer["was"]["aside"]; now: JointAnswer["now"]["aside"] };
  was: Arrival;
  now: Arrival;
}

/** Calls at one place, to which the two came by different ways. */
export interface Instead {
  was: Standing;
  now: Standing;
  /** The way of the new flow's call, if it is not that of the walk. */
  way?: readonly Edge[];
}

/** What the walk is between, and how far it goes. */
interface WalkOptions {
  was: Moves;
  now: Moves;
  begins: readonly Begin[];
  mostPairs: number;
  mostMilliseconds: number;
  /** Whether the two have come to one place. If not, pairs to compare instead. */
  compare(stride: Stride): { isSame: boolean; instead?: readonly Instead[] };
  /** Called after each stride; true ends the walk. */
  isEnough?(stride: Stride): boolean;
}

/** The pairs in the order in which they were found, the shortest way first. */
export interface Walked {
  pairs: readonly Pair[];
  strides: readonly Stride[];
  cut: readonly Cut[];
}

/** Walks two flows in step. */
export function walk(options: WalkOptions): Walked {
  return new Walk(options).run();
}

class Walk {
  readonly #options: WalkOptions;
  readonly #pairs: Pair[] = [];
  readonly #strides: Stride[] = [];
  readonly #known = new Map<string, Pair>();
  readonly #cut: Cut[] = [];
  readonly #later: (Instead & { stride: Stride })[] = [];
  #isEnough = false;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  run(): Walked {
    const { was, now, begins, mostPairs, mostMilliseconds } = this.#options;
    for (const begin of begins)
      this.#both({ begin, event: BEGINS, asides: { was: undefined, now: undefined } }, (side) =>
        (side === "was" ? was : now).begin(begin),
      );
    const until = performance.now() + mostMilliseconds;
    if (this.#pairs.length === 0) this.#takeLater();
    for (const pair of this.#pairs) {
      if (this.#isEnough) break;
      if (performance.now() > until) {
        this.#cut.push({
          what: "milliseconds",
          message: `The time was over after ${pair.id} states; others were not compared.`,
        });
        break;
      }
      if (pair.id >= mostPairs) {
        this.#cut.push({ what: "nodes", message: `${mostPairs} states were compared, and there are more.` });
        break;
      }
      this.#leave(pair);
      if (pair.id === this.#pairs.length - 1) this.#takeLater();
    }
    return { pairs: this.#pairs, strides: this.#strides, cut: this.#cut };
  }

  #leave(pair: Pair): void {
    const { begin, was, now } = pair;
    const moves = this.#options;
    const { both, lone } = jointAnswers(
      { waiting: was.waiting, answers: moves.was.answersAt(was.waiting, was.call, begin) },
      { waiting: now.waiting, answers: moves.now.answersAt(now.waiting, now.call, begin) },
    );
    pair.lone = lone;
    for (const answer of both) {
      const { event, only } = answer;
      const asides = { was: answer.was.aside, now: answer.now.aside };
      this.#both({ from: pair.id, begin, event, asides, ...(only && { only }) }, (side) =>
        moves[side].follow(answer[side], pair[side].waiting, pair[side].call, begin),
      );
    }
    this.#both(
      { from: pair.id, begin, event: HANGS_UP, asides: { was: undefined, now: undefined } },
      (side) => moves[side].hangUp(pair[side].waiting, pair[side].call, begin),
    );
  }

  /** Lets both go on, with the same answers of services: those that either tells apart. */
  #both(stride: Omit<Stride, "id" | "was" | "now">, go: (side: "was" | "now") => Arrival[]): void {
    const { was, now } = this.#options;
    const [before, after] = [go("was"), go("now")];
    const [ofWas, ofNow] = [byAnswers(before), byAnswers(after)];
    for (const [key, arrival] of ofNow) {
      const other = ofWas.get(key) ?? was.given(arrival.answers, () => go("was"))[0];
      if (other) this.#arrive(stride, other, arrival);
    }
    for (const [key, arrival] of ofWas) {
      if (ofNow.has(key)) continue;
      const other = now.given(arrival.answers, () => go("now"))[0];
      if (other) this.#arrive(stride, arrival, other);
    }
  }

  /** Once no pair is left: places that were not compared on any way, because the two came to them by different ones. */
  #takeLater(): void {
    const steps = (side: "was" | "now"): Set<string> =>
      new Set(this.#pairs.map((pair) => pair[side].waiting.step));
    const [before, after] = [steps("was"), steps("now")];
    const next = this.#later.find(
      ({ was, now }) => !before.has(was.waiting.step) && !after.has(now.waiting.step),
    );
    if (next) this.#pair(next.was, next.now, next.stride, next.way);
  }

  #arrive(given: Omit<Stride, "id" | "was" | "now">, was: Arrival, now: Arrival): void {
    const stride: Stride = { ...given, id: this.#strides.length, was, now };
    this.#strides.push(stride);
    const { isSame, instead = [] } = this.#options.compare(stride);
    if (this.#options.isEnough?.(stride)) this.#isEnough = true;
    if (isSame && was.waiting && now.waiting) {
      const [one, other] = [standing(was, was.waiting), standing(now, now.waiting)];
      stride.to = this.#pair(one, other, stride).id;
    }
    this.#later.push(...instead.map((one) => ({ ...one, stride })));
  }

  #pair(was: Standing, now: Standing, { begin, id }: Stride, way?: readonly Edge[]): Pair {
    const { was: moves, now: others } = this.#options;
    const key = `${moves.keyOf(was.waiting, was.call, begin)}\n${others.keyOf(now.waiting, now.call, begin)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const pair: Pair = { id: this.#pairs.length, was, now, begin, via: id, lone: [], ...(way && { way }) };
    this.#pairs.push(pair);
    this.#known.set(key, pair);
    return pair;
  }
}

function standing({ call }: Arrival, waiting: Waiting): Standing {
  return { waiting, call };
}

function byAnswers(arrivals: readonly Arrival[]): Map<string, Arrival> {
  return new Map(arrivals.map((one) => [answersKey(one.answers), one]));
}

/** The same for the same answers of services. */
function answersKey(answers: readonly ServiceAnswer[]): string {
  return JSON.stringify(answers.map(({ status, body }) => [status, body]));
}
