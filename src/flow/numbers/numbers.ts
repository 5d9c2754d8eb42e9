/** Checks phone numbers with a phone-number library that knows the numbers of each country. */
import parsePhoneNumber, { isPossiblePhoneNumber } from "libphonenumber-js/max";
import type { Problem } from "../language/diagnostic.ts";
import { DEAR_CODES } from "./premium.ts";

/** The codes of the findings on a number. */
export type NumberCode = "bad-number" | "emergency-number" | "premium-number";

/**
 * Emergency and similar numbers, as dialled in their countries. They are not in E.164 form, and a computer that calls
 * one has no location.
 */
const EMERGENCY = new Set(
  "000 061 062 08 100 101 102 103 104 105 107 108 110 111 112 113 114 115 116 117 118 119 120 122 123 128 129 133 140 143 144 15 150 155 158 17 18 180 190 191 192 193 194 195 197 198 199 911 933 988 990 991 992 993 994 995 997 998 999".split(
    " ",
  ),
);

/** Whether a text is an emergency number, with or without a country code. */
function isEmergency(number: string): boolean {
  const digits = number.replace(/\D/g, "");
  if (!number.startsWith("+")) return EMERGENCY.has(digits);
  if (isPossiblePhoneNumber(number)) return false;
  const codes = [1, 2, 3].map((length) => digits.slice(length));
  return EMERGENCY.has(digits) || codes.some((rest) => rest.length >= 3 && EMERGENCY.has(rest));
}

/**
 * The problem with a number that is to be dialled, if any.
 * @param isNamed whether it is declared under `destinations`, so that premium rates are intended
 */
export function numberProblem(number: string, isNamed: boolean): Problem<NumberCode> | undefined {
  if (isEmergency(number)) {
    const message = `${number} is an emergency number: help is sent to the location of the calling phone, and a flow has none; ask the caller to dial it`;
    return { code: "emergency-number", message };
  }
  const formal = formalProblem(number);
  if (formal) return { code: "bad-number", message: formal };
  if (isNamed || !isPremium(number)) return undefined;
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
  if (isPossiblePhoneNumber(number)) return undefined;
  return `${number} is not a valid phone number; check its country code and its digits`;
}

const DEAR_TYPES: ReadonlySet<string> = new Set(["PREMIUM_RATE", "PERSONAL_NUMBER"]);

function isPremium(number: string): boolean {
  const parsed = parsePhoneNumber(number);
  return DEAR_TYPES.has(parsed?.getType() ?? "") || DEAR_CODES.some((code) => number.startsWith(`+${code}`));
}
