/** Questions that are asked again: the attempts of a step that waits for an answer, and what it does with one. */

import type { Op, Source } from "../../program/op.ts";
import type { Variable } from "../../program/program.ts";
import { type Compiler, sourceOf } from "../compile/compiler.ts";
import type { Exit } from "../language/exit-schema.ts";

/** The default number of attempts. */
export const ATTEMPTS = 3;

/** Exits after the last attempt: of people who did not answer, and of all others. */
export interface Failed {
  silence: Exit;
  else: Exit;
}

/** The exits after the last attempt, in their long form. */
export function exitsAfter(otherwise: Exit | Failed): Failed {
  return typeof otherwise === "object" && "silence" in otherwise
    ? otherwise
    : { silence: otherwise, else: otherwise };
}

/** The slots that count attempts: the step's own if an exit retries it, otherwise shared by all such steps. */
export function slots(step: string, compiler: Compiler): { attempt: string; why: string } {
  const of = compiler.facts.retried.has(step) ? `.${step}` : "";
  return { attempt: `attempt${of}`, why: `why${of}` };
}

/** Sets a slot. */
export function setSlot(slot: string, value: string | number): Op {
  return { op: "set", to: { slot }, from: { value } };
}

/** Asks again, if there is another attempt. */
export function askAgain(attempts: number, attempt: string): Op {
  const again = (next: number): Op[] => [setSlot(attempt, next), { op: "goto", block: "ask" }];
  const cases: [string, Op[]][] = Array.from({ length: attempts - 1 }, (_, i) => [
    String(i + 1),
    again(i + 2),
  ]);
  // `retry` uses up the first attempt of a step that has not been asked before.
  if (attempts > 1) cases.push(["", again(2)]);
  return { op: "switch", on: { slot: attempt }, cases: Object.fromEntries(cases) };
}

/** The nth of a list, the last for all later ones. */
export function nth<T>(list: readonly T[], failures: number): T | undefined {
  return list[failures - 1] ?? list.at(-1);
}

/** A pattern that only digits match. */
const DIGITS = /^(\\d|\[[\d-]+\]|\(\?:|[\d(){},|?+*])+$/;

/** How a captured answer is read: as digits or a number if the step wants no other. */
export function answerOf(
  { choices, matches, numDigits }: { choices?: unknown; matches?: string; numDigits?: unknown },
  variable: Pick<Variable, "type"> | undefined,
): "text" | "digits" | "number" {
  if (variable?.type === "int" || variable?.type === "number") return "number";
  if (choices !== undefined) return "text";
  if (matches === undefined) return numDigits === undefined ? "text" : "digits";
  return DIGITS.test(matches) ? "digits" : "text";
}

/** Captures an answer; one that does not fit its variable or the pattern does not match. */
export function captureAnswer(
  { save, matches }: { save?: string | undefined; matches?: string },
  from: Source,
  noMatch: Op[],
): Op[] {
  if (save === undefined) return [];
  return [
    {
      op: "set",
      to: { variable: save },
      from,
      ...(matches === undefined ? {} : { matches }),
      otherwise: noMatch,
    },
  ];
}

/** Changes the call's language, if a choice names one. */
export function changeLanguage(tag: string | undefined): Op[] {
  if (tag === undefined) return [];
  return [{ op: "set", to: { language: true }, from: sourceOf({ text: tag, value: tag }, true) }];
}
