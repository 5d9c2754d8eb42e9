/** Compares two versions of a flow by what they do to callers. */
import type { Program } from "../../program/program.ts";
import { computedCut } from "../computed.ts";
import type { Cut, Edge, Exploration, ExploreOptions } from "../exploration.ts";
import { explore } from "../explore.ts";
import { Moves } from "../moves.ts";
import { scenarioOf } from "../ways/scenario.ts";
import { asideStrides, roadStrides } from "./beside.ts";
import { CHANGE_KINDS, type Change, type Diff } from "./change.ts";
import { declaredChanges, hasOtherPatterns } from "./declared.ts";
import { compareBeside, compareLone, compareStride, type Difference, type Known } from "./differences.ts";
import { groupChanges } from "./group.ts";
import { jointBegins } from "./joint-begins.ts";
import { NO_PLACES, placesOf } from "./places.ts";
import type { NameOf } from "./target.ts";
import { type Stride, type Walked, walk } from "./walk.ts";
import { wholeChanges } from "./whole.ts";

/** How far flows are compared, and in which world. */
export interface DiffOptions extends Omit<ExploreOptions, "moments" | "begins"> {
  /** The author's name of a number, queue or address; the address itself if left out. */
  nameOf?(address: string): string;
}

const MOST_PAIRS = 20_000;
const MOST_MILLISECONDS = 10_000;

/** Compares a flow as it was with the flow as it is now. */
export function diff(was: Program, now: Program, options: DiffOptions): Diff {
  if (was.hash === now.hash) return { flow: now.flow, changes: [], cut: [] };
  return new Comparison(was, now, options).run();
}

class Comparison {
  readonly #was: Program;
  readonly #now: Program;
  readonly #options: DiffOptions;
  readonly #cut = new Map<string, Cut>();
  readonly #moves: { was: Moves; now: Moves };
  readonly #begins;

  constructor(was: Program, now: Program, options: DiffOptions) {
    [this.#was, this.#now, this.#options] = [was, now, options];
    const cutServices = (step: string): void =>
      this.#note({
        what: "services",
        message: `Not every combination of what the service of "${step}" can answer was compared.`,
      });
    this.#moves = {
      was: new Moves(was, options, cutServices),
      now: new Moves(now, options, cutServices),
    };
    const { begins, cut } = jointBegins(
      { program: was, told: this.#moves.was.told },
      { program: now, told: this.#moves.now.told },
      options,
    );
    this.#begins = begins;
    for (const one of cut) this.#note(one);
    const inexact = [this.#moves.was, this.#moves.now].flatMap(({ told }) => told.inexact);
    if (inexact.length > 0) this.#note(computedCut(inexact));
    if (hasOtherPatterns(was, now)) {
      const message =
        "Texts are matched by other patterns, and not every text that they tell apart was compared.";
      this.#note({ what: "values", message });
    }
  }

  run(): Diff {
    const { flow } = this.#now;
    const { nameOf = (address: string) => address } = this.#options;
    const first = this.#walk({ was: NO_PLACES, now: NO_PLACES, nameOf }, true);
    const declared = this.#declared(nameOf);
    if (first.differences.length === 0) return { flow, changes: declared, cut: this.#cuts(first.walked) };
    const explored = { was: this.#explore(this.#was), now: this.#explore(this.#now) };
    const known = { was: placesOf(explored.was, nameOf), now: placesOf(explored.now, nameOf), nameOf };
    const { walked, differences } = this.#walk(known, false);
    const callOf = (way: readonly Edge[]): Change["call"] => callFrom(explored.now, way);
    const grouped = groupChanges(differences, { walked, begins: this.#begins, nameOf, callOf });
    const changes = [...grouped, ...declared, ...wholeChanges(explored, nameOf)];
    const rank = ({ kind }: Change): number => CHANGE_KINDS.indexOf(kind);
    return { flow, changes: changes.sort((a, b) => rank(a) - rank(b)), cut: this.#cuts(walked) };
  }

  /** @param untilFirst whether the first difference ends it */
  #walk(known: Known, untilFirst: boolean): { walked: Walked; differences: Difference[] } {
    const differences: Difference[] = [];
    const walked = walk({
      ...this.#moves,
      begins: this.#begins,
      mostPairs: this.#options.mostNodes ?? MOST_PAIRS,
      mostMilliseconds: this.#options.mostMilliseconds ?? MOST_MILLISECONDS,
      compare: (stride) => {
        const compared = compareStride(stride, known);
        differences.push(...compared.differences);
        return compared;
      },
      isEnough: () => untilFirst && differences.length > 0,
    });
    const isEnough = (): boolean => untilFirst && differences.length > 0;
    for (const pair of walked.pairs) {
      if (isEnough()) break;
      differences.push(...compareLone(pair));
      for (const stride of asideStrides(pair, this.#moves, walked.strides[pair.via]))
        differences.push(...compareBeside(stride, "beside the call"));
    }
    if (isEnough()) return { walked, differences };
    const roads = this.#roads();
    for (const stride of roads) differences.push(...compareBeside(stride, ""));
    return { walked: { ...walked, strides: [...walked.strides, ...roads] }, differences };
  }

  #declared(nameOf: NameOf): Change[] {
    const { was, now } = this.#moves;
    const [begin] = this.#begins;
    return declaredChanges(
      { program: this.#was, moves: was },
      { program: this.#now, moves: now },
      begin,
      nameOf,
    );
  }

  #roads(): Stride[] {
    const { was, now } = this.#moves;
    return roadStrides({ program: this.#was, moves: was }, { program: this.#now, moves: now }, this.#begins);
  }

  #explore(program: Program): Exploration {
    return explore(program, { ...this.#options, begins: this.#begins });
  }

  #note(cut: Cut): void {
    this.#cut.set(cut.message, cut);
  }

  #cuts({ cut }: Walked): Cut[] {
    for (const one of cut) this.#note(one);
    return [...this.#cut.values()];
  }
}

/** What happens without a call has no way that begins with one. */
function callFrom(exploration: Exploration, way: readonly Edge[]): Change["call"] {
  return way[0]?.event.kind === "begins" ? scenarioOf(exploration, way) : undefined;
}
