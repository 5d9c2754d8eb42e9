/**
 * The changes of a zone's clocks, for the Program: with them the Worker's first answer need not wait for `Intl`, whose first
 * question takes V8 some 20 ms.
 */
import type { Zone } from "../../program/local-time.ts";

const MINUTE = 60_000;
/**
 * The years are fixed, so that a flow compiles to the same Program on every day. At any other time the Worker asks `Intl`,
 * which is slower and as right.
 */
const FROM = Date.UTC(2025, 0) / MINUTE;
const TO = Date.UTC(2040, 0) / MINUTE;
/** No zone changes its clocks twice in three weeks: even for Ramadan, five lie between. */
const STEP = 21 * 24 * 60;

const known = new Map<string, readonly number[]>();

/** The same zone with its offsets, as Node knows them. UTC needs none. */
export function withOffsets<T extends Zone>(zone: T): T & Zone {
  const { timezone } = zone;
  if (timezone === "UTC") return zone;
  const offsets = known.get(timezone) ?? offsetsOf(timezone);
  known.set(timezone, offsets);
  return { ...zone, offsets };
}

function offsetsOf(timezone: string): number[] {
  const offsetIn = offsetsIn(timezone);
  const offsets = [FROM, offsetIn(FROM)];
  for (let from = FROM; from < TO; from += STEP) {
    const to = Math.min(from + STEP, TO - 1);
    const offset = offsetIn(to);
    if (offset !== offsets.at(-1)) offsets.push(changeBetween(offsetIn, from, to), offset);
  }
  return [...offsets, TO];
}

/** The first minute with the later offset of two minutes that lie on either side of a change. */
function changeBetween(offsetIn: OffsetIn, from: number, to: number): number {
  const after = offsetIn(to);
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetIn(middle) === after) late = middle;
    else early = middle;
  }
  return late;
}

/** How many minutes the clocks are ahead of UTC in a minute since 1970. */
type OffsetIn = (minute: number) => number;

// The offset that `Intl` writes, such as `GMT-05:00`, takes a tenth of the time of a whole date in the zone.
function offsetsIn(timeZone: string): OffsetIn {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  return (minute) => {
    const [, sign = "+", hours = 0, minutes = 0] =
      /GMT([+-])(\d\d):(\d\d)$/.exec(format.format(minute * MINUTE)) ?? [];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  };
}
