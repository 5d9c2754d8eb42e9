/** Phone numbers as authors write them, held to what a phone-number library knows of each country's. */
import { isPossiblePhoneNumber } from "libphonenumber-js/max";

/** What is wrong with a number, as a finding. */
export interface Problem {
  code: string;
  message: string;
}

/** What is wrong with a number that is to be dialled; undefined where nothing is. */
export function numberProblem(number: string): Problem | undefined {
  const shown = number.replace(/[\s().-]/g, "");
  if (!number.startsWith("+")) {
    const advice = /^\d{10}$/.test(shown) ? `; in the US that is +1${shown}` : "";
    return { code: "bad-number", message: `write ${number} with a plus and its country code${advice}` };
  }
  if (shown !== number)
    return { code: "bad-number", message: `write ${number} without spaces and signs: ${shown}` };
  if (isPossiblePhoneNumber(number)) return undefined;
  return {
    code: "bad-number",
    message: `${number} cannot be a phone number: check its country code and its digits`,
  };
}
