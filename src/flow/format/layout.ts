/** Indents by two spaces, and drops trailing blanks and repeated blank lines. */
import { position } from "../language/diagnostic.ts";
import type { Node } from "../language/node.ts";

/** How far each level is indented. */
const STEP = 2;

/** What happens to a line: it belongs at a column, or moves with the line of its value. */
interface Line {
  /** Where its first key, dash or comment belongs. */
  column?: number;
  /** Of a line within a text: how far it moves. */
  shift?: number;
}

/** The text with every value at its place; undefined if it is written in a way that this does not know. */
export function laidOut(text: string, root: Node): string | undefined {
  const lines = text.split("\n");
  const layout = new Layout(text, lines);
  if (!layout.place(root, 0)) return undefined;
  return withoutBlanks(lines.map((line, index) => layout.written(line, index)));
}

class Layout {
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #known = new Map<number, Line>();

  constructor(text: string, lines: readonly string[]) {
    this.#text = text;
    this.#lines = lines;
  }

  /** Places a block at a column; false if it is written in an unknown way. */
  place(node: Node, column: number): boolean {
    if (node.type === "scalar" || node.inline) return true;
    return node.type === "map" ? this.#placeMap(node, column) : this.#placeList(node, column);
  }

  #placeMap({ pairs }: Node & { type: "map" }, column: number): boolean {
    return pairs.every(({ key, value }) => {
      const { line, column: at } = this.#at(key.span.start);
      const before = this.#lines[line]?.slice(0, at) ?? "";
      if (before.trim() === "") this.#known.set(line, { column });
      else if (!/^ *- +$/.test(before)) return false;
      return this.#placeValue(value, line, column - at, column + STEP);
    });
  }

  #placeList({ items }: Node & { type: "list" }, column: number): boolean {
    return items.every((item) => {
      const { line, column: at } = this.#at(item.span.start);
      const before = this.#lines[line]?.slice(0, at) ?? "";
      if (!/^ *- +$/.test(before)) return false;
      this.#known.set(line, { column });
      return this.#placeValue(item, line, column + STEP - at, column + STEP);
    });
  }

  /** Places a value whose key or dash is in a line, and moves so far. */
  #placeValue(value: Node, line: number, shift: number, column: number): boolean {
    if (value.type === "scalar" || value.inline) {
      const last = this.#at(Math.max(value.span.start, value.span.end - 1)).line;
      for (let at = line + 1; at <= last; at++) this.#known.set(at, { shift });
      return true;
    }
    return this.place(value, column);
  }

  #at(offset: number): { line: number; column: number } {
    const { line, column } = position(this.#text, offset);
    return { line: line - 1, column: column - 1 };
  }

  /** A line where it belongs. */
  written(line: string, index: number): string {
    const { column, shift } = this.#known.get(index) ?? {};
    if (column !== undefined) return " ".repeat(column) + line.trim().replace(/^- +(?=\S)/, "- ");
    if (shift !== undefined) return moved(line, shift);
    return line.trim() === "" ? "" : " ".repeat(this.#commentColumn(line, index)) + line.trim();
  }

  /** A comment belongs to the line below it that is indented as it is, else to the block above it. */
  #commentColumn(line: string, index: number): number {
    const indent = indentOf(line);
    const next = this.#nearest(index, 1);
    if (next !== undefined && indentOf(this.#lines[next] ?? "") === indent) return this.#column(next);
    const before = this.#nearest(index, -1);
    if (before === undefined) return indent;
    return Math.max(0, indent + this.#column(before) - indentOf(this.#lines[before] ?? ""));
  }

  #nearest(index: number, step: 1 | -1): number | undefined {
    for (let at = index + step; at >= 0 && at < this.#lines.length; at += step)
      if (this.#known.get(at)?.column !== undefined) return at;
    return undefined;
  }

  #column(index: number): number {
    return this.#known.get(index)?.column ?? 0;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function moved(line: string, shift: number): string {
  if (line.trim() === "") return line;
  return shift >= 0 ? " ".repeat(shift) + line : line.slice(Math.min(-shift, indentOf(line)));
}

/** At most one blank line at a time, none at the ends. Lines within texts have kept theirs. */
function withoutBlanks(lines: readonly string[]): string {
  const kept = lines.filter((line, index) => line !== "" || (index > 0 && lines[index - 1] !== ""));
  return `${kept.join("\n").trimEnd()}\n`;
}
