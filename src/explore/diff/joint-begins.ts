/** How calls of two flows begin: at the moments and with the unknowns that either of them tells apart. */
import { localTime } from "../../program/local-time.ts";
import type { Hours, Program } from "../../program/program.ts";
import { beginsOf } from "../begins/begins.ts";
import { momentsOf, stateOf } from "../clocks.ts";
import type { Begin, Cut, ExploreOptions, Moment } from "../exploration.ts";
import { timesCompared } from "../times.ts";
import type { ToldApart } from "../told/told-apart.ts";

/** A program, and what it tells apart. */
export interface Told {
  program: Program;
  told: ToldApart;
}

/** The begins of both flows, each once. */
export function jointBegins(was: Told, now: Told, options: ExploreOptions): { begins: Begin[]; cut: Cut[] } {
  const moments = jointMoments(was, now, options.now);
  const found = [now, was].map(({ program, told }) => beginsOf(program, told, { ...options, moments }));
  const [ofNow, ofWas] = found.map(({ begins }) => begins[0]?.env ?? {});
  const env = { ...ofWas, ...ofNow };
  const all = found.flatMap(({ begins }) =>
    begins.map((begin) => ({ ...begin, env: { ...env, ...options.env } })),
  );
  const unique = new Map(all.map((one) => [JSON.stringify([one.at, one.kept, one.params, one.queue]), one]));
  return {
    begins: [...unique.values()].map((begin, id) => ({ ...begin, id })),
    cut: found.flatMap(({ cut }) => cut).slice(0, 1),
  };
}

/** The moments that differ in what is open in either flow. */
function jointMoments(
  { program: was, told }: Told,
  { program: now, told: toldNow }: Told,
  from: number,
): Moment[] {
  const parts = Object.entries(was.parts ?? {}).map(([name, part]) => [` ${name}`, part] as const);
  const both: Program = { ...now, parts: { ...now.parts, ...Object.fromEntries(parts), " ": was } };
  const named = pairsOf(was, now);
  const times = [...timesCompared(was, told), ...timesCompared(now, toldNow)];
  const unique = [...new Map(times.map((one) => [JSON.stringify(one.hours), one])).values()];
  return momentsOf(both, from, unique).map(({ at }) => ({
    at,
    label: [
      ...named.map((one) => labelAt(one, at, from)),
      ...unique.map(({ hours, labelOf }) => labelOf(stateOf(hours, at))),
    ].join(", "),
  }));
}

/** Hours of the same name. */
interface HoursPair {
  name: string;
  was: Hours | undefined;
  now: Hours | undefined;
}

function pairsOf(was: Program, now: Program): HoursPair[] {
  const [before, after] = [hoursOf(was), hoursOf(now)];
  const same = new Set([...after.values()].map((one) => JSON.stringify(one)));
  const gone = [...before].filter(([name, one]) => !after.has(name) && !same.has(JSON.stringify(one)));
  return [
    ...[...after].map(([name, one]) => ({ name, was: before.get(name) ?? one, now: one })),
    ...gone.map(([name, one]) => ({ name, was: one, now: undefined })),
  ];
}

/** By name; those of parts with the part's. */
function hoursOf({ hours, parts = {} }: Program): Map<string, Hours> {
  const own = Object.entries(hours);
  const others = Object.entries(parts).flatMap(([part, scope]) =>
    Object.entries(scope.hours).map(
      ([name, one]) => [name in hours ? `${part}.${name}` : name, one] as const,
    ),
  );
  return new Map([...own, ...others]);
}

function labelAt({ name, was, now }: HoursPair, at: number, from: number): string {
  const [before, after] = [was && stateOf(was, at), now && stateOf(now, at)];
  if (before === after || before === undefined || after === undefined) return `${name} ${after ?? before}`;
  const spans = now && was ? spansOf(was, now, from, before, after) : [];
  const time = spans.length > 0 ? spans.join(" and ") : dateOf(now ?? was, at);
  return `${time} (${name}: ${before} before and ${after} now)`;
}

function dateOf(hours: Hours | undefined, at: number): string {
  const { date = "", time = "" } = hours ? localTime(hours, at) : {};
  return `${date} ${time}`;
}

const MINUTE = 60_000;
const GRAIN = 5;
const WEEK = (7 * 24 * 60) / GRAIN;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** When in a week the two are in these states: `Sat 09:00–12:00`. */
function spansOf(was: Hours, now: Hours, from: number, before: string, after: string): string[] {
  const start = Math.ceil(from / (GRAIN * MINUTE)) * GRAIN * MINUTE;
  const byTime = new Map<string, number[]>();
  let open: { day: number; minute: number } | undefined;
  for (let index = 0; index <= WEEK; index++) {
    const at = start + index * GRAIN * MINUTE;
    const { weekday, hour, minute } = localTime(now, at);
    const here = { day: weekday, minute: hour * 60 + minute };
    const isHere = stateOf(was, at) === before && stateOf(now, at) === after;
    if (open && (!isHere || here.day !== open.day || index === WEEK)) {
      const end = here.day === open.day ? here.minute : 24 * 60;
      const time = `${clock(open.minute)}–${clock(end)}`;
      byTime.set(time, [...(byTime.get(time) ?? []), open.day]);
      open = undefined;
    }
    if (isHere && !open) open = here;
  }
  return [...byTime].map(([time, days]) => `${daysText([...new Set(days)])} ${time}`);
}

function daysText(days: readonly number[]): string {
  const sorted = days.map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const name = (day: number | undefined): string => DAYS[((day ?? 0) + 1) % 7] ?? "";
  const isRun = sorted.length > 2 && sorted.every((day, at) => at === 0 || day === (sorted[at - 1] ?? 0) + 1);
  return isRun ? `${name(sorted[0])}–${name(sorted.at(-1))}` : sorted.map(name).join(", ");
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
