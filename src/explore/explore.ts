/** Explores a flow: a search, breadth first, over every way of a call through it. */
import { handlerOf, unwind } from "../engine/scope.ts";
import { newCall } from "../engine/turn.ts";
import type { Call, Program } from "../program/program.ts";
import { type Arrival, Mover, type Waiting } from "./advance.ts";
import type { Answer, Asked } from "./answers/answer.ts";
import { VERBS } from "./answers/registry.ts";
import { type AsideEnd, asideEnds } from "./aside.ts";
import { beginsOf } from "./begins.ts";
import { continuationIn } from "./document.ts";
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
} from "./exploration.ts";
import { type Fold, foldOf } from "./fold.ts";
import { livenessOf } from "./liveness.ts";
import { toldApart } from "./told-apart.ts";

const MOST_NODES = 20_000;
const MOST_MILLISECONDS = 10_000;
const MOST_ANSWERS = 200;

/** Explores every way through a flow, as far as the options say. */
export function explore(program: Program, options: ExploreOptions): Exploration {
  return new Search(program, options).run();
}

const BEGINS: CallEvent = { kind: "begins", label: "calls", params: {}, lines: [] };
const HANGS_UP: CallEvent = {
  kind: "hangup",
  label: "hangs up",
  params: { CallStatus: "completed" },
  lines: ["hangup"],
};

class Search {
  readonly #program: Program;
  readonly #options: ExploreOptions;
  readonly #told;
  readonly #fold: Fold;
  readonly #mover: Mover;
  readonly #nodes: Node[] = [];
  readonly #edges: Edge[] = [];
  readonly #known = new Map<string, Node>();
  /** Where the nodes that wait do so. */
  readonly #waiting = new Map<number, { waiting: Waiting; begin: Begin }>();
  readonly #cut = new Map<string, Cut>();

  constructor(program: Program, options: ExploreOptions) {
    this.#program = program;
    this.#options = options;
    this.#told = toldApart(program);
    this.#fold = foldOf(program, livenessOf(program));
    this.#mover = new Mover({
      program,
      told: this.#told,
      options,
      cutServices: (step) =>
        this.#note(`services ${step}`, {
          what: "services",
          message: `Not every combination of what the service of "${step}" can answer was explored.`,
        }),
    });
  }

  run(): Exploration {
    const { begins, cut } = beginsOf(this.#program, this.#told, this.#options);
    for (const one of cut) this.#note(one.what, one);
    for (const begin of begins) this.#begin(begin);
    const until = performance.now() + (this.#options.mostMilliseconds ?? MOST_MILLISECONDS);
    for (const node of this.#nodes) {
      if (performance.now() > until) {
        this.#note("milliseconds", {
          what: "milliseconds",
          message: `The time was over after ${node.id} states; others are open.`,
        });
        break;
      }
      if (!this.#isOpen(node)) break;
      this.#leave(node);
    }
    return {
      program: this.#program,
      begins,
      nodes: this.#nodes,
      edges: this.#edges,
      cut: [...this.#cut.values()],
    };
  }

  #isOpen({ id }: Node): boolean {
    const most = this.#options.mostNodes ?? MOST_NODES;
    if (id < most) return true;
    this.#note("nodes", { what: "nodes", message: `${most} states were explored, and there are more.` });
    return false;
  }

  #note(key: string, cut: Cut): void {
    this.#cut.set(key, cut);
  }

  #begin(begin: Begin): void {
    const { start } = this.#program;
    const call: Call = {
      ...newCall(`CA${"0".repeat(31)}1`),
      ...(Object.keys(begin.kept).length > 0 && { kept: { ...begin.kept } }),
    };
    for (const arrival of this.#mover.resume({ step: start, block: "enter" }, call, begin, {}))
      this.#arrive(arrival, undefined, begin, BEGINS);
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
    for (const answer of this.#answersAt(waiting, node.call, begin))
      for (const arrival of this.#follow(answer, waiting, node.call, begin))
        this.#arrive(arrival, node, begin, answer.event, answer.aside);
    this.#hangUp(node, waiting, begin);
  }

  #answersAt({ element, step }: Waiting, call: Call, begin: Begin): Answer[] {
    const besides: Asked["besides"] = (url, params) => {
      const to = continuationIn(url);
      return to ? asideEnds(this.#mover, this.#told, { step, block: to.link }, call, begin, params) : [];
    };
    return VERBS[element.name]?.answers({ element, step, call, told: this.#told, besides }) ?? [];
  }

  #follow({ event, next, aside }: Answer, waiting: Waiting, before: Call, begin: Begin): Arrival[] {
    if (next === "next") return this.#mover.playOn(waiting, before, begin);
    const stays: Arrival = { call: before, path: [waiting.step], heard: [], effects: [], answers: [] };
    if (next === "stays") return [{ ...stays, waiting }];
    if (next === "elsewhere") return [{ ...stays, ended: "elsewhere" }];
    const place = { step: waiting.step, block: next.to.link };
    const takesOver = this.#program.steps[place.step]?.beside === place.block;
    const call = aside && takesOver ? withAside(before, aside.call) : before;
    return this.#mover.resume(place, call, begin, event.params);
  }

  /** The caller hangs up: the flow's `onHangup` runs, as after Twilio's status callback. */
  #hangUp(node: Node, { step }: Waiting, begin: Begin): void {
    const call = structuredClone(node.call);
    const handler = handlerOf(this.#program, call, step, "onHangup");
    const gone: Arrival = { call, path: [step], heard: [], effects: [], answers: [], ended: "caller" };
    if (!handler) return this.#arrive(gone, node, begin, HANGS_UP);
    unwind(call, handler.depth);
    const place = { step: handler.step, block: "enter" };
    for (const arrival of this.#mover.resume(place, call, begin, HANGS_UP.params))
      this.#arrive({ ...arrival, path: [step, ...arrival.path], ended: "caller" }, node, begin, HANGS_UP);
  }

  #arrive(arrival: Arrival, from: Node | undefined, begin: Begin, event: CallEvent, aside?: AsideEnd): void {
    const { path, heard, error } = arrival;
    const seconds = heard.reduce((sum, one) => sum + ("seconds" in one ? one.seconds : 0), 0);
    const id = this.#edges.length;
    const known = this.#nodeOf(arrival, from, begin, { id, seconds });
    this.#edges.push({
      id,
      ...(from && { from: from.id }),
      to: known.id,
      begin: begin.id,
      event,
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
    via: { id: number; seconds: number },
  ): Node {
    const { waiting, ended, call } = arrival;
    const key = waiting
      ? this.#keyOf(waiting, call, begin)
      : `ended ${ended} ${arrival.path.at(-2) ?? ""} ${arrival.path.at(-1)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const place = waiting && { step: waiting.step, block: blocksOf(waiting)[0] ?? "enter" };
    const node: Node = {
      id: this.#nodes.length,
      via: via.id,
      answers: (from?.answers ?? -1) + 1,
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

  #keyOf(waiting: Waiting, call: Call, begin: Begin): string {
    const { step, element, document, at } = waiting;
    const { children: _, ...verb } = element;
    const rest = document.verbs?.slice(at + 1) ?? [];
    // What was said before does not matter any more, but what is dialled does.
    const asks = element.name === "Gather" ? verb : element;
    return JSON.stringify([step, asks, rest, this.#fold({ step, blocks: blocksOf(waiting), call, begin })]);
  }

  #asking(waiting: Waiting, call: Call, begin: Begin, heard: readonly Heard[]): Asking {
    const { element } = waiting;
    const said = heard.flatMap((one) => (one.kind === "said" ? [one.text] : []));
    return {
      verb: element.name,
      prompt: said.join(" "),
      offers: this.#answersAt(waiting, call, begin).map(({ event }) => event.label),
      to: VERBS[element.name]?.names?.(element) ?? [],
    };
  }
}

/** The call with what an aside has set, as the Worker reads it. */
function withAside(call: Call, { vars, kept, language }: Call): Call {
  return { ...call, vars, ...(kept && { kept }), ...(language !== undefined && { language }) };
}

/** The blocks that the rest of a document can resume. */
function blocksOf({ element, document, at }: Waiting): string[] {
  const urls = JSON.stringify([element, document.verbs?.slice(at + 1)]).match(/\/continue\/[^"?&\s]+/g) ?? [];
  return [...new Set(urls.flatMap((url) => continuationIn(url)?.link ?? []))];
}
