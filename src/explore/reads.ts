/** What expressions, sources and templates read, and whether what they read decides anything. */
import type { Expr, Road, Source, Template } from "../program/op.ts";

/**
 * Takes what is read: `vars.name`, `slot.name`, `caller.number`, `hours.office`, `clock` …
 * @param decides whether the value leads to a choice; otherwise it is only spoken or sent, and it matters whether it is empty
 */
export type Reads = (key: string, decides: boolean) => void;

/** Operations that make a text of their operands, whatever those are. */
const SHOWS: ReadonlySet<string> = new Set([
  "+",
  "string",
  "digits",
  "spell",
  "upper",
  "lower",
  "trim",
  "money",
]);
const OF_HOURS: ReadonlySet<string> = new Set(["isOpen", "holiday"]);
const OF_LANGUAGE: ReadonlySet<string> = new Set([
  "money",
  "plural",
  "spokenDate",
  "spokenTime",
  "spokenNumber",
  "ordinal",
]);
const OF_CLOCK: ReadonlySet<string> = new Set(["now", "today", "nextOpen"]);

/** What an expression reads. */
export function readExpr(expr: Expr, decides: boolean, reads: Reads): void {
  if (expr === null || typeof expr !== "object") return;
  const [operation, ...operands] = expr;
  const name = String(operation);
  if (name === "$") {
    const key = operands.map(String).join(".");
    reads(key === "call.language" ? "language" : key, decides);
  }
  if (name === "$" || name === "@") return;
  if (OF_HOURS.has(name)) reads(typeof operands[0] === "string" ? `hours.${operands[0]}` : "clock", true);
  if (OF_LANGUAGE.has(name)) reads("language", true);
  if (OF_CLOCK.has(name)) reads("clock", decides);
  if (name === "random") reads("random", decides);
  const isShown = !decides && (SHOWS.has(name) || name === "?:" || asksIfEmpty(expr));
  for (const operand of operands) readExpr(operand, !isShown, reads);
}

/** Whether an expression compares something with the empty text. */
function asksIfEmpty(expr: readonly Expr[]): boolean {
  const [operation, left, right] = expr;
  return (operation === "==" || operation === "!=") && (left === "" || right === "");
}

/** What a source reads. */
export function readSource(source: Source, decides: boolean, reads: Reads): void {
  if ("expr" in source) readExpr(source.expr, decides, reads);
  else if ("env" in source) reads(`secrets.${source.env}`, decides);
  else if ("slot" in source) reads(`slot.${source.slot}`, decides);
  else if ("language" in source) reads("language", decides);
  else if ("map" in source) for (const one of Object.values(source.map)) readSource(one, decides, reads);
  else if ("list" in source) for (const one of source.list) readSource(one, decides, reads);
}

/**
 * What a template reads.
 * @param link is called for each block that a continuation URL of it resumes
 */
export function readTemplate(parts: Template, reads: Reads, link: (block: string, road: Road) => void): void {
  for (const part of parts) {
    if (typeof part === "string") continue;
    if ("hole" in part) readSource(part.hole, false, reads);
    else if ("attribute" in part) readSource(part.from, true, reads);
    else if ("link" in part) link(part.link, part.road);
    else {
      readSource(part.pick, true, reads);
      for (const variant of [...Object.values(part.cases), part.else]) readTemplate(variant, reads, link);
    }
  }
}
