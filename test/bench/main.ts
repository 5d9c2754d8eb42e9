/**
 * `npm run bench`: measures what the project promises, prints a table, writes bench.json, and exits 1 where a bound
 * is missed. `--smoke` runs everything once and quickly: it keeps to the bounds that do not depend on time, and
 * leaves bench.json as it is.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureBundle } from "./bundle-size.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureCompile } from "./compile.ts";
import { type Effort, type Figure, holds, type Measurement } from "./figure.ts";
import { type Machine, machineLine, thisMachine } from "./machine.ts";
import { measureRequests } from "./requests.ts";
import { measureScripted } from "./scripted.ts";
import { table } from "./table.ts";
import { measureTurn } from "./turn.ts";

const FULL: Effort = { rounds: 11, repetitions: 10_000, slices: 75, slice: 120, calls: 300 };
const SMOKE: Effort = { rounds: 1, repetitions: 100, slices: 3, slice: 100, calls: 10 };

const MEASUREMENTS: readonly Measurement[] = [
  { title: "(a) One turn against twilio's builder", timed: true, measure: measureTurn },
  { title: "(b) Requests a second in workerd", timed: true, measure: measureRequests },
  { title: "(c) The Worker's bundle", timed: false, measure: measureBundle },
  { title: "(c) Its cold start", timed: true, measure: measureColdStart },
  { title: "(d) Large flows", timed: true, measure: measureCompile },
  { title: "(e) Scripted calls", timed: true, measure: measureScripted },
];

const { values } = parseArgs({ options: { smoke: { type: "boolean", default: false } } });
process.exitCode = values.smoke ? await smoke() : await full();

async function full(): Promise<number> {
  const machine = greet();
  const measurements: { title: string; figures: Figure[] }[] = [];
  for (const { title, measure } of MEASUREMENTS) {
    const figures = await measure(FULL);
    console.log(table(title, figures));
    measurements.push({ title, figures });
  }
  writeFileSync("bench.json", `${JSON.stringify({ machine, at: new Date(), measurements }, null, 2)}\n`);
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

/** The exit code, with a sentence where it is not 0. */
function conclude(figures: readonly Figure[]): number {
  const missed = figures.filter((figure) => !holds(figure)).map(({ name }) => name);
  if (missed.length > 0) console.error(`Bounds are missed: ${missed.join("; ")}.`);
  return missed.length > 0 ? 1 : 0;
}
