/** How long flows of 10, 1,000 and 10,000 steps take to check and compile, and a turn of each. */
import { readEvent } from "../../src/engine/event.ts";
import { newCall, turn } from "../../src/engine/turn.ts";
import { advise } from "../../src/flow/advise.ts";
import type { SourceFile } from "../../src/flow/language/node.ts";
import type { Program } from "../../src/program/program.ts";
import { bigFlow, lastMenu } from "./big-flow.ts";
import type { Effort, Figure } from "./figure.ts";
import { builtOrThrow } from "./flows.ts";
import { type Contender, contender, inRounds, median, microseconds, ratio } from "./rounds.ts";

const SMALL = 10;
const MEDIUM = 300;
const LARGE = 1000;
const HUGE = 10_000;
/** Ten times the steps may take a little more than ten times as long: there is more to collect and to sort. */
const LINEAR = 11;

/** Measures building, then one turn of what was built. */
export async function measureCompile(effort: Effort): Promise<Figure[]> {
  const large = building(LARGE);
  const huge = building(HUGE);
  const advised = advising(MEDIUM);
  await inRounds(effort.rounds, [large, huge, advised]);
  const few = turning(effort, SMALL, programOf([bigFlow(SMALL)]));
  const many = turning(effort, HUGE, huge.built());
  await inRounds(effort.rounds, [few, many]);
  return [
    {
      name: "check + compile, 1,000 steps",
      value: median(large.figures),
      unit: "ms",
      bound: { atMost: 1000 },
    },
    {
      name: "check + compile with advice, 300 steps",
      value: median(advised.figures),
      unit: "ms",
      bound: { atMost: 150 },
    },
    { name: "check + compile, 10,000 steps", value: median(huge.figures), unit: "ms" },
    {
      name: "check + compile, 10,000 against 1,000",
      value: ratio(huge, large),
      unit: "×",
      bound: { atMost: LINEAR },
    },
    { name: "a turn, flow of 10 steps", value: median(few.figures), unit: "µs" },
    { name: "a turn, flow of 10,000 steps", value: median(many.figures), unit: "µs" },
    { name: "a turn, 10,000 against 10", value: ratio(many, few), unit: "×", bound: { atMost: 1.5 } },
  ];
}

/** A contender, and the Program that it built last. */
interface Building extends Contender {
  built(): Program;
}

function building(steps: number): Building {
  const files = [bigFlow(steps)];
  let program: Program | undefined;
  const build = (): void => {
    program = programOf(files);
  };
  return { ...contender(() => microseconds(1, build) / 1000), built: () => program ?? programOf(files) };
}

function advising(steps: number): Contender {
  const file = bigFlow(steps);
  return contender(() => microseconds(1, () => advise(builtOrThrow([file]).flows)) / 1000);
}

/** A wrong key at the last menu. */
function turning({ repetitions }: Effort, steps: number, program: Program): Contender {
  const call = { ...newCall("CA1"), rev: 1, slots: { attempt: 1 } };
  const place = { step: lastMenu(steps), block: "answered" };
  const params = { CallSid: "CA1", From: "+14155550111", Digits: "9" };
  const given = { program, now: Date.UTC(2026, 10, 23, 17), env: {} };
  return contender(() =>
    microseconds(repetitions, () => turn({ ...given, event: readEvent(params) }, place, call)),
  );
}

function programOf(files: readonly SourceFile[]): Program {
  const [built] = builtOrThrow(files).flows;
  if (!built) throw new Error("the generated flow came to nothing");
  return built.program;
}
