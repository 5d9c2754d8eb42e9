/** The moments that a flow tells apart: one for each combination of its hours. */
import { scopesOf } from "../engine/scope.ts";
import { closedDayOf, DAY_MINUTES, isHoliday, isOpen, rangesOn, specialDayOf } from "../program/hours.ts";
import { dayFrom, type LocalTime, localTime, midnightOf, offsetAt } from "../program/local-time.ts";
import type { Hours, Program } from "../program/program.ts";
import type { Moment } from "./exploration.ts";

const MINUTE = 60_000;
const DAYS = 366;
/** Every weekday is among these days, and the night before the first. */
const WEEK = 8;
/** A call takes its time: the hours should not change while it lasts. */
const ROOM = 30 * MINUTE;

/** Hours, and what a moment is called by them. */
export interface NamedHours {
  hours: Hours;
  labelOf(state: string): string;
}

/**
 * The moments within a year that differ in what is open or a holiday, the earliest first.
 * @param others more that moments can differ in
 */
export function momentsOf(program: Program, now: number, others: readonly NamedHours[] = []): Moment[] {
  const own = scopesOf(program).flatMap((scope) => Object.entries(scope.hours).map(ownHours));
  const named = [...new Map([...own, ...others].map((one) => [JSON.stringify(one.hours), one])).values()];
  const best = new Map<string, { at: number; room: number; label: string }>();
  for (const { at, room } of candidatesOf(
    named.map((one) => one.hours),
    now,
  )) {
    const states = named.map((one) => stateOf(one.hours, at));
    const known = best.get(states.join());
    if (known && (known.room >= ROOM || known.room >= room)) continue;
    const label = named.map(({ labelOf }, index) => labelOf(states[index] ?? "")).join(", ");
    best.set(states.join(), { at, room, label });
  }
  const moments = [...best.values()].sort((a, b) => a.at - b.at).map(({ at, label }) => ({ at, label }));
  return moments.length > 0 ? moments : [{ at: now, label: "" }];
}

function ownHours([name, hours]: [string, Hours]): NamedHours {
  return { hours, labelOf: (state) => `${name} ${state}` };
}

/** Whether expressions read the time itself, so that these moments are not all that differ. */
export function readsClock({ steps }: Program): boolean {
  return /\["(now|today|nextOpen)"/.test(JSON.stringify(steps));
}

/** What expressions read of hours. */
export function stateOf(hours: Hours, at: number): string {
  const open = isOpen(hours, at) ? "open" : "closed";
  return isHoliday(hours, at) ? `${open} on a holiday` : open;
}

/** The middle between two changes, and how far it is from them. */
function candidatesOf(all: readonly Hours[], now: number): { at: number; room: number }[] {
  const changes = [...new Set([now, ...all.flatMap((hours) => changesOf(hours, all, now))])].sort(
    (a, b) => a - b,
  );
  return changes.slice(1).flatMap((to, index) => {
    const from = changes[index] ?? to;
    const room = (to - from) / 2;
    // Between the days that are looked at is time that is not.
    return room > DAY_MINUTES * MINUTE ? [] : [{ at: Math.floor((from + room) / MINUTE) * MINUTE, room }];
  });
}

/** When hours can open or close from now on, in the next week and on days that are special to any of them. */
function changesOf(hours: Hours, all: readonly Hours[], now: number): number[] {
  const today = localTime(hours, now);
  const days = Array.from({ length: DAYS }, (_, index) => dayFrom(today, index));
  const chosen = days.filter((day, index) => index < WEEK || all.some((one) => isSpecial(one, day)));
  const walls = chosen.flatMap((day) => {
    const midnight = midnightOf(day.year, day.month, day.day);
    const minutes = rangesOn(hours, day).flatMap(({ from, to }) => [from, to]);
    return [0, ...minutes, DAY_MINUTES].map((minute) => midnight + minute * MINUTE);
  });
  return walls.map((wall) => wall - offsetAt(hours, wall - offsetAt(hours, wall))).filter((at) => at > now);
}

function isSpecial(hours: Hours, day: LocalTime): boolean {
  return specialDayOf(hours, day) !== undefined || closedDayOf(hours, day) !== undefined;
}
