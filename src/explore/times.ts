/** The times of day, weekdays and dates that expressions compare with the clock, as hours that are open on one side. */
import type { Program, Range } from "../program/program.ts";
import type { NamedHours } from "./clocks.ts";
import type { ToldApart } from "./told/told-apart.ts";

const DAY: Range = { from: 0, to: 24 * 60 };
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** What a program compares with `now().hour`, `now().weekday` and `today()`. */
export function timesCompared({ timezone = "UTC" }: Program, told: ToldApart): NamedHours[] {
  const whole = (field: string): number[] =>
    told
      .of("now")
      .flatMap(({ path, side }) => (path.join() === field && "boundary" in side ? [side.boundary] : []));
  // The hour that is compared with is a side of its own.
  const hours = new Set(whole("hour").flatMap((hour) => [hour, hour + 1]));
  const days = new Set(whole("weekday"));
  const dates = told.of("today").flatMap(({ side }) => ("value" in side ? [String(side.value)] : []));
  return [
    ...[...hours].filter((hour) => hour > 0 && hour < 24).map((hour) => before(hour, timezone)),
    ...[...days].flatMap((day) => (WEEKDAYS[day] ? [on(day, timezone)] : [])),
    ...[...new Set(dates)]
      .filter((date) => /^\d{4}-\d\d-\d\d$/.test(date))
      .map((date) => onDate(date, timezone)),
  ];
}

function before(hour: number, timezone: string): NamedHours {
  const open = WEEKDAYS.map(() => [{ from: 0, to: hour * 60 }]);
  return {
    hours: { timezone, open, closed: [], special: {} },
    labelOf: (state) => `${state === "open" ? "before" : "from"} ${hour}:00`,
  };
}

function on(day: number, timezone: string): NamedHours {
  const open = WEEKDAYS.map((_, index) => (index === day ? [DAY] : []));
  return {
    hours: { timezone, open, closed: [], special: {} },
    labelOf: (state) => `${state === "open" ? "on" : "not on"} ${WEEKDAYS[day]}`,
  };
}

function onDate(date: string, timezone: string): NamedHours {
  const special = { [date]: [DAY] };
  return {
    hours: { timezone, open: WEEKDAYS.map(() => []), closed: [], special },
    labelOf: (state) => `${state === "open" ? "on" : "not on"} ${date}`,
  };
}
