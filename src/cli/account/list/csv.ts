/** Reads CSV (RFC 4180), as spreadsheets write it. A package would cost more than it saves, and few report line numbers. */
import { Problem } from "../../problem.ts";

/** A row with a value in it. */
export interface Row {
  /** The line that it begins at, from 1. */
  line: number;
  /** Its values, without the blanks around them. */
  cells: string[];
}

/**
 * The rows of a file; empty ones are left out. The separator is a comma, or what the first line has instead: a semicolon or
 * a tab.
 * @throws Problem with the line if a quote has no end
 */
export function parseCsv(text: string, file: string): Row[] {
  const separator = separatorIn(text);
  const cell = cellPattern(separator);
  const rows: Row[] = [];
  let row: Row = { line: 1, cells: [] };
  let line = 1;
  // A file can begin with a byte order mark.
  cell.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const [all, quoted, plain = "", end] = cell.exec(text) ?? [];
    if (all === undefined)
      throw new Problem(
        `${file}:${line}: a quote has no end, or text after it. Double the quotes inside a value.`,
      );
    row.cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    line += all.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === separator) continue;
    rows.push(row);
    row = { line, cells: [] };
  }
  rows.push(row);
  return rows.filter(({ cells }) => cells.some((value) => value !== ""));
}

function separatorIn(text: string): string {
  const [first = ""] = /^[^\r\n]*/.exec(text) ?? [];
  return first.includes(",") ? "," : (/[;\t]/.exec(first)?.[0] ?? ",");
}

/** A value in quotes or without, and what ends it. */
function cellPattern(separator: string): RegExp {
  const plain = `[^"${separator}\\r\\n][^${separator}\\r\\n]*`;
  return new RegExp(`(?:"((?:[^"]|"")*)"|(${plain})?)(${separator}|\\r\\n|\\r|\\n|$)`, "y");
}
