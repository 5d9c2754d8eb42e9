/** What is said about a list: before the calls, and after them. */
import { plural } from "../../project/report.ts";
import type { Contact } from "./contacts.ts";
import type { Plan } from "./plan.ts";
import { lasting, wordsOf } from "./progress.ts";
import type { Result } from "./run.ts";
import type { Window } from "./zone.ts";

/** What a plan is shown with. */
interface Terms {
  file: string;
  flow: string;
  from: string;
  /** URL of the Worker; not needed by `--dry-run`. */
  url?: string | undefined;
  machine?: string | undefined;
  window?: Window | undefined;
  rate: number;
  /** How many wait in the Worker's queue already, if the list goes there. */
  waiting?: number | undefined;
  /** The price of a minute, and how many minutes a call takes. */
  ratePerMinute?: number | undefined;
  minutes: number;
}

/** How many people, and how many lines of a kind, are shown. */
const FIRST = 3;
const MOST_LINES = 20;

/** What is going to happen. */
export function planInWords(plan: Plan, terms: Terms): string {
  const { due, faults, notes, placed, excluded, lost } = plan;
  const lines = [
    `${terms.file}, with the flow ${terms.flow}, from ${terms.from}${terms.url === undefined ? "" : `, through ${terms.url}`}`,
    ...counted(placed, "called before"),
    ...counted(excluded, "in the do-not-call file"),
    ...listed(
      "cannot be called",
      faults.map(({ line, reason }) => `line ${line}: ${reason}`),
    ),
    ...listed("may have been called over six days ago, and not called again", lost.map(named)),
    ...notes.slice(0, MOST_LINES).map((note) => `Note: ${note}.`),
    ...(notes.length > MOST_LINES ? [`And ${notes.length - MOST_LINES} more notes.`] : []),
    ...(terms.waiting ? [`${terms.waiting} wait in the queue already`] : []),
    `${plural(due.length, "call")} to ${terms.waiting === undefined ? "place" : "hand over"}${due.length > 0 ? ":" : "."}`,
    ...due.slice(0, FIRST).map((one) => `  ${named(one)}${valuesOf(one)}`),
    ...(due.length > FIRST ? [`  and ${due.length - FIRST} more`] : []),
    ...(due.length > 0 ? termsInWords(plan, terms) : []),
  ];
  return `${lines.join("\n")}\n`;
}

function termsInWords({ due, outside }: Plan, terms: Terms): string[] {
  const { window, rate, waiting, machine, ratePerMinute, minutes } = terms;
  const hours = window
    ? `Hours: ${window.text} at the person called; ${plural(outside, "call")} outside them now`
    : "Hours: any; set them with --between";
  const time =
    waiting === undefined
      ? `Rate: at most ${rate} a second, about ${lasting(due.length / rate)} in all`
      : "Rate: the Worker's CALLS_PER_MINUTE and CALLS_PER_DAY";
  const cost = (due.length * (ratePerMinute ?? 0) * minutes).toFixed(2);
  return [
    hours,
    time,
    ...(machine === undefined ? [] : [`Answering machines: ${machine}`]),
    ...(ratePerMinute === undefined
      ? []
      : [`Cost: about ${cost}, at ${ratePerMinute} a minute and ${plural(minutes, "minute")} a call`]),
  ];
}

const counted = (contacts: readonly Contact[], words: string): string[] =>
  contacts.length === 0 ? [] : [`${contacts.length} ${words}`];

function listed(words: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`  and ${lines.length - MOST_LINES} more`] : [];
  return [`${lines.length} ${words}:`, ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`), ...more];
}

const named = ({ line, to }: Contact): string => `line ${line}: ${to}`;

function valuesOf({ set }: Contact): string {
  const values = Object.entries(set).map(([name, value]) => `${name} = ${value}`);
  return values.length === 0 ? "" : `, ${values.join(", ")}`;
}

/** What a run has done. */
interface Sum {
  placed: { line: number; to: string; sid: string }[];
  outside: { line: number; to: string }[];
  excluded: { line: number; to: string }[];
  refused: { line: number; to: string; reason: string }[];
  /** They may have been called. */
  unknown: { line: number; to: string; reason: string }[];
  /** The rows that cannot be called. */
  wrong: { line: number; reason: string }[];
  /** The run ended before them. */
  left: { line: number; to: string }[];
  stopped?: string;
}

/** Sums up a run. */
export function sumOf({ due, excluded, lost, faults }: Plan, { outcomes, stopped }: Result): Sum {
  const brief = ({ line, to }: Contact) => ({ line, to });
  const old = lost.map((one) => ({ ...brief(one), reason: "The Worker has forgotten the request." }));
  const sum: Sum = {
    ...{ placed: [], outside: [], refused: [], left: [], unknown: old },
    excluded: excluded.map(brief),
    wrong: faults,
    ...(stopped !== undefined && { stopped }),
  };
  for (const contact of due) {
    const outcome = outcomes.get(contact);
    if (!outcome) sum.left.push(brief(contact));
    else if (outcome.is === "placed") sum.placed.push({ ...brief(contact), sid: outcome.sid });
    else if (outcome.is === "outside") sum.outside.push(brief(contact));
    else sum[outcome.is].push({ ...brief(contact), reason: outcome.reason });
  }
  return sum;
}

/** Whether everybody was called who is not excluded. */
export function isComplete({ outside, refused, unknown, wrong, left }: Sum): boolean {
  return [outside, refused, unknown, wrong, left].every((rows) => rows.length === 0);
}

function whatNext(sum: Sum): string[] {
  if (isComplete(sum)) return [];
  return isComplete({ ...sum, wrong: [] })
    ? ["Correct the lines that are wrong in the list; the same command then calls those people."]
    : ["The same command continues with those who were not called."];
}

/** A sum in words. */
export function sumInWords(sum: Sum): string {
  const counts = [
    `${sum.placed.length} placed`,
    ...[
      ["outside the hours", sum.outside] as const,
      ["excluded", sum.excluded] as const,
      ["refused", sum.refused] as const,
      ["perhaps placed", sum.unknown] as const,
      ["wrong in the list", sum.wrong] as const,
      ["left", sum.left] as const,
    ].flatMap(([words, rows]) => (rows.length === 0 ? [] : [`${rows.length} ${words}`])),
  ];
  const told = [
    ...sum.refused.map((one) => ({ ...one, is: "refused" as const })),
    ...sum.unknown.map((one) => ({ ...one, is: "unknown" as const })),
  ];
  const lines = [
    ...(sum.stopped === undefined ? [] : [`Stopped: ${sum.stopped}`]),
    `${counts.join(", ")}.`,
    ...told.map((one) => `  line ${one.line}, ${one.to}: ${wordsOf(one)}`),
    ...whatNext(sum),
  ];
  return `${lines.join("\n")}\n`;
}
