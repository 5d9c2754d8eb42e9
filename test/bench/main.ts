/**
 * `npm run bench`: measures what the project promises, prints a table, writes bench.json, and exits 1 if a bound is
 * missed. `--smoke` runs everything once and quickly: it checks only the bounds that do not depend on time, and leaves
 * bench.json as it is. `--record` measures nothing: it takes the last run into docs/benchmarks.md, or, with
 * `--as before`, makes it the run that later ones are compared with.
 */
import { parseArgs } from "node:util";
import { measureBundle } from "./bundle-size.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureCompile } from "./compile.ts";
import { measureExplore } from "./explore.ts";
import { type Effort, type Figure, holds, type Measurement } from "./figure.ts";
import { measureLargeMistakes } from "./large-mistakes.ts";
import { type Machine, machineLine, thisMachine } from "./machine.ts";
import { measurePackage } from "./package.ts";
import { writePage } from "./page.ts";
import { measureRequests } from "./requests.ts";
import { type Measured, type RunName, record, writeLast } from "./run.ts";
import { measureScripted } from "./scripted.ts";
import { measureStart } from "./start.ts";
import { table } from "./table.ts";
import { measureTools } from "./tools.ts";
import { measureTurn } from "./turn.ts";

const FULL: Effort = {
  rounds: 11,
  repetitions: 10_000,
  processes: 5,
  warmUp: 1000,
  slices: 15,
  slice: 120,
  calls: 300,
  saves: 5,
  states: 5000,
  mistaken: Number.POSITIVE_INFINITY,
};
// As little as shows that every measurement still works. The findings of all mistaken files are in test/flow/long.test.ts.
const SMOKE: Effort = {
  rounds: 1,
  repetitions: 100,
  processes: 1,
  warmUp: 50,
  slices: 1,
  slice: 50,
  calls: 1,
  saves: 1,
  states: 500,
  mistaken: 1,
};

const MEASUREMENTS: readonly Measurement[] = [
  {
    title: "One turn against twilio's builder",
    about:
      "From a webhook's parameters to TwiML. Twilio's `VoiceResponse` builds the same document. " +
      "Neither the signature nor the ticket is included.",
    timed: true,
    measure: measureTurn,
  },
  {
    title: "Requests a second in workerd",
    about:
      "A wrong key at the menu of `flows/front-desk.yaml`, over workerd's own socket, signature and sealed ticket " +
      "included. The rivals in `test/bench/rivals` verify the signature and answer with the same document.",
    timed: true,
    measure: measureRequests,
  },
  {
    title: "The Worker's bundle",
    about: "What a deploy uploads, without the Programs, and the part that each folder or package has in it.",
    timed: false,
    measure: measureBundle,
  },
  {
    title: "Its cold start",
    about:
      "From starting a workerd process to the end of its first answer, with the shipped Programs, and with that of a " +
      "generated flow of 1,000 steps. The front desk has opening hours. Its Program brings the clock changes of its zone, so that " +
      "the first answer does without `Intl`, whose first clock in a time zone takes V8 some 20 ms.",
    timed: true,
    measure: measureColdStart,
  },
  {
    title: "Large flows",
    about: "Checking and compiling generated flows, and one turn of what was compiled.",
    timed: true,
    measure: measureCompile,
  },
  {
    title: "All ways of a call",
    about:
      "Exploring flows as `ringflow paths`, promises and `ringflow diff` do, without reading and compiling them.",
    timed: true,
    measure: measureExplore,
  },
  {
    title: "Files with very many mistakes",
    about: "`ringflow check` as a whole process, on files that once took minutes or all memory.",
    timed: true,
    measure: measureLargeMistakes,
  },
  {
    title: "Scripted calls",
    about:
      "Whole calls as `ringflow test` plays them, in a process of their own: carrier, signatures, app and tickets.",
    timed: true,
    measure: measureScripted,
  },
  {
    title: "The command line",
    about:
      "Whole processes in this project, from their start to their exit, with Node's compile cache filled by a run " +
      "before. `npx` is not included.",
    timed: true,
    measure: measureTools,
  },
  {
    title: "Development",
    about:
      "`ringflow start` in a copy of this project: from the start of its process to its first answer, and from writing " +
      "a flow's file to an answer of the new version.",
    timed: true,
    measure: measureStart,
  },
  {
    title: "The package",
    about:
      "The same as users have it: the JavaScript that `npm run package` makes, in whole processes of Node, without `npx`; the best round of each command.",
    timed: true,
    measure: measurePackage,
  },
];

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    as: { type: "string", default: "now" },
  },
});
if (values.record) recordLast(values.as);
else process.exitCode = values.smoke ? await smoke() : await full();

function recordLast(as: string): void {
  if (!isRunName(as)) throw new Error(`--as takes "before" or "now", not "${as}".`);
  record(as);
  writePage();
}

function isRunName(name: string): name is RunName {
  return name === "before" || name === "now";
}

async function full(): Promise<number> {
  const machine = greet();
  const measurements: Measured[] = [];
  for (const { title, about, measure } of MEASUREMENTS) {
    const figures = await measure(FULL);
    console.log(table(title, figures));
    measurements.push({ title, about, figures });
  }
  writeLast({ machine, measurements });
  return conclude(measurements.flatMap(({ figures }) => figures));
}

async function smoke(): Promise<number> {
  greet();
  const bounded: Figure[] = [];
  for (const { title, timed, measure } of MEASUREMENTS) {
    const figures = await measure(SMOKE);
    const kept = timed ? figures.map(({ bound: _, ...figure }) => figure) : figures;
    console.log(table(title, kept));
    bounded.push(...kept);
  }
  return conclude(bounded);
}

function greet(): Machine {
  const machine = thisMachine();
  console.log(`${machineLine(machine)}\n`);
  return machine;
}

/** The exit code, with a sentence if it is not 0. */
function conclude(figures: readonly Figure[]): number {
  const missed = figures.filter((figure) => !holds(figure)).map(({ name }) => name);
  if (missed.length > 0) console.error(`Bounds missed: ${missed.join("; ")}.`);
  return missed.length > 0 ? 1 : 0;
}
