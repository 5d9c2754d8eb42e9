/** Keys, words or silence, at random. */
import type { GatherAnswer } from "../../../phone/leg/handset.ts";
import type { Gathering } from "../../../phone/leg/moment.ts";
import type { Random } from "./random.ts";

/** Things that people say, and that nobody says. */
export const SPEECHES = [
  "yes",
  "no",
  "one",
  "I would like to speak to somebody",
  "billing",
  "What did you say?",
  "4 1 5 5 5 5 0 1 9 9",
  "Łukasz Żółć 😀",
  "</Say><Hangup/>",
  "{{ vars }} & %s",
  "è".repeat(400),
] as const;

const KEYS = ["1", "1", "1", "2", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*"] as const;

/** What somebody enters. */
export function entered(random: Random, gathering: Gathering): GatherAnswer {
  const { input, hints } = gathering;
  if (random.chance(0.12)) return "silence";
  const isSpoken = input.includes("speech") && (!input.includes("dtmf") || random.chance(0.4));
  if (!isSpoken) return { digits: keys(random, gathering) };
  const hint = random.chance(0.5) ? random.any(hints.filter((one) => !one.startsWith("$"))) : undefined;
  return { speech: hint ?? random.pick(SPEECHES) };
}

function keys(random: Random, { numDigits, finishOnKey }: Gathering): string {
  const isLimited = Number.isFinite(numDigits);
  const usual = isLimited ? numDigits : random.pick([1, 4, 4, 4, 6, 7, 8, 12]);
  const length = random.chance(0.8) ? usual : Math.min(numDigits, random.int(1, 12));
  const digits = Array.from({ length }, () => random.pick(KEYS)).join("");
  return isLimited && length === numDigits ? digits : digits + finishOnKey;
}
