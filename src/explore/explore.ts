/** Explores a flow: a search, breadth first, over every way of a call through it. */

import type { Call } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import type { Arrival } from "./advance.ts";
import type { Answer, AsideEnd } from "./answers/answer.ts";
import { VERBS } from "./answers/registry.ts";
import { beginsOf } from "./begins/begins.ts";
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
import { almostTired, answersIn, circlesOf, tiredEvent } from "./tired.ts";

const MOST_NODES = 20_000;
const MOST_MILLISECONDS = 10_000;
const MOST_ANSWERS = 1000;

/** Explores every way through a flow, as far as the options say. */
export function explore(program: Program, options: ExploreOptions): Exploration {
  return new Search(program, options).run();
}

/** What is said of values that the flow computes with. */
/** Says which values were not all tried. */
export function computedCut(keys: readonly string[]): Cut {
  const names = [...new Set(keys.map((key) => nameOfKey(key)))];
  const message = `The flow computes with ${names.join(" and ")}, and not every value was tried.`;
  return { what: "values", message };
}

/** `heard menu` as a person says it. */
function nameOfKey(key: string): string {
  const [kind, step = ""] = key.split(" ");
  if (kind === "heard" || kind === "param") return `what comes back to "${step}"`;
  if (kind === "answer") return `what the service of "${step}" answers`;
  if (kind === "vars") return key.split(" ").at(-1) ?? key;
  return key.replace(/^kept\.\w+:/, "the persistent variable ");
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
    return { ...this.#explored(), begins, cut: [...this.#cut.values()] };
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
    const explored = this.#explored();
    const found = circlesOf(explored).filter(({ node }) => !this.#tired.has(node.id));
    for (const circle of found) {
      const { node } = circle;
      this.#tired.add(node.id);
      const here = this.#waiting.get(node.id);
      if (!here) continue;
      const { waiting, begin } = here;
      const call = almostTired(node.call);
      const { event, around } = tiredEvent(explored, circle);
      for (const answer of this.#moves.answersAt(waiting, call, begin)) {
        if (answer.event.kind !== "silence") continue;
        for (const arrival of this.#moves.follow(answer, waiting, call, begin))
          this.#arrive(arrival, node, begin, event, answer.aside, around);
      }
    }
    return found.length > 0;
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

  #arrive(
    arrival: Arrival,
    from: Node | undefined,
    begin: Begin,
    event: CallEvent,
    aside?: AsideEnd,
    around?: readonly Edge[],
  ): void {
    const { path, heard, error } = arrival;
    const seconds = heard.reduce((sum, one) => sum + ("seconds" in one ? one.seconds : 0), 0);
    const id = this.#edges.length;
    const known = this.#nodeOf(arrival, from, begin, { id, seconds, answers: answersIn(event) });
    this.#edges.push({
      id,
      ...(from && { from: from.id }),
      to: known.id,
      begin: begin.id,
      event,
      ...(around && { around }),
      answers: [...(aside?.answers ?? []), ...arrival.answers],
      path,
      asides: aside?.paths ?? [],
      heard,
      seconds,
      effects: [...(aside?.effects ?? []), ...arrival.effects],
      ...(error !== undefined && { error }),
    });
  }

  #nodeOf(
    arrival: Arrival,
    from: Node | undefined,
    begin: Begin,
    via: { id: number; seconds: number; answers: number },
  ): Node {
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
      answers: from ? from.answers + via.answers : 0,
      seconds: (from?.seconds ?? 0) + via.seconds,
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
