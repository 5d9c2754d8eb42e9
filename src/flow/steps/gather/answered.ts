/** The blocks of a gather that take an answer, and ask again or leave if there is none. */
import type { Op, Source } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Step } from "../../model/flow.ts";
import { ATTEMPTS, answerOf, askAgain, captureAnswer, changeLanguage, setSlot, slots } from "../attempts.ts";
import { finishOnKeyOf } from "./ask.ts";
import { choicesOf, failedOf, type Gather, hearsSpeech, type KeyedChoice } from "./body.ts";
import { answeredIn, speechOps } from "./speech.ts";

/** The next attempt, or `otherwise` after the last. */
export function failed(step: Step<Gather>, compiler: Compiler): Op[] {
  const { attempt, why } = slots(step.name, compiler);
  const exits = failedOf(step.body);
  const silent: Op[] =
    exits.silence === exits.else
      ? []
      : [{ op: "switch", on: { slot: why }, cases: { noInput: compiler.exit(exits.silence) } }];
  return [askAgain(step.body.attempts ?? ATTEMPTS, attempt), ...silent, ...compiler.exit(exits.else)];
}

/** Takes an answer: silence, a key alone, a choice, or what is saved. */
export function answered(step: Step<Gather>, compiler: Compiler): Op[] {
  const { body } = step;
  const { why } = slots(step.name, compiler);
  const fail = (reason: string): Op[] => [setSlot(why, reason), { op: "goto", block: "failed" }];
  const silent: Op = {
    op: "switch",
    on: { param: "Digits" },
    cases: {
      "": [
        {
          op: "switch",
          on: { param: "SpeechResult" },
          cases: { "": [...skipped(body, compiler), ...fail("noInput")] },
        },
      ],
    },
  };
  const noMatch = fail("noMatch");
  if (body.choices === undefined)
    return [
      silent,
      ...captureAnswer(body, answerTo(body, compiler), noMatch),
      ...compiler.exit(step.next ?? "hangup"),
    ];
  return [silent, ...choose(body, compiler, noMatch), ...noMatch];
}

/** Any key can finish an answer if an environment variable names it. */
const ANY_KEY = [..."0123456789*#"];

/** The key that ends an answer, pressed alone. */
function skipped(body: Gather, compiler: Compiler): Op[] {
  if (body.skip === undefined) return [];
  const finish = finishOnKeyOf(body) ?? "#";
  const keys = typeof finish === "string" ? [finish] : ANY_KEY;
  const cases = Object.fromEntries(keys.map((key) => [key, compiler.exit(body.skip ?? "hangup")]));
  return [{ op: "switch", on: { param: "FinishedOnKey" }, cases }];
}

function choose(body: Gather, compiler: Compiler, noMatch: Op[]): Op[] {
  const take = ({ choice }: KeyedChoice, answer: Source): Op[] => [
    ...captureAnswer(body, answer, noMatch),
    ...changeLanguage(choice.language),
    ...compiler.exit(choice.next),
  ];
  const choices = choicesOf(body);
  const pressed: Source = hearsSpeech(body) ? { heard: "digits" } : { param: "Digits" };
  const cases: Record<string, Op[]> = {};
  const ranges: { from: string; to: string; ops: Op[] }[] = [];
  for (const one of choices) {
    if (one.keys === undefined) continue;
    if (one.keys.from === one.keys.to) cases[one.keys.from] = take(one, pressed);
    else ranges.push({ ...one.keys, ops: take(one, pressed) });
  }
  const byKey: Op = {
    op: "switch",
    on: pressed,
    cases,
    ...(ranges.length > 0 ? { ranges } : {}),
  };
  // A phrase says more than a number: "two" can be a phrase of choice 1.
  const bySpeech = speechOps(choices, answeredIn(body, compiler.facts.languages), (one) =>
    take(one, answerTo(body, compiler)),
  );
  return choices.some(({ keys }) => keys !== undefined) ? [...bySpeech, byKey] : bySpeech;
}

/** The answer to a gather as a whole; that to a choice by its number is in digits. */
function answerTo(body: Gather, { facts }: Compiler): Source {
  return hearsSpeech(body)
    ? { heard: answerOf(body, facts.variables[body.save ?? ""]) }
    : { param: "Digits" };
}
