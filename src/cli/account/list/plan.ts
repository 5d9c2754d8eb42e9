/** Who of a list is to be called now. */
import { Problem } from "../../problem.ts";
import type { Contact, Contacts } from "./contacts.ts";
import type { Known } from "./journal.ts";
import { isOpen, type Window, zoneOf } from "./zone.ts";

/** How long the Worker certainly remembers a key: a week, without the hours that a run can take. */
const REMEMBERED = 6 * 24 * 3_600_000;

/** A list, divided. */
export interface Plan extends Contacts {
  /** Whom to call; each with a zone if there are hours. */
  due: Contact[];
  /** How many of them are outside their hours now. */
  outside: number;
  /** Called by an earlier run. */
  placed: Contact[];
  /** In the do-not-call file. */
  excluded: Contact[];
  /** Asked for so long ago that the Worker has forgotten the key: they may have been called. */
  lost: Contact[];
}

/** What divides a list. */
interface Dividing {
  file: string;
  known: ReadonlyMap<string, Known>;
  except: ReadonlySet<string>;
  window: Window | undefined;
  /** The zone of those whose own is not known. */
  zone: string | undefined;
  now: number;
}

/**
 * Divides a list.
 * @throws Problem if hours are given and a zone is not known
 */
export function planOf(list: Contacts, dividing: Dividing): Plan {
  const { known, except, window, now } = dividing;
  const fateOf = ({ to }: Contact): "placed" | "excluded" | "lost" | "due" => {
    const before = known.get(to);
    if (before?.is === "placed") return "placed";
    if (except.has(to)) return "excluded";
    return before?.is === "asked" && now - before.at > REMEMBERED ? "lost" : "due";
  };
  const { placed = [], excluded = [], lost = [], due = [] } = Object.groupBy(list.contacts, fateOf);
  const zoned = window ? withZones(due, dividing) : due;
  const outside = window ? zoned.filter(({ zone }) => !isOpen(window, zone ?? "UTC", now)).length : 0;
  return { ...list, due: zoned, outside, placed, excluded, lost };
}

function withZones(due: readonly Contact[], { file, zone: otherwise }: Dividing): Contact[] {
  const zoned = due.map(({ zone, ...contact }) => ({
    ...contact,
    zone: zone ?? zoneOf(contact.to) ?? otherwise,
  }));
  const without = zoned.filter(({ zone }) => zone === undefined);
  if (without.length > 0) throw new Problem(zoneless(file, without));
  return zoned.map(({ zone = "UTC", ...contact }) => ({ ...contact, zone }));
}

const MOST_LISTED = 10;

function zoneless(file: string, contacts: readonly { line: number; to: string }[]): string {
  const lines = contacts
    .slice(0, MOST_LISTED)
    .map(({ line, to }) => `${file}:${line}: the number ${to} does not say its time zone.`);
  const more = contacts.length - lines.length;
  if (more > 0) lines.push(`The same is true of ${more} others.`);
  return `${lines.join("\n")}\nAdd a column \`zone\`, with names such as America/New_York, or --zone for all of these.`;
}
