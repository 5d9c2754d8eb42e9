/** Checks phone numbers with a phone-number library that knows the numbers of each country. */
import type { Problem, Severity } from "../language/diagnostic.ts";
import { EMERGENCY, EMERGENCY_EXTENSIONS } from "./emergency.ts";
import { numberIn, wholeNumber } from "./parsed.ts";
import { DEAR_CODES } from "./premium.ts";

/** The codes of the findings on a number. */
export type NumberCode = "bad-number" | "emergency-number" | "premium-number" | "unassigned-number";

/** What is wrong with a number; an error unless it says otherwise. */
export type NumberProblem = Problem<NumberCode> & { severity?: Severity };

function isPossible(number: string): boolean {
  return wholeNumber(number)?.isPossible() ?? false;
}

/** Whether a text is an emergency number, with or without a country code. */
function isEmergency(number: string): boolean {
  const digits = number.replace(/\D/g, "");
  if (!number.startsWith("+")) return EMERGENCY.includes(digits);
  if (isPossible(number)) return false;
  const codes = [1, 2, 3].map((length) => digits.slice(length));
  return EMERGENCY.includes(digits) || codes.some((rest) => rest.length >= 3 && EMERGENCY.includes(rest));
}

/**
 * The problem with a number that is to be dialled, if any.
 * @param isNamed whether it is declared under `destinations`, so that premium rates are intended
 */
export function numberProblem(number: string, isNamed: boolean): NumberProblem | undefined {
  if (isEmergency(number)) return emergency(number);
  const formal = formalProblem(number);
  if (formal) return { code: "bad-number", message: formal };
  if (!isNamed && isPremium(number)) return premium(number);
  if (DEAR_CODES.some((code) => number.startsWith(`+${code}`)) || wholeNumber(number)?.isValid())
    return undefined;
  const message = `no country's numbering plan has the number ${number}; check its area code`;
  return { code: "unassigned-number", severity: "warning", message };
}

/** The problem with the user of a SIP address, such as the 911 of `sip:911@pbx.example.com`. */
export function extensionProblem(user: string): NumberProblem | undefined {
  const isKnown = EMERGENCY_EXTENSIONS.includes(user) || (user.startsWith("+") && isEmergency(user));
  return isKnown ? emergency(user) : undefined;
}

function emergency(number: string): NumberProblem {
  const message = `${number} is an emergency number: help is sent to the location of the calling phone, and a flow has none; ask the caller to dial it`;
  return { code: "emergency-number", message };
}

function premium(number: string): NumberProblem {
  const message = `${number} is a premium-rate or satellite number; to dial it on purpose, name it under \`destinations\``;
  return { code: "premium-number", message };
}

function formalProblem(number: string): string | undefined {
  const shown = number.replace(/[\s().-]/g, "");
  if (!number.startsWith("+")) {
    const advice = /^\d{10}$/.test(shown) ? `; in the US that is +1${shown}` : "";
    return `write ${number} with a plus and a country code${advice}`;
  }
  if (shown !== number) return `write ${number} without spaces and signs: ${shown}`;
  const meant = numberIn(number);
  if (meant?.isValid() && meant.number !== number) {
    const isLong = /^\+\d+$/.test(number);
    const wrong = isLong ? "has a digit too many after its country code" : "is more than a number";
    return `${number} ${wrong}; write ${meant.number}`;
  }
  if (isPossible(number)) return undefined;
  return `${number} is not a valid phone number; check its country code and its digits`;
}

const DEAR_TYPES: ReadonlySet<string> = new Set(["PREMIUM_RATE", "PERSONAL_NUMBER"]);

function isPremium(number: string): boolean {
  const parsed = numberIn(number);
  return DEAR_TYPES.has(parsed?.getType() ?? "") || DEAR_CODES.some((code) => number.startsWith(`+${code}`));
}
