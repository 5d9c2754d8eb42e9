/** A caller who presses, says and does anything, and the people who are called. */

import type { Random } from "../../src/cli/play/fuzz/random.ts";
import type {
  CalledHandset,
  ConnectAnswer,
  GatherAnswer,
  Handset,
  PayAnswer,
  RecordAnswer,
  RingAnswer,
  WaitAnswer,
} from "../../src/phone/leg/handset.ts";
import type { Gathering, Moment } from "../../src/phone/leg/moment.ts";

/** No document can have this as it is: texts are escaped. */
export const INJECTED = "<Injected";

/** Things that people say, and that nobody says. */
export const SPEECHES = [
  "yes",
  "no",
  "billing",
  "I would like to speak to somebody",
  "one",
  "Łukasz Żółć 😀 \u202E",
  `</Say></Gather>${INJECTED}/><Dial>+19005550199</Dial>`,
  `" action="https://evil.example" x="${INJECTED}/>`,
  "{{ secrets.API_KEY }} {{ vars }} %s",
  "]]>&lt;&amp;\u0000\uD800",
  "é".repeat(1500),
  "",
] as const;

/** What a random caller is asked to do before hanging up. */
const MOST_QUESTIONS = 30;

/** What the harness learns from the caller. */
export interface Heard {
  moment(moment: Moment): void;
  /** Keys that the caller has entered. */
  keys(digits: string): void;
  /** The caller hangs up now, in the middle of something. */
  hangUp(): void;
}

/** A random caller. */
export function randomCaller(random: Random, heard: Heard): Handset {
  let questions = 0;
  const tired = (): boolean => ++questions > MOST_QUESTIONS || random.chance(0.03);
  const hear = (moment: Moment): void => {
    heard.moment(moment);
    if (moment.kind === "said" && random.chance(0.01)) heard.hangUp();
  };
  return {
    hear,
    gather: (gathering) => (tired() ? "hangup" : gatherAnswer(random, gathering, heard.keys)),
    record: () => (tired() ? "hangup" : recordAnswer(random)),
    ring: ({ callees }) => (tired() ? "hangup" : ringAnswer(random, callees.length, heard)),
    talk: () => ({ seconds: random.int(0, 600), by: random.pick(["caller", "callee"]) }),
    wait: () => (tired() ? "hangup" : waitAnswer(random)),
    connect: () => (tired() ? "hangup" : connectAnswer(random)),
    pay: () => (tired() ? "hangup" : payAnswer(random)),
    refer: () => {
      if (tired()) return "hangup";
      return { status: random.pick(["in-progress", "busy", "no-answer", "failed", "untold"]) };
    },
  };
}

function gatherAnswer(random: Random, gathering: Gathering, pressed: Heard["keys"]): GatherAnswer {
  const { input, hints, numDigits, finishOnKey } = gathering;
  if (random.chance(0.12)) return "silence";
  if (input.includes("speech") && (!input.includes("dtmf") || random.chance(0.4))) {
    const speech = (random.chance(0.5) ? random.any(hints) : undefined) ?? random.pick(SPEECHES);
    return { speech, confidence: random.int(0, 100) / 100 };
  }
  const length = Math.min(numDigits, random.pick([1, 1, 1, 2, 4, 4, 7, 8, 12]));
  const digits = Array.from({ length }, () => random.pick(KEYS)).join("");
  pressed(digits);
  return { digits: Number.isFinite(numDigits) && random.chance(0.8) ? digits : digits + finishOnKey };
}

const KEYS = ["1", "1", "1", "2", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*"] as const;

function recordAnswer(random: Random): RecordAnswer {
  if (random.chance(0.2)) return "silence";
  const seconds = random.int(0, 120);
  const words = random.pick(SPEECHES);
  return random.chance(0.3) ? { seconds, hangup: true, words } : { seconds, key: "#", words };
}

function ringAnswer(random: Random, callees: number, heard: Heard): RingAnswer {
  const status = random.pick(["busy", "no-answer", "failed", "canceled"]);
  if (random.chance(0.5)) return { status };
  const handset: CalledHandset = {
    hear: heard.moment,
    gather: (gathering) => gatherAnswer(random, gathering, heard.keys),
  };
  const answered = random.int(0, callees - 1);
  return random.chance(0.3) ? { answered, handset, left: status } : { answered, handset };
}

function waitAnswer(random: Random): WaitAnswer {
  if (random.chance(0.6)) return "stay";
  return { result: random.pick(["bridged", "queue-full", "error", "system-error", "redirected"]) };
}

function connectAnswer(random: Random): ConnectAnswer {
  const fields = random.pick<Record<string, string>>([
    {},
    { SessionStatus: "ended", HandoffData: '{"reason":"person","summary":"wants a person"}' },
    { SessionStatus: "ended", HandoffData: "not JSON" },
    { SessionStatus: "failed", ErrorCode: "64105", ErrorMessage: SPEECHES[6] },
  ]);
  return { seconds: random.int(0, 300), fields };
}

function payAnswer(random: Random): PayAnswer {
  const result = random.pick([
    "success",
    "success",
    "too-many-failed-attempts",
    "exhausted",
    "payment-connector-error",
    "caller-interrupted-with-star",
    "validation-error",
    "internal-error",
  ]);
  return { result, fields: result === "success" ? { PaymentConfirmationCode: "ch_1" } : {} };
}
