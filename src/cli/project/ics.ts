/** `.ics` files → the dates of their all-day events. The only file that imports ical.js. */
import ICAL from "ical.js";
import { type CalendarFile, WORKED_OUT } from "../../flow/language/calendar.ts";

/** More dates than a calendar of holidays has: an event that recurs daily has as many in 13 years. */
const MOST_DATES = 5000;

/** Reads an iCalendar text. Events that have a time are left out: they are meetings, not days off. */
export function readIcs(text: string): CalendarFile {
  let events: ICAL.Event[];
  try {
    events = eventsIn(text);
  } catch {
    return { wrong: "is not an iCalendar file; export it again" };
  }
  const dates = new Set<string>();
  for (const event of events) {
    for (const date of datesOf(event)) {
      dates.add(date);
      if (dates.size > MOST_DATES)
        return { wrong: `has more than ${MOST_DATES} all-day events; export a calendar of holidays only` };
    }
  }
  if (dates.size === 0) return { wrong: "has no all-day event; events with a time do not close a day" };
  return { dates: [...dates].toSorted() };
}

/** The events, each with the changes to its single dates. */
function eventsIn(text: string): ICAL.Event[] {
  const roots = ICAL.parse(text);
  const root = new ICAL.Component(roots);
  if (root.name !== "vcalendar") throw new Error("not a calendar");
  const all = root.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  const events = all.filter((event) => !event.isRecurrenceException());
  for (const exception of all.filter((event) => event.isRecurrenceException())) {
    events.find(({ uid }) => uid === exception.uid)?.relateException(exception);
  }
  return events;
}

function* datesOf(event: ICAL.Event): Generator<string> {
  if (!event.isRecurring()) {
    yield* daysFrom(event, event.startDate, event.endDate);
    return;
  }
  const occurrences = event.iterator();
  for (let next = occurrences.next(); next && next.year <= WORKED_OUT.to; next = occurrences.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    yield* daysFrom(item, startDate, endDate);
  }
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
