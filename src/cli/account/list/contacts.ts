/** The people of a list: its rows, held to the flow that calls them. */
import { convert } from "../../../engine/values.ts";
import { nearest } from "../../../flow/language/diagnostic.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import { isZone } from "../../../flow/rules/expression-values.ts";
import { Problem } from "../../problem.ts";
import type { Row } from "./csv.ts";
import { readNumber } from "./number.ts";

/** A person to call. */
export interface Contact {
  line: number;
  /** The number, in E.164 form. */
  to: string;
  /** The time zone, if the list has it. */
  zone?: string;
  /** Values of the variables that the flow takes. */
  set: Readonly<Record<string, string>>;
}

/** A list as it was read. */
export interface Contacts {
  contacts: Contact[];
  /** The rows that cannot be called, and why. */
  faults: { line: number; reason: string }[];
  /** What is worth knowing before the calls. */
  notes: string[];
}

/** Columns besides those of the variables. */
const OWN = ["to", "zone"];

/** A list, and what its rows are held to. */
export interface Listed {
  file: string;
  rows: readonly Row[];
  flow: BuiltFlow;
  /** Values for the rows without their own. */
  given: Readonly<Record<string, string>>;
}

/**
 * Reads the rows of a list. A number that comes again is called once, for its first row.
 * @throws Problem if a column is unknown or missing
 */
export function readContacts(list: Listed): Contacts {
  const [header, ...rows] = list.rows;
  if (!header)
    throw new Problem(`${list.file} is empty. Its first line names the columns: to, and variables.`);
  const notes = checkColumns(list, header);
  const contacts = new Map<string, Contact>();
  const faults: Contacts["faults"] = [];
  for (const row of rows) {
    const read = readRow(list, header.cells, row);
    if ("reason" in read) {
      faults.push({ line: row.line, reason: read.reason });
      continue;
    }
    const first = contacts.get(read.to);
    if (first)
      notes.push(`line ${read.line}: ${read.to} is in line ${first.line} already, and is called once`);
    else contacts.set(read.to, read);
  }
  return { contacts: [...contacts.values()], faults, notes };
}

/** Reports wrong columns; returns a note for each missing one that has a default. */
function checkColumns({ file, flow, given }: Listed, { line, cells }: Row): string[] {
  const { takes = [] } = flow.program;
  const { name } = flow.flow;
  const known = [...OWN, ...takes];
  const absent = takes.filter((one) => !cells.includes(one) && given[one] === undefined);
  const problems = [
    ...cells.filter((one) => !known.includes(one)).map((one) => unknownColumn(one, name, known)),
    ...Object.keys(given)
      .filter((one) => !takes.includes(one))
      .map((one) => `--set names ${one}, which the flow ${name} does not take`),
    ...cells.filter((one, at) => cells.indexOf(one) < at).map((one) => `two columns are named "${one}"`),
    ...(cells.includes("to") ? [] : ["no column `to` with the numbers"]),
    ...absent
      .filter((one) => !hasDefault(flow, one))
      .map((one) => `no column \`${one}\`, which has no default; add it, or --set ${one}=…`),
  ];
  if (problems.length > 0) throw new Problem(problems.map((one) => `${file}:${line}: ${one}.`).join("\n"));
  return absent.map((one) => `no column \`${one}\`: everyone gets its default`);
}

function unknownColumn(column: string, flow: string, known: readonly string[]): string {
  if (column === "") return "a column has no name";
  const near = nearest(column, known);
  if (near !== undefined) return `unknown column "${column}"; it is probably "${near}"`;
  return `unknown column "${column}"; the flow ${flow} takes ${known.slice(OWN.length).join(", ") || "nothing"}`;
}

function hasDefault({ flow }: BuiltFlow, variable: string): boolean {
  return flow.settings.variables?.[variable]?.default !== undefined;
}

function readRow(
  { flow, given }: Listed,
  columns: readonly string[],
  { line, cells }: Row,
): Contact | { reason: string } {
  if (cells.length > columns.length)
    return {
      reason: `${cells.length} values for ${columns.length} columns; put a value with a comma in quotes`,
    };
  const values = new Map(columns.map((column, at) => [column, cells[at] ?? ""]));
  const read = readNumber(values.get("to") ?? "");
  if ("problem" in read) return { reason: read.problem };
  if (!RegExp(`^(?:${flow.program.allow ?? "(?!)"})$`).test(read.number))
    return { reason: `${read.number} does not match the flow's \`allow\`` };
  const zone = values.get("zone") ?? "";
  if (zone !== "" && !isZone(zone))
    return { reason: `"${zone}" is not a time zone such as America/New_York` };
  const own = [...values].filter(([name, value]) => !OWN.includes(name) && value !== "");
  const set = { ...given, ...Object.fromEntries(own) };
  const fault = faultIn(flow, set);
  return fault === undefined ? { line, to: read.number, ...(zone && { zone }), set } : { reason: fault };
}

/** The first value that is missing or of another type. */
function faultIn(flow: BuiltFlow, set: Contact["set"]): string | undefined {
  const { takes = [], variables } = flow.program;
  for (const name of takes) {
    const [value, variable] = [set[name], variables[name]];
    if (value === undefined && !hasDefault(flow, name)) return `no value of \`${name}\``;
    if (value !== undefined && variable && convert(variable, value) === undefined)
      return `\`${name}\` is "${value}", which is not of the type ${variable.type}`;
  }
  return undefined;
}
