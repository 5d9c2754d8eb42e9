/** The checker's advice: its codes, and what a project or a flow can set. */
import { Keys, Whole } from "../language/schema.ts";
import { Type } from "../language/type.ts";

/** Every piece of advice, with its threshold if it has one. */
export const ADVICE = {
  "unspoken-key": true,
  "unmapped-key": true,
  "early-keys": true,
  "abrupt-end": true,
  "same-prompt": true,
  "no-person": 3,
  "no-way-out": true,
  "many-options": 5,
  "press-first": true,
  "blaming-words": true,
  "keyless-choices": true,
  "key-gap": true,
  "key-order": true,
  "deep-menu": 3,
  "long-greeting": 8,
  "similar-phrases": true,
  "spoken-unset": true,
  "asked-twice": true,
  "silent-request": 5,
  "silent-record": true,
  "unannounced-recording": true,
  "recorded-secret": true,
  "empty-phrase": true,
  "constant-hours": true,
  unused: true,
} as const;

/** The code of a piece of advice. */
export type AdviceCode = keyof typeof ADVICE;

/** Whether a code is advice. */
export function isAdviceCode(code: string): code is AdviceCode {
  return Object.hasOwn(ADVICE, code);
}

const isOn = Type.Optional(Type.Boolean());
const limit = Type.Optional(Type.Union([Whole(1), Type.Boolean()]));

function settingOf(code: string): typeof isOn | typeof limit {
  return isAdviceCode(code) && typeof ADVICE[code] === "number" ? limit : isOn;
}

/** What a flow or a project sets: a threshold, or whether the advice is given. */
export const AdviceSetting = Keys(
  Object.fromEntries(Object.keys(ADVICE).map((code) => [code, settingOf(code)])),
);
export type AdviceSetting = { readonly [Code in AdviceCode]?: number | boolean };

/** A threshold; 0 for advice without one, and undefined if it is turned off. The first setting that has it counts. */
export function limitOf(code: AdviceCode, settings: readonly AdviceSetting[]): number | undefined {
  const set = settings.map((setting) => setting[code]).find((one) => one !== undefined) ?? true;
  if (set === false) return undefined;
  const usual = ADVICE[code];
  return typeof set === "number" ? set : typeof usual === "number" ? usual : 0;
}

/** Whether a project's setting of a piece of advice is valid. */
export function fitsAdvice(code: AdviceCode, value: unknown): boolean {
  if (typeof value === "boolean") return true;
  return typeof ADVICE[code] === "number" && Number.isInteger(value) && Number(value) >= 1;
}
