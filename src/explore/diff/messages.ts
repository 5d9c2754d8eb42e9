/** Text messages of a comparison: the first of a conversation, and those that answer a question of both flows. */

import type { Call } from "../../program/call.ts";
import type { Program } from "../../program/program.ts";
import type { Begin, CallEvent } from "../exploration.ts";
import type { ToldApart } from "../told/told-apart.ts";
import { callOf, type Side, strideOf, stridesOf, without } from "./strides.ts";
import type { Stride } from "./walk.ts";

/** The text messages to the number that either flow tells apart, and one more. */
export function firstMessages(was: Side, now: Side): CallEvent[] {
  const texts = [was, now].flatMap((side) => textsAt(side, side.program.onMessage ?? ""));
  return [...new Set([...texts, OTHER])].map((body) => textMessage(body, `the text message "${body}"`));
}

/** What both flows do at each question that they share: what is asked, and what follows each answer, or none. */
export function askStrides(was: Side, now: Side, begins: readonly Begin[]): Stride[] {
  const asking = Object.keys(was.program.steps).filter((step) =>
    [was, now].every(({ program }) => program.steps[step]?.asks),
  );
  return begins.flatMap((begin) =>
    asking.flatMap((step) =>
      eventsAt(was, now, step).flatMap(({ block, event }) => {
        const go = ({ program, moves }: Side) => {
          const place = { step, block: block ?? program.steps[step]?.asks?.block ?? "" };
          return moves.beside(place, conversing(program, begin), begin, event.params);
        };
        return stridesOf(go(was), go(now), { ...strideOf(begin, event), from: undefined });
      }),
    ),
  );
}

/** A call in a conversation, so that it can end. */
function conversing(program: Program, begin: Begin): Call {
  const step = program.onMessage ?? "";
  const [first] = program.steps[step]?.blocks.enter ?? [];
  const block = first?.op === "goto" ? first.back : undefined;
  return { ...callOf(begin), ...(block !== undefined && { frames: [{ step, block }] }) };
}

/** What can come at a question. Without a block, it is the one that each flow names for the end of the time to answer. */
function eventsAt(was: Side, now: Side, step: string): { block?: string; event: CallEvent }[] {
  const texts = [...new Set([...textsAt(was, step), ...textsAt(now, step), OTHER])];
  const picture = { ...textMessage("", `a picture at "${step}"`) };
  return [
    { block: "enter", event: textMessage("", `the question "${step}"`) },
    ...texts.map((body) => ({
      block: "answered",
      event: textMessage(body, `the answer "${body}" at "${step}"`),
    })),
    {
      block: "answered",
      event: { ...picture, params: { ...picture.params, MediaUrl0: "https://example.com/picture.jpg" } },
    },
    { event: textMessage("", `no answer at "${step}"`) },
  ];
}

const OTHER = "something else";

function textsAt({ moves: { told } }: Side, step: string): string[] {
  return [...told.phrasesAt(step), ...valuesAt(told, step)];
}

function valuesAt(told: ToldApart, step: string): string[] {
  const sides = ["message.body", `param ${step} Body`, `heard ${step}`].flatMap((key) => told.of(key));
  return sides.flatMap(({ side }) =>
    "value" in side && typeof side.value === "string" && side.value !== "" ? [side.value] : [],
  );
}

function textMessage(Body: string, label: string): CallEvent {
  return without(label, { Body, MessageSid: `SM${"0".repeat(32)}` });
}
