/** How long it takes to explore every way of a call: the shipped flows, and generated ones. */

import { diff } from "../../src/explore/diff/diff.ts";
import type { Exploration } from "../../src/explore/exploration.ts";
import { explore } from "../../src/explore/explore.ts";
import type { Program } from "../../src/program/program.ts";
import { refactored } from "../explore/rewritten.ts";
import { bigFlow } from "./big-flow.ts";
import type { Effort, Figure } from "./figure.ts";
import { builtOrThrow, shippedFlows } from "./flows.ts";
import { type Contender, contender, inRounds, median, microseconds } from "./rounds.ts";

const STEPS = 1000;
const NOW = Date.UTC(2026, 10, 26, 17);

/** Measures whole explorations, and how many states a second a large one takes. */
export async function measureExplore(effort: Effort): Promise<Figure[]> {
  const { programs } = await shippedFlows();
  const shipped = contender(() => ms(() => programs.map((program) => explored(program))));
  const whole = generated((text) => text.replaceAll('"{{ vars.tries + 1 }}"', "1"));
  const large = contender(() => ms(() => explored(whole)));
  // This one counts, so that it has more states than steps.
  const counting = generated((text) => text);
  const many = contender(() => ms(() => explored(counting, effort.states)));
  const same = comparing(programs, refactored);
  const changed = comparing(programs, reworded);
  await inRounds(Math.min(effort.rounds, 5), [shipped, same, changed, large, many]);
  return [
    {
      name: "all ways, shipped flows together",
      value: median(shipped.figures),
      unit: "ms",
      bound: { atMost: 1000 },
    },
    {
      name: "diff of the shipped flows, names and order changed",
      value: median(same.figures),
      unit: "ms",
      bound: { atMost: 1000 },
    },
    {
      name: "diff of the shipped flows, one prompt each changed",
      value: median(changed.figures),
      unit: "ms",
      bound: { atMost: 1000 },
    },
    { name: "all ways, 1,000 steps", value: median(large.figures), unit: "ms", bound: { atMost: 5000 } },
    {
      name: "states a second",
      value: (effort.states * 1000) / median(many.figures),
      unit: "states/s",
    },
  ];
}

/** Compares each flow with what it is after a change. */
function comparing(programs: readonly Program[], change: (program: Program) => Program): Contender {
  const pairs = programs.map((program) => [program, change(program)] as const);
  return contender(() => ms(() => pairs.map(([was, now]) => diff(was, now, { now: NOW }))));
}

function reworded(program: Program): Program {
  const changed: Program = JSON.parse(JSON.stringify(program).replace("</Say>", " now</Say>"));
  return { ...changed, hash: "reworded" };
}

function generated(change: (text: string) => string): Program {
  const { path, text } = bigFlow(STEPS);
  const [program] = builtOrThrow([{ path, text: change(text) }]).programs;
  if (!program) throw new Error("the generated flow has no program");
  return program;
}

function explored(program: Program, mostNodes?: number): Exploration {
  return explore(program, {
    now: NOW,
    mostMilliseconds: 120_000,
    ...(mostNodes !== undefined && { mostNodes }),
  });
}

function ms(work: () => unknown): number {
  return microseconds(1, work) / 1000;
}
