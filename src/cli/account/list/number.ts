/** Numbers of a list: people write them with blanks and brackets. */
import { numberProblem } from "../../../flow/numbers/numbers.ts";
import { numberIn } from "../../../flow/numbers/parsed.ts";
import { Problem } from "../../problem.ts";
import { parseCsv } from "./csv.ts";

/** A number in E.164 form, or why there is none. */
type ReadNumber = { number: string } | { problem: string };

/** Reads a number that a list can call: one with a plus and a country code. */
export function readNumber(text: string): ReadNumber {
  if (text === "") return { problem: "no number" };
  const parsed = parsedFrom(text);
  if (parsed?.ext) return { problem: `${text} has an extension, which cannot be called` };
  const number = parsed?.number ?? text;
  const problem = numberProblem(number, false);
  return problem && problem.severity !== "warning" ? { problem: problem.message } : { number };
}

function parsedFrom(text: string): { number: string; ext?: string } | undefined {
  return text.startsWith("+") ? numberIn(text) : undefined;
}

/**
 * The numbers of a do-not-call file: one a line, or the first column of a CSV. A line can be a comment with `#`.
 * @throws Problem with the line of what is not a number, because that person would be called
 */
export function readExcept(text: string, file: string): ReadonlySet<string> {
  const rows = parseCsv(text, file).filter(({ cells: [first = ""] }) => !first.startsWith("#"));
  const hasHeader = /^\D*$/.test(rows[0]?.cells[0] ?? "");
  const numbers = hasHeader ? rows.slice(1) : rows;
  return new Set(
    numbers.map(({ line, cells: [first = ""] }) => {
      const { number } = parsedFrom(first) ?? {};
      if (number !== undefined) return number;
      throw new Problem(`${file}:${line}: "${first}" is not a number with a plus and a country code.`);
    }),
  );
}
