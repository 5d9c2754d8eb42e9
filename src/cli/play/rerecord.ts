/** Records a test anew: its answers are played, and what is heard now replaces what was heard then. */
import type { Built } from "../../flow/build.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { CalledHandset, Handset } from "../../phone/leg/handset.ts";
import type { Moment } from "../../phone/leg/moment.ts";
import { excerpt, fileOf } from "../../phone/page/call/excerpt.ts";
import { isPause, isSentStep, isText } from "../../phone/script/scenario.ts";
import { playWritten } from "./play-written.ts";
import { isMessage, textIn } from "./sent.ts";

type Written = WrittenScenario["scenario"]["script"];
type Step = Written[number];

/** What was heard before each answer, by its place among the answers, and at the called phone of each dial. */
interface Heard {
  before: Map<number, readonly string[]>;
  /** How much was sent before each answer. */
  sentBefore: Map<number, number>;
  /** The text messages that are sent, by their place in all that is sent. */
  texts: readonly (string | undefined)[];
  atCallees: string[][][];
}

/**
 * The script with what is heard now, or why there is none: a call that goes another way needs another script. Lines that are
 * still heard stay as they are.
 */
export async function rerecorded(
  written: WrittenScenario,
  built: Pick<Built, "flows" | "audio">,
  variables: Readonly<Record<string, string>>,
): Promise<Written | { problem: string }> {
  const { script } = written.scenario;
  const { expect: _, ...scenario } = written.scenario;
  const answers = {
    ...written,
    scenario: { ...scenario, script: script.flatMap(answerIn) },
    expectSpans: {},
  };
  const heard: Heard = { before: new Map(), sentBefore: new Map(), texts: [], atCallees: [] };
  const { failure, sent } = await playWritten(answers, built, variables, {
    caller: (one) => noting(one, heard),
    answered: (step, texts, count) => {
      heard.before.set(step, [...texts]);
      heard.sentBefore.set(step, count);
    },
  });
  if (failure) return { problem: `The call goes another way now. ${failure.message}` };
  heard.texts = sent.map((one) => (isMessage(one) ? textIn(one).body : undefined));
  return withHeard(script, heard);
}

/** An answer, without what is heard at a called phone. Lines about what was sent need the call as it was written. */
function answerIn(step: Step): Step[] {
  if (typeof step !== "object") return isSentStep(step) ? [] : [step];
  if ("hear" in step) return step.hangup ? [step] : [];
  if ("sms" in step || "request" in step) return [];
  if (!("dial" in step) || !step.callee) return [step];
  return [{ ...step, callee: step.callee.filter((one) => !isHeardOnly(one)) }];
}

function isHeardOnly(step: Callee[number]): boolean {
  return typeof step === "object" && "hears" in step && !step.hangup;
}

function textOf(moment: Moment): string | undefined {
  if (moment.kind === "said") return moment.text;
  return moment.kind === "played" ? (moment.audio?.name ?? fileOf(moment.url)) : undefined;
}

/** The same caller; what is heard at the phones that it rings is noted. */
function noting(caller: Handset, { atCallees }: Heard): Handset {
  return {
    ...caller,
    ring: async (ringing) => {
      const answer = await caller.ring(ringing);
      const callee: string[][] = [[]];
      atCallees.push(callee);
      return typeof answer === "object" && "handset" in answer
        ? { ...answer, handset: notingCallee(answer.handset, callee) }
        : answer;
    },
  };
}

function notingCallee(callee: CalledHandset, heard: string[][]): CalledHandset {
  return {
    ...callee,
    hear: (moment) => {
      const text = textOf(moment);
      if (text) heard.at(-1)?.push(text);
      return callee.hear(moment);
    },
    gather: async (gathering) => {
      const answer = await callee.gather(gathering);
      heard.push([]);
      return answer;
    },
  };
}

/** The script, part by part: up to each answer. */
function withHeard(script: Written, heard: Heard): Written {
  const { before, atCallees } = heard;
  const fresh: Step[] = [];
  let part: Step[] = [];
  let at = 0;
  let dials = 0;
  let last: Step | undefined;
  for (const step of script) {
    if (answerIn(step).length === 0) {
      part.push(step);
      continue;
    }
    const texts = before.get(at);
    const hangsUp = typeof step === "object" && "hear" in step;
    const replied = isText(last) || isPause(last) ? freshTexts(part, textsBetween(heard, at - 1)) : part;
    fresh.push(...(texts && !hangsUp ? freshPart(replied, texts) : replied));
    part = [];
    last = step;
    fresh.push(typeof step === "object" && "dial" in step ? freshDial(step, atCallees[dials++] ?? []) : step);
    at++;
  }
  return [
    ...fresh,
    ...(isText(last) || isPause(last) ? freshTexts(part, textsBetween(heard, at - 1)) : part),
  ];
}

/** The text messages that are sent after an answer, before the next one. */
function textsBetween({ sentBefore, texts }: Heard, answer: number): string[] {
  const sent = texts.slice(sentBefore.get(answer), sentBefore.get(answer + 1));
  return sent.filter((text) => text !== undefined);
}

/** Lines after a text message: those about its replies, if they no longer hold, give way to the replies of now. */
function freshTexts(part: Written, texts: readonly string[]): Step[] {
  const wanted = part.flatMap((step) => (typeof step === "object" && "sms" in step ? [step.sms] : []));
  if (areIn(wanted, texts)) return [...part];
  const others = part.filter((step) => typeof step !== "object" || !("sms" in step));
  return [...texts.map((text) => ({ sms: excerpt(text) })), ...others];
}

/** Lines before an answer: those about what was heard, if they no longer hold, give way to what is heard now. */
function freshPart(part: Written, texts: readonly string[]): Step[] {
  const wanted = part.flatMap((step) => (typeof step === "object" && "hear" in step ? [step.hear] : []));
  if (areIn(wanted, texts)) return [...part];
  const hears = texts.map(nameFor).filter((hear) => hear !== "");
  const others = part.filter((step) => typeof step !== "object" || !("hear" in step));
  return [...hears.map((hear) => ({ hear })), ...others];
}

/** A text as a test has it: its beginning, or the name of a file. */
function nameFor(text: string): string {
  return /^https?:/.test(text) ? fileOf(text) : excerpt(text);
}

type Dial = Extract<Step, { dial: string }>;
type Callee = NonNullable<Dial["callee"]>;

function freshDial(step: Dial, heard: readonly string[][]): Dial {
  if (!step.callee) return step;
  const fresh: Callee = [];
  let part: Callee = [];
  let at = 0;
  const close = (): void => {
    const texts = heard[at] ?? [];
    const wanted = part.flatMap((one) => (typeof one === "object" && "hears" in one ? [one.hears] : []));
    fresh.push(...(areIn(wanted, texts) ? part : texts.map((text) => ({ hears: nameFor(text) }))));
    part = [];
    at++;
  };
  for (const one of step.callee) {
    if (isHeardOnly(one)) part.push(one);
    else {
      close();
      fresh.push(one);
    }
  }
  close();
  return { ...step, callee: fresh };
}

/** Whether parts are heard one after the other. */
function areIn(wanted: readonly string[], texts: readonly string[]): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();
  const line = texts.map(plain).join(" ");
  let at = 0;
  return wanted.every((part) => {
    const found = line.indexOf(plain(part), at);
    if (found < 0) return false;
    at = found + plain(part).length;
    return true;
  });
}
