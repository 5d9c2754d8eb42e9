/** Findings: what is wrong with a flow, where, and what to do about it. */
import { distance } from "fastest-levenshtein";
import type { Audio } from "./audio.ts";
import type { CalendarFile } from "./calendar.ts";
import type { Span } from "./node.ts";

/** Only errors keep a flow from being built. Advice is about callers: the flow does what it says. */
export type Severity = "error" | "warning" | "note" | "advice";

/** One finding in one file. `Code` is the type of its code. */
export interface Diagnostic<Code extends string = string> {
  /** Kebab-case and documented, such as `unknown-step`. */
  code: Code;
  severity: Severity;
  /** The file's path. */
  file: string;
  span: Span;
  /** What is wrong, and what to do. */
  message: string;
  /** More help, on a line of its own. */
  hint?: string;
  /** A change to the file that fixes it. */
  fix?: Fix;
  /** The name that was probably meant, in place of the one at `span`. It is a guess: only a person can take it. */
  meant?: string | undefined;
}

/** What is wrong, without the place. */
export type Problem<Code extends string> = Pick<Diagnostic<Code>, "code" | "message">;

/** A replacement of a stretch of a file's text. */
export interface Fix {
  span: Span;
  text: string;
}

/**
 * The most findings of one sort in a file: with more, the file is not a flow, and each finding costs time.
 */
export const MOST_FINDINGS = 1000;

/** A code in the documentation: when it is found, and an example with and one without it. */
export interface FindingDoc<Code extends string = string> {
  code: Code;
  severity: Severity;
  /** When it is found, in one sentence of Markdown. */
  summary: string;
  /** A file that has the finding; left out if an example would be too long. */
  bad?: string;
  /** The same file without it. */
  good: string;
  /** Other flows that the examples run, by name. */
  parts?: Readonly<Record<string, string>>;
  /** The audio files that the examples play. */
  audio?: Audio;
  /** The calendar files that the examples name, by their paths below `flows/`: texts, or read files. */
  calendars?: Readonly<Record<string, string | CalendarFile>>;
  /** The date of the examples' build, if the finding depends on it. */
  today?: string;
  /** Of advice: how it can be wrong, in a sentence or two of Markdown. */
  wrong?: string;
}

/** The documentation of an error, with an example that has it and the same example fixed. */
export function errorDoc<Code extends string>(
  code: Code,
  summary: string,
  bad: string,
  good: string,
): FindingDoc<Code> {
  return { code, severity: "error", summary, bad, good };
}

/** The findings of one part of the checker. The codes in the list are the only ones that the part can report. */
export function defineFindings<Code extends string>(
  findings: readonly FindingDoc<Code>[],
): readonly FindingDoc<Code>[] {
  return findings;
}

/** The codes of a list of findings. */
export type CodeOf<Findings extends readonly FindingDoc[]> = Findings[number]["code"];

/** A place as people and editors count it: from 1, the column in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

// Positions are computed file by file, many at a time: cache the line starts of the latest text.
let latest = { text: "", starts: [0] };

/** The offsets at which a text's lines start. */
export function lineStarts(text: string): readonly number[] {
  if (latest.text === text) return latest.starts;
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  latest = { text, starts };
  return starts;
}

/** Line and column of an offset; an offset after the text's end counts as the end. */
export function position(text: string, offset: number): Position {
  const starts = lineStarts(text);
  const at = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, note: 2, advice: 3 };

/** Findings in the order of files and places, each once. */
export function sortAndDedupe<Code extends string>(
  diagnostics: readonly Diagnostic<Code>[],
): Diagnostic<Code>[] {
  const seen = new Set<string>();
  const once = diagnostics.filter((one) => {
    const identity = `${one.file}\n${one.span.start}\n${one.span.end}\n${one.code}\n${one.message}`;
    return !seen.has(identity) && seen.add(identity);
  });
  return once.sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.span.start - b.span.start ||
      RANK[a.severity] - RANK[b.severity] ||
      compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The name that a misspelt word was probably meant to be, for "did you mean". Up to a third of the word's letters
 * may differ, ignoring case; undefined if no name is that near.
 */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  // Any single letter would be near any other.
  let limit = wanted.length === 1 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > limit) continue;
    const apart = distance(wanted, name.toLowerCase()) - swaps(wanted, name.toLowerCase());
    if (apart > limit) continue;
    best = name;
    // Continue with nearer names only.
    limit = apart - 1;
    if (limit < 0) break;
  }
  return best;
}

/** How many different words of one file are compared with all its names. */
const MOST_SUGGESTED = 100;

/** `nearest` for one file's names: it caches results, and stops in a file with very many wrong names. */
export function suggesterOf(names: readonly string[]): (word: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (word) => {
    if (!known.has(word) && known.size < MOST_SUGGESTED) known.set(word, nearest(word, names));
    return known.get(word);
  };
}

const suggesters = new WeakMap<object, (word: string) => string | undefined>();

/** `nearest` among the keys of a record, such as a flow's variables: one suggester for each record. */
export function nearestKey(word: string, named: Readonly<Record<string, unknown>>): string | undefined {
  const suggest = suggesters.get(named) ?? suggesterOf(Object.keys(named));
  suggesters.set(named, suggest);
  return suggest(word);
}

/** Two swapped letters are one typing error, but count as two edits above. */
function swaps(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i + 1 < a.length; i++) {
    if (a[i] !== a[i + 1] && a[i] === b[i + 1] && a[i + 1] === b[i]) [count, i] = [count + 1, i + 1];
  }
  return count;
}
