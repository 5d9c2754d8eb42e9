/** Keys of a phone, and when enough of them were pressed. */
import type { Gathering } from "../../leg/moment.ts";

/** The keys as they lie on a phone, with the letters on them. */
export const KEYS: readonly { key: string; letters: string }[] = [
  { key: "1", letters: "" },
  { key: "2", letters: "abc" },
  { key: "3", letters: "def" },
  { key: "4", letters: "ghi" },
  { key: "5", letters: "jkl" },
  { key: "6", letters: "mno" },
  { key: "7", letters: "pqrs" },
  { key: "8", letters: "tuv" },
  { key: "9", letters: "wxyz" },
  { key: "*", letters: "" },
  { key: "0", letters: "+" },
  { key: "#", letters: "" },
];

/** Whether a keyboard's key is one of a phone's. */
export function isKey(key: string): boolean {
  return /^[0-9*#]$/.test(key);
}

/** Whether these keys end a gather: the finishing key, or as many as it wants. */
export function isComplete({ numDigits, finishOnKey }: Gathering, keys: string): boolean {
  if (keys.length >= numDigits) return true;
  return finishOnKey !== "" && keys.includes(finishOnKey);
}
