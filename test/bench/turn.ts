/**
 * One turn, from a webhook's parameters to TwiML, against the same document from twilio's own builder. The
 * ticket's cryptography is left out: a builder has no such thing.
 */
import { documentOf } from "../../src/engine/document.ts";
import { readEvent } from "../../src/engine/event.ts";
import { newCall, turn } from "../../src/engine/turn.ts";
import type { Place } from "../../src/program/call.ts";
import type { Program } from "../../src/program/program.ts";
import type { Effort, Figure } from "./figure.ts";
import { shippedProgram } from "./flows.ts";
import { goodbye, menuAgain } from "./rivals/builder.ts";
import { contender, inRounds, median, microseconds, ratio } from "./rounds.ts";

type Params = Readonly<Record<string, string>>;
type Answering = (params: Params) => string;

const SID = "CA00000000000000000000000000000001";
const PARAMS: Params = {
  CallSid: SID,
  AccountSid: "AC00000000000000000000000000000001",
  From: "+14155550111",
  To: "+14155550100",
  CallStatus: "in-progress",
  Direction: "inbound",
  CallerName: "Ada Lovelace",
  Digits: "9",
};
/** As long as a continuation URL with its ticket usually is. */
const LINK = `/voice/front-desk/0123456789/menu/answered/2?t=${"x".repeat(160)}`;
const NOON = { now: Date.UTC(2026, 10, 23, 17), env: {} };

/** Measures both roads over two documents of the shipped front desk. */
export async function measureTurn(effort: Effort): Promise<Figure[]> {
  const program = await shippedProgram("front-desk");
  const menuByEngine = byEngine(program, { step: "menu", block: "answered" });
  const goodbyeByEngine = byEngine(program, { step: "goodbye", block: "enter" });
  return [
    ...(await compare("wrong key", effort, menuByEngine, ({ Digits }) => menuAgain(LINK, Digits))),
    ...(await compare("say with a hole", effort, goodbyeByEngine, ({ CallerName }) => goodbye(CallerName))),
  ];
}

function byEngine(program: Program, place: Place): Answering {
  const start: Place = { step: program.start, block: "enter" };
  const given = { ...NOON, program };
  const { call } = turn({ ...given, event: readEvent(PARAMS) }, start, newCall(SID));
  return (params) => {
    const { pieces } = turn({ ...given, event: readEvent(params) }, place, call);
    return documentOf(pieces, () => LINK);
  };
}

async function compare(
  what: string,
  { rounds, repetitions }: Effort,
  engine: Answering,
  builder: Answering,
): Promise<Figure[]> {
  if (engine(PARAMS) !== builder(PARAMS)) {
    throw new Error(`${what}: rivals/builder.ts does not give what flows/front-desk.yaml says`);
  }
  const ours = contender(() => microseconds(repetitions, () => engine(PARAMS)));
  const theirs = contender(() => microseconds(repetitions, () => builder(PARAMS)));
  await inRounds(rounds, [ours, theirs]);
  return [
    { name: `${what}, by VoiceResponse`, value: median(theirs.figures), unit: "µs" },
    { name: `${what}, by the engine`, value: median(ours.figures), unit: "µs" },
    { name: `${what}, times faster`, value: ratio(theirs, ours), unit: "×", bound: { atLeast: 3 } },
  ];
}
