/** Explores a flow: a search, breadth first, over every way of a call through it. */

import type { Call } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import type { Arrival } from "./advance.ts";
import type { Answer, AsideEnd } from "./answers/answer.ts";
import { VERBS } from "./answers/registry.ts";
import { beginsOf } from "./begins/begins.ts";
import { computedCut } from "./computed.ts";
import type {
  Asking,
  Begin,
  CallEvent,
  Cut,
  Edge,
  Exploration,
  ExploreOptions,
  Heard,
  Node,
  Waiting,
} from "./exploration.ts";
import { BEGINS, blocksOf, HANGS_UP, Moves } from "./moves.ts";
import { replayed } from "./replay.ts";
import { isQuiet, type LongSilence, lastOf, longSilences } from "./tired.ts";
import { lengthOf } from "./ways/way.ts";

const MOST_NODES = 20_000;
const MOST_MILLISECONDS = 10_000;
const MOST_ANSWERS = 1000;

/** Explores every way through a flow, as far as the options say. */
export function explore(program: Program, options: ExploreOptions): Exploration {
  return new Search(program, options).run();
}

class Search {
  readonly #program: Program;
  readonly #options: ExploreOptions;
  readonly #moves: Moves;
  readonly #nodes: Node[] = [];
  readonly #edges: Edge[] = [];
  readonly #known = new Map<string, Node>();
  /** Where the nodes that wait do so. */
  readonly #waiting = new Map<number, { waiting: Waiting; begin: Begin }>();
  readonly #cut = new Map<string, Cut>();
  readonly #offers = new WeakMap<readonly Answer[], readonly string[]>();
  /** How many nodes were left, in their order. */
  #left = 0;
  /** The nodes at which callers were silent for as long as they can be. */
  readonly #tired = new Set<number>();

  constructor(program: Program, options: ExploreOptions) {
    this.#program = program;
    this.#options = options;
    this.#moves = new Moves(program, options, (step) =>
      this.#note(`services ${step}`, {
        what: "services",
        message: `Not every combination of what the service of "${step}" can answer was explored.`,
      }),
    );
  }

  run(): Exploration {
    const { begins, cut } = this.#begins();
    for (const one of cut) this.#note(one.what, one);
    const inexact = this.#moves.told.inexact.filter((key) => !this.#isWritten(key));
    if (inexact.length > 0) this.#note("values", computedCut(inexact));
    for (const begin of begins)
      for (const arrival of this.#moves.begin(begin)) this.#arrive(arrival, undefined, begin, BEGINS);
    const until = performance.now() + (this.#options.mostMilliseconds ?? MOST_MILLISECONDS);
    // Callers who stay silent are what is left once all other ways are known.
    while (this.#leaveAll(until) && this.#tire());
    const replay = (way: readonly Edge[]): Edge[] => replayed(way, begins, this.#moves);
    return { ...this.#explored(), begins, replay, cut: [...this.#cut.values()] };
  }

  #explored(): Pick<Exploration, "program" | "nodes" | "edges" | "waits"> {
    return { program: this.#program, nodes: this.#nodes, edges: this.#edges, waits: this.#waiting };
  }

  /** Whether a value is the answer to a text message: no call has one. */
  #isWritten(key: string): boolean {
    const [kind, step = ""] = key.split(" ");
    return (kind === "heard" || kind === "param") && this.#program.steps[step]?.asks !== undefined;
  }

  #begins(): { begins: readonly Begin[]; cut: readonly Cut[] } {
    const { begins } = this.#options;
    return begins ? { begins, cut: [] } : beginsOf(this.#program, this.#moves.told, this.#options);
  }

  /** Leaves every node that was not left yet, and those that are found on the way; false if a bound is hit. */
  #leaveAll(until: number): boolean {
    for (; this.#left < this.#nodes.length; this.#left++) {
      const node = this.#nodes[this.#left];
      if (!node || !this.#isOpen(node)) return false;
      if (performance.now() > until) {
        const message = `The time was over after ${node.id} states; others are open.`;
        this.#note("milliseconds", { what: "milliseconds", message });
        return false;
      }
      this.#leave(node);
    }
    return true;
  }

  /** Lets callers be silent for as long as the engine allows; false if no caller can be. */
  #tire(): boolean {
    const found = longSilences(this.#explored()).filter(({ node }) => !this.#tired.has(node.id));
    for (const silence of found) {
      this.#tired.add(silence.node.id);
      this.#silence(silence);
    }
    return found.length > 0;
  }

  #silence(silence: LongSilence): void {
    const { node, unanswered, after } = silence;
    const here = this.#waiting.get(node.id);
    if (!here) return;
    const { waiting, begin } = here;
    const call = { ...node.call, unanswered };
    for (const answer of this.#moves.answersAt(waiting, call, begin).filter(isQuiet)) {
      const event = lastOf(silence, answer.event);
      // Other events do not count as silence.
      for (const arrival of this.#moves.follow(answer, waiting, call, begin))
        if (arrival.call.unanswered !== unanswered)
          this.#arrive(arrival, this.#nodes[after.to], begin, event, answer.aside, silence);
    }
  }

  #isOpen({ id }: Node): boolean {
    const most = this.#options.mostNodes ?? MOST_NODES;
    if (id < most) return true;
    this.#note("nodes", {
      what: "nodes",
      message: `${most === 1 ? "1 state was" : `${most} states were`} explored, and there are more.`,
    });
    return false;
  }

  #note(key: string, cut: Cut): void {
    this.#cut.set(key, cut);
  }

  #leave(node: Node): void {
    const here = this.#waiting.get(node.id);
    if (!here) return;
    const most = this.#options.mostAnswers ?? MOST_ANSWERS;
    if (node.answers >= most) {
      this.#note("answers", {
        what: "answers",
        message: `Ways of more than ${most} answers were not followed.`,
      });
      return;
    }
    const { waiting, begin } = here;
    for (const answer of this.#moves.answersAt(waiting, node.call, begin))
      for (const arrival of this.#moves.follow(answer, waiting, node.call, begin))
        this.#arrive(arrival, node, begin, answer.event, answer.aside);
    for (const arrival of this.#moves.hangUp(waiting, node.call, begin))
      this.#arrive(arrival, node, begin, HANGS_UP);
  }

  /** @param silence set if the event is the last of a long silence, which begins at `from` */
  #arrive(
    arrival: Arrival,
    from: Node | undefined,
    begin: Begin,
    event: CallEvent,
    aside?: AsideEnd,
    silence?: Pick<LongSilence, "after" | "around">,
  ): void {
    const { call, path, heard, error } = arrival;
    const edge: Edge = {
      id: this.#edges.length,
      ...(from && { from: from.id }),
      to: this.#nodes.length,
      begin: begin.id,
      event,
      ...(silence && { around: silence.around }),
      ...(silence && silence.after.id !== from?.via && { after: silence.after.id }),
      answers: [...(aside?.answers ?? []), ...arrival.answers],
      path,
      asides: aside?.paths ?? [],
      heard,
      seconds: secondsOf(silence?.around ?? []) + secondsOf(heard),
      effects: [...(aside?.effects ?? []), ...arrival.effects],
      ...(call.unanswered !== undefined && { unanswered: call.unanswered }),
      ...(error !== undefined && { error }),
    };
    edge.to = this.#nodeOf(arrival, edge, begin).id;
    this.#edges.push(edge);
  }

  #nodeOf(arrival: Arrival, via: Edge, begin: Begin): Node {
    const { waiting, ended, call } = arrival;
    const key = waiting
      ? this.#moves.keyOf(waiting, call, begin)
      : `ended ${ended} ${arrival.path.at(-2) ?? ""} ${arrival.path.at(-1)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const place = waiting && { step: waiting.step, block: blocksOf(waiting)[0] ?? "enter" };
    const node: Node = {
      id: this.#nodes.length,
      via: via.id,
      ...lengthOf(this.#explored(), via),
      ...(place && { place }),
      ...(waiting && { asks: this.#asking(waiting, call, begin, arrival.heard) }),
      ...(ended && { ended }),
      call,
      clock: begin.at,
    };
    this.#nodes.push(node);
    this.#known.set(key, node);
    if (waiting) this.#waiting.set(node.id, { waiting, begin });
    return node;
  }

  #asking(waiting: Waiting, call: Call, begin: Begin, heard: readonly Heard[]): Asking {
    const { element } = waiting;
    const said = heard.flatMap((one) => (one.kind === "said" ? [one.text] : []));
    return {
      verb: element.name,
      prompt: said.join(" "),
      offers: this.#offersOf(this.#moves.answersAt(waiting, call, begin)),
      to: VERBS[element.name]?.names?.(element) ?? [],
    };
  }

  /** The labels of answers; answers that are the same have the same. */
  #offersOf(answers: readonly Answer[]): readonly string[] {
    const known = this.#offers.get(answers) ?? answers.map(({ event }) => event.label);
    this.#offers.set(answers, known);
    return known;
  }
}

function secondsOf(all: readonly (Heard | Edge)[]): number {
  return all.reduce((sum, one) => sum + ("seconds" in one ? one.seconds : 0), 0);
}
