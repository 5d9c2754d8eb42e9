/**
 * A phone in the terminal: it prints what the caller hears, and presses or says what is typed. A called phone is
 * indented.
 */
import { styleText } from "node:util";
import type { CalledHandset, Handset, RingAnswer } from "../../phone/leg/handset.ts";
import type { Moment, Ringing } from "../../phone/leg/moment.ts";
import { nameOf } from "../../phone/leg/noun.ts";
import { describe } from "../../phone/script/describe.ts";
import {
  gatherChoices,
  RECORD_CHOICES,
  ringChoices,
  TALK_CHOICES,
  typedGather,
  typedRecord,
  typedRing,
  typedTalk,
} from "./typed.ts";
import {
  CONNECT_CHOICES,
  PAY_CHOICES,
  REFER_CHOICES,
  typedConnect,
  typedPay,
  typedRefer,
  typedWait,
  WAIT_CHOICES,
} from "./typed-sessions.ts";

/** Where the phone prints and what it reads. */
export interface Terminal {
  print(line: string): void;
  /** The next line of input; undefined at its end. */
  read(): Promise<string | undefined>;
}

/** A phone at a terminal. It hangs up at the end of the input. */
export function terminalPhone(terminal: Terminal): Handset {
  let refused = false;
  return {
    ...calledPhone(terminal, ""),
    record: async () => (await ask(terminal, "", RECORD_CHOICES, typedRecord)) ?? "hangup",
    ring: async (ringing) => {
      const answer = await ask(terminal, "", ringChoices(ringing.callees.length), (line) =>
        typedRing(line, ringing.callees.length),
      );
      refused = typeof answer === "object" && "refuses" in answer && answer.refuses;
      return ringAnswer(terminal, ringing, answer ?? "hangup");
    },
    talk: async () => {
      if (refused) return { seconds: 0, by: "callee" };
      return (await ask(terminal, "", TALK_CHOICES, typedTalk)) ?? { seconds: 0, by: "caller" };
    },
    wait: async () => (await ask(terminal, "", WAIT_CHOICES, typedWait)) ?? "hangup",
    connect: async () => (await ask(terminal, "", CONNECT_CHOICES, typedConnect)) ?? "hangup",
    pay: async () => (await ask(terminal, "", PAY_CHOICES, typedPay)) ?? "hangup",
    refer: async () => (await ask(terminal, "", REFER_CHOICES, typedRefer)) ?? "hangup",
  };
}

function ringAnswer(
  terminal: Terminal,
  ringing: Ringing,
  answer: Exclude<ReturnType<typeof typedRing>, undefined>,
): RingAnswer {
  if (answer === "hangup" || "status" in answer) return answer;
  const callee = ringing.callees[answer.picksUp];
  const phone = calledPhone(terminal, `  ${callee ? nameOf(callee) : ""} | `);
  const handset = answer.refuses ? { ...phone, gather: () => "hangup" as const } : phone;
  return { answered: answer.picksUp, handset };
}

function calledPhone(terminal: Terminal, margin: string): CalledHandset {
  return {
    hear: (moment) => {
      const line = describe(moment);
      if (line) terminal.print(margin + styleText(styleOf(moment), line));
    },
    gather: async (gathering) =>
      (await ask(terminal, margin, gatherChoices(gathering), (line) => typedGather(line, gathering))) ??
      "hangup",
  };
}

/** Asks until a line makes sense; undefined at the end of the input. */
async function ask<T>(
  terminal: Terminal,
  margin: string,
  choices: string,
  read: (line: string) => T | undefined,
): Promise<T | undefined> {
  terminal.print(margin + styleText("dim", `(${choices})`));
  for (;;) {
    const line = await terminal.read();
    if (line === undefined) return undefined;
    const answer = read(line.trim());
    if (answer !== undefined) return answer;
    terminal.print(margin + styleText("yellow", `"${line.trim()}" cannot be used here. Type ${choices}.`));
  }
}

const CALLING = new Set<Moment["kind"]>([
  "ringing",
  "bridged",
  "waiting",
  "connected",
  "paying",
  "referring",
]);

function styleOf({ kind }: Moment): Parameters<typeof styleText>[0] {
  if (kind === "said" || kind === "played") return "bold";
  if (kind === "problem") return "red";
  return CALLING.has(kind) ? "cyan" : "dim";
}
