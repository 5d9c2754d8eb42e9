/** The blocks of a question by text message: it is sent, and answered, asked again, or left alone. */
import type { Op, Source } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { ReadText } from "../../language/text-schema.ts";
import type { Step } from "../../model/flow.ts";
import {
  ATTEMPTS,
  answerOf,
  askAgain,
  captureAnswer,
  changeLanguage,
  exitsAfter,
  nth,
  setSlot,
  slots,
} from "../attempts.ts";
import { matchOp } from "../phrases.ts";
import { type Outgoing, reply, send } from "../sms/message.ts";
import { type Ask, byNumber, choicesOf } from "./body.ts";

/** The block that runs if no answer comes in time. */
export const SILENCE = "silence";

const PICTURE: Source = { param: "MediaUrl0" };
const NO_MATCH: Op[] = [{ op: "goto", block: "failed" }];
const WAIT: Op = { op: "wait", block: "answered" };

/** Every block of a question. */
export function blocksOf(step: Step<Ask>, compiler: Compiler): Record<string, Op[]> {
  const { body, name } = step;
  const { attempt } = slots(name, compiler);
  const { silence, else: failed } = exitsAfter(body.otherwise ?? "return");
  return {
    enter: [setSlot(attempt, 1), { op: "goto", block: "ask" }],
    ask: [...repeated(step, compiler), ...sent({ body: body.prompt, mediaUrl: body.mediaUrl }, compiler)],
    ...answered(step, compiler),
    failed: [askAgain(body.attempts ?? ATTEMPTS, attempt), ...compiler.exit(failed)],
    [SILENCE]: compiler.exit(silence),
    ...(compiler.facts.retried.has(name) && { retry: [{ op: "goto", block: "failed" }] }),
  };
}

/** The words of later attempts, if they differ from the question. */
function repeated({ body: { noMatch, attempts = ATTEMPTS }, name }: Step<Ask>, compiler: Compiler): Op[] {
  if (noMatch === undefined) return [];
  const texts: readonly ReadText[] = Array.isArray(noMatch) ? noMatch : [noMatch];
  const cases = Array.from({ length: attempts - 1 }, (_, i): [string, Op[]] => {
    const text = nth(texts, i + 1);
    return [String(i + 2), text === undefined ? [] : sent({ body: text }, compiler)];
  });
  return [{ op: "switch", on: { slot: slots(name, compiler).attempt }, cases: Object.fromEntries(cases) }];
}

/** Sends a text and waits: as the reply to a text message, or as a message of its own if none came in. */
function sent(message: Outgoing, compiler: Compiler): Op[] {
  const alone = send(message, undefined, compiler, { sent: [WAIT], failed: [] });
  return [
    { op: "switch", on: { param: "MessageSid" }, cases: { "": alone } },
    ...reply(message, undefined, compiler, [WAIT], alone),
  ];
}

function answered(step: Step<Ask>, compiler: Compiler): Record<string, Op[]> {
  const { body } = step;
  const words = wordsOf(step, compiler);
  if (body.picture === undefined) return { answered: words };
  // A number has no room for the URL of a picture.
  const url = savesText(body, compiler)
    ? captureAnswer({ save: body.save, matches: wholeUrl(body, compiler) }, PICTURE, NO_MATCH)
    : [];
  const noPicture: Op = { op: "switch", on: PICTURE, cases: { "": [{ op: "goto", block: "words" }] } };
  return { answered: [noPicture, ...url, ...compiler.exit(body.picture)], words };
}

/** Takes the words of an answer. */
function wordsOf(step: Step<Ask>, compiler: Compiler): Op[] {
  const { body, next = "return" } = step;
  const answer: Source = { heard: answerOf(body, compiler.facts.variables[body.save ?? ""]) };
  const taken = (from: Source, exit: Op[]): Op[] => [...captureAnswer(body, from, NO_MATCH), ...exit];
  if (body.choices !== undefined) {
    // "5, of course" is the number 5, if that is the word of the choice.
    const isNumber = "heard" in answer && answer.heard === "number";
    const written = isNumber ? choicesOf(body).flatMap(byNumber) : choicesOf(body);
    const cases = written.map(({ word, phrases, choice }) => ({
      phrases,
      ops: taken(isNumber && /^\d+$/.test(word) ? { value: word } : answer, [
        ...changeLanguage(choice.language),
        ...compiler.exit(choice.next),
      ]),
    }));
    return [matchOp({ heard: "text" }, cases, compiler.facts.languages), ...NO_MATCH];
  }
  if (body.save === undefined) return NO_MATCH;
  return [withoutWords(body, compiler, compiler.exit(next)), ...taken(answer, compiler.exit(next))];
}

/** Takes the picture of a message without text. */
function withoutWords(body: Ask, compiler: Compiler, exit: Op[]): Op {
  const { save, matches = wholeUrl(body, compiler) } = body;
  const isTaken = body.picture === undefined && savesText(body, compiler);
  const ops = isTaken ? [...captureAnswer({ save, matches }, PICTURE, NO_MATCH), ...exit] : NO_MATCH;
  return { op: "switch", on: { heard: "text" }, cases: { "": ops } };
}

/** A pattern for what fits the variable: a part of a URL is of no use. */
function wholeUrl({ save = "" }: Ask, { facts }: Compiler): string {
  return `[^]{1,${facts.variables[save]?.maxLength ?? ""}}`;
}

function savesText({ save = "" }: Ask, { facts }: Compiler): boolean {
  return facts.variables[save]?.type === "string";
}
