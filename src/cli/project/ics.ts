/** `.ics` files → the dates of their all-day events. The only file that imports ical.js. */
import ICAL from "ical.js";
import { type CalendarFile, WORKED_OUT } from "../../flow/language/calendar.ts";
import { readDate } from "../../program/dates.ts";

/** More dates than a calendar of holidays has: an event that recurs daily has as many in 13 years. */
const MOST_DATES = 5000;

/** A date without its type, as some programs write it: by the standard it would be a date and a time. */
const BARE_DATE = /^(DTSTART|DTEND):(\d{8})(?=\r?$)/gm;

/** Reads an iCalendar text. Events that have a time are left out: they are meetings, not days off. */
export function readIcs(text: string): CalendarFile {
  try {
    return readEvents(eventsIn(text));
  } catch {
    // The library throws for a broken date or rule as well, at any step.
    return { wrong: "is not an iCalendar file; export it again" };
  }
}

function readEvents(events: readonly ICAL.Event[]): CalendarFile {
  const dates = new Set<string>();
  for (const event of events) {
    if (!hasDate(event))
      return { wrong: `has no date for "${event.summary ?? "an event"}"; export it again` };
    for (const date of datesOf(event)) {
      dates.add(date);
      if (dates.size > MOST_DATES)
        return { wrong: `has more than ${MOST_DATES} all-day events; export a calendar of holidays only` };
    }
  }
  if (dates.size === 0) return { wrong: "has no all-day event; events with a time do not close a day" };
  return { dates: [...dates].toSorted() };
}

/** Whether its start is a date that exists: the library counts November 99 on into February. */
function hasDate({ component }: ICAL.Event): boolean {
  const written: unknown = component.getFirstProperty("dtstart")?.toJSON()[3];
  return typeof written === "string" && readDate(written.slice(0, 10), { timezone: "UTC" }) !== undefined;
}

/** The events, each with the changes to its single dates. */
function eventsIn(text: string): ICAL.Event[] {
  const calendars = calendarsIn(text);
  if (calendars.length === 0 || calendars.some(({ name }) => name !== "vcalendar"))
    throw new Error("not a calendar");
  const all = calendars.flatMap((calendar) =>
    calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component)),
  );
  const events = all.filter((event) => !event.isRecurrenceException());
  // A calendar can be exported without the event whose date was changed.
  const alone: ICAL.Event[] = [];
  for (const exception of all.filter((event) => event.isRecurrenceException())) {
    const parent = events.find(({ uid }) => uid === exception.uid);
    if (parent) parent.relateException(exception);
    else alone.push(exception);
  }
  return [...events, ...alone];
}

function calendarsIn(text: string): ICAL.Component[] {
  const typed = text.replace(/^\ufeff/, "").replace(BARE_DATE, "$1;VALUE=DATE:$2");
  const parsed: unknown[] = ICAL.parse(typed);
  // A file with several calendars is a list of them.
  const several = parsed.filter((one): one is unknown[] => Array.isArray(one));
  return (typeof parsed[0] === "string" ? [parsed] : several).map((one) => new ICAL.Component(one));
}

function* datesOf(event: ICAL.Event): Generator<string> {
  if (!event.isRecurring()) {
    yield* daysFrom(event, event.startDate, event.endDate);
    return;
  }
  const rule: unknown = event.component.getFirstPropertyValue("rrule");
  // The library counts only the listed dates of an event without a rule.
  if (!rule) yield* daysFrom(event, event.startDate, event.endDate);
  const occurrences = event.iterator();
  for (let next = occurrences.next(); next && next.year <= WORKED_OUT.to; next = occurrences.next()) {
    if (rule instanceof ICAL.Recur && !isMeant(rule, next, event.startDate)) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    yield* daysFrom(item, startDate, endDate);
  }
}

/** Whether a rule names the day: for one that a month or year lacks, the library takes the next. */
function isMeant({ freq, parts }: ICAL.Recur, { month, day }: ICAL.Time, start: ICAL.Time): boolean {
  const isPlain = freq === "YEARLY" && Object.keys(parts).length === 0;
  const {
    BYMONTH: months = isPlain ? [start.month] : [month],
    BYMONTHDAY: days = isPlain ? [start.day] : [day],
  } = parts;
  return months.includes(month) && (days.includes(day) || days.some((one) => one < 0));
}

/** The days of one event; its end is the day after its last one. */
function* daysFrom(event: ICAL.Event, start: ICAL.Time, end: ICAL.Time): Generator<string> {
  const isCancelled = event.component.getFirstPropertyValue("status") === "CANCELLED";
  if (isCancelled || !start?.isDate) return;
  const day = start.clone();
  do {
    if (day.year >= WORKED_OUT.from && day.year <= WORKED_OUT.to) yield day.toString().slice(0, 10);
    day.adjust(1, 0, 0, 0);
  } while (day.compare(end) < 0 && day.year <= WORKED_OUT.to);
}
