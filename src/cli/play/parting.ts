/** Where a call and its script part: the call up to there, both sides, and the rest of the call. */
import { position } from "../../flow/language/diagnostic.ts";
import { stepText } from "../../phone/script/scenario.ts";
import type { Outcome, Wrong } from "./outcome.ts";

/** A line of a call; one that is not as written says which side it is of, or that it comes after the difference. */
interface CallLine {
  text: string;
  is?: "expected" | "real" | "rest";
}

/** How a part of the call may be coloured. */
export type Paint = (style: "expected" | "real" | "rest", text: string) => string;

const plain: Paint = (_style, text) => text;
const INDENT = "    ";

/**
 * A call, line by line.
 * @param text the text of its test file
 */
export function callLinesOf(outcome: Outcome, text: string, paint = plain): string[] {
  return callOf(outcome, text).map((line) => (line.is ? paint(line.is, line.text) : line.text));
}

/**
 * A call, line by line, each with what it is.
 * @param text the text of its test file
 */
export function callOf({ written, failure, transcript }: Outcome, text: string): CallLine[] {
  const indented = (lines: readonly string[]): CallLine[] =>
    lines.map((line) => ({ text: `${INDENT}${line}` }));
  if (failure?.after === undefined) return indented(transcript);
  const { after } = failure;
  const span = written.stepSpans[failure.step];
  const line = span && position(text, span.start).line;
  const place = line === undefined ? "after its last line" : `line ${line}`;
  return [
    ...indented(transcript.slice(0, after)),
    ...sides(written.scenario.script[failure.step], failure, place),
    ...indented(transcript.slice(after)).map((one) => ({ ...one, is: "rest" as const })),
  ];
}

type Step = Outcome["written"]["scenario"]["script"][number] | undefined;

function sides(step: Step, { heard = [], message }: Wrong, place: string): CallLine[] {
  if (typeof step !== "object" || !("hear" in step) || heard.length === 0) {
    return [{ is: "expected", text: `  × ${message} (${place})` }];
  }
  const expected = single(stepText(step));
  const { real, column } = nearest(single(step.hear), single(heard.join(" ")));
  const label = "the script: ";
  const caret =
    column === undefined ? [] : [`${INDENT}${" ".repeat(label.length + "hear: ".length + column)}^`];
  return [
    { is: "expected", text: `  - ${label}${expected} (${place})` },
    { is: "real", text: `  + the call:   ${" ".repeat("hear: ".length)}${real}` },
    ...caret.map((one) => ({ is: "real" as const, text: one })),
  ];
}

function single(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The part of what was heard that is most like the expected text, and the column at which the two part. */
function nearest(expected: string, heard: string): { real: string; column?: number } {
  const starts = [0, ...[...heard.matchAll(/ /g)].map(({ index }) => index + 1)];
  let best = { at: 0, length: 0 };
  for (const at of starts) {
    const length = commonLength(expected, heard.slice(at));
    if (length > best.length) best = { at, length };
  }
  const real = heard.slice(best.at, best.at + Math.max(expected.length + MORE, MORE));
  // A letter or two in common is chance.
  return best.length < LEAST_COMMON ? { real: heard.slice(0, MOST_SHOWN) } : { real, column: best.length };
}

const MORE = 40;
const MOST_SHOWN = 200;
const LEAST_COMMON = 3;

function commonLength(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
