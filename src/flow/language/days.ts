/** Days as authors write them in hours → days as a Program has them. */
import { gregorianEaster, orthodoxEaster } from "date-easter";
import { WORKED_OUT } from "./calendar.ts";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const PLACES = ["1st", "2nd", "3rd", "4th", "5th", "last"];

const DATE = "(\\d{4}-)?\\d{2}-\\d{2}";
const OFFSET = "(\\s*[+-]\\s*\\d{1,3})?";
const RECURRING = `(${PLACES.join("|")}) (${WEEKDAYS.join("|")}) (${MONTHS.join("|")})${OFFSET}`;
const EASTER = `(orthodox )?easter${OFFSET}`;

/** The form of a day; the rule on hours checks that it exists. */
export const DAY = `^(${DATE}(\\.\\.${DATE})?|${RECURRING}|${EASTER})$`;

/** How a finding describes the form. */
export const DAY_SAYS =
  "a day such as 2026-11-26, 12-25 (every year), 2026-12-24..2027-01-02, 4th thu nov or easter+1";

/** The days of a Program that an author's text means; none for a text that is not a day. */
export function daysOf(text: string): string[] {
  const [, place = "", weekday = "", month = "", after = ""] = new RegExp(`^${RECURRING}$`).exec(text) ?? [];
  if (place !== "") {
    const nth = place === "last" ? -1 : PLACES.indexOf(place) + 1;
    const offset = offsetOf(after);
    const rule = `${MONTHS.indexOf(month) + 1}/${WEEKDAYS.indexOf(weekday)}/${nth}`;
    return [offset === 0 ? rule : `${rule}${offset < 0 ? "" : "+"}${offset}`];
  }
  const easter = new RegExp(`^${EASTER}$`).exec(text);
  if (easter) return eastersOf(easter[1] !== undefined, offsetOf(easter[2] ?? ""));
  return dayProblem(text) === undefined ? [text] : [];
}

function offsetOf(text: string): number {
  return Number(text.replace(/\s/g, ""));
}

function eastersOf(isOrthodox: boolean, offset: number): string[] {
  const years = Array.from({ length: WORKED_OUT.to - WORKED_OUT.from + 1 }, (_, at) => WORKED_OUT.from + at);
  return years.map((of) => {
    const { year, month, day } = isOrthodox ? orthodoxEaster(of) : gregorianEaster(of);
    return new Date(Date.UTC(year, month - 1, day + offset)).toISOString().slice(0, 10);
  });
}

/** What is wrong with a day of the right form, if anything. */
export function dayProblem(text: string): string | undefined {
  if (/[a-z]/.test(text)) return undefined;
  const [from = "", to = from] = text.split("..");
  const wrong = [from, to].find((date) => !isDate(date));
  if (wrong !== undefined) return `${wrong} is not in the calendar; correct the date`;
  if (from.length !== to.length)
    return `${text} begins with a year and ends without one, or the other way round; write both alike`;
  // A yearly span can cross the end of a year.
  return from.length === 10 && to < from ? `${text} ends before it begins; swap its dates` : undefined;
}

function isDate(text: string): boolean {
  // A yearly date can be the 29th of February.
  const full = text.length === 5 ? `2024-${text}` : text;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === full;
}
