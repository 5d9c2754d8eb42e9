/**
 * From a place in a scalar's text back to the place in the file, through quotes, escapes, folded lines and
 * indentation. Only findings inside a text ask for it, so nothing is prepared while a file is read.
 */
import type { ScalarNode } from "../language/node.ts";

/**
 * A stretch of the text that is in the file verbatim. The text between two runs was written differently:
 * an escape is a run of length 0, a folded line break follows its line's run.
 */
interface Run {
  /** Offset in the scalar's text. */
  text: number;
  /** Offset in the scalar's source. */
  source: number;
  length: number;
}

const known = new WeakMap<ScalarNode, Run[]>();

/**
 * The offset in the file of the character at `offset` of the scalar's text; of an escape, where the escape starts;
 * of a folded line break, the end of its line.
 * @param file the text of the file that the scalar is from
 */
export function locate(node: ScalarNode, offset: number, file: string): number {
  const { start, end } = node.span;
  // Everything but a plain text on one line is longer in the file than when decoded.
  if (end - start === node.text.length) return start + offset;
  let runs = known.get(node);
  if (!runs) {
    runs = runsOf(file.slice(start, end), node.text);
    known.set(node, runs);
  }
  const run = lastRunAt(runs, offset);
  return run ? start + run.source + Math.max(0, Math.min(offset - run.text, run.length)) : start;
}

function lastRunAt(runs: readonly Run[], offset: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((runs[middle]?.text ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return runs[low];
}

function runsOf(source: string, text: string): Run[] {
  const style = source[0];
  if (style === "|" || style === ">") return blockRuns(source, text);
  if (style === '"') return flowRuns(source, 1, DOUBLE_QUOTED);
  if (style === "'") return flowRuns(source, 1, SINGLE_QUOTED);
  return flowRuns(source, 0, PLAIN);
}

const FOLD = String.raw`(?<fold>[ \t]*\r?\n[ \t\r\n]*)`;
const PLAIN = new RegExp(String.raw`${FOLD}|[^ \t\r\n]+|[ \t]+|\r`, "gy");
const SINGLE_QUOTED = new RegExp(String.raw`${FOLD}|(?<escape>'')|[^ \t\r\n']+|[ \t]+|\r`, "gy");
const DOUBLE_QUOTED = new RegExp(
  String.raw`${FOLD}|(?<join>\\\r?\n[ \t]*)|(?<wide>\\U[\da-fA-F]{8})` +
    String.raw`|(?<escape>\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0abefnrtvN_LP "/\\\t]))|[^ \t\r\n\\]+|[ \t]+|\r|\\`,
  "gy",
);

/** YAML 1.2, 7.3: the pieces of a plain or quoted text, each with what it decodes to. */
function flowRuns(source: string, quotes: number, pieces: RegExp): Run[] {
  const inner = source.slice(quotes, source.length - quotes);
  const runs: Run[] = [];
  let text = 0;
  for (const piece of inner.matchAll(pieces)) {
    const { decoded, asWritten } = measure(piece);
    runs.push({ text, source: quotes + piece.index, length: asWritten ? decoded : 0 });
    text += decoded;
  }
  return runs;
}

function measure(piece: RegExpExecArray): { decoded: number; asWritten: boolean } {
  const { fold, join, wide, escape: short } = piece.groups ?? {};
  // One line break folds to a space, n + 1 of them to n line breaks.
  if (fold !== undefined) return { decoded: Math.max(1, fold.split("\n").length - 2), asWritten: false };
  if (join !== undefined) return { decoded: 0, asWritten: false };
  if (wide !== undefined)
    return { decoded: Number.parseInt(wide.slice(2), 16) > 0xffff ? 2 : 1, asWritten: false };
  if (short !== undefined) return { decoded: 1, asWritten: false };
  return { decoded: piece[0].length, asWritten: true };
}

/**
 * Block texts know no escapes: folding, chomping and indentation change white space only. So the lines of the
 * source are found in the text by their ink, in order.
 */
function blockRuns(source: string, text: string): Run[] {
  const runs: Run[] = [];
  const header = source.indexOf("\n") + 1;
  let cursor = 0;
  for (const line of source.slice(header).matchAll(/[^ \t\r\n][^\n]*/g)) {
    const ink = skipBlanks(text, cursor);
    const at = header + line.index;
    const lead = sharedBlanksBefore(source, at, text, ink, cursor);
    const length = line[0].endsWith("\r") ? line[0].length - 1 : line[0].length;
    runs.push({ text: ink - lead, source: at - lead, length: length + lead });
    cursor = ink + length;
  }
  return runs;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "x")) at++;
  return at;
}

/** How many blanks of a more indented line belong to the text. */
function sharedBlanksBefore(source: string, at: number, text: string, ink: number, from: number): number {
  let lead = 0;
  while (ink - lead > from && isBlank(text[ink - lead - 1]) && text[ink - lead - 1] === source[at - lead - 1])
    lead++;
  return lead;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
