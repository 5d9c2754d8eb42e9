/** Every piece of advice. */
import type { AdviceCode } from "../../model/advice.ts";
import type { Advice } from "./advice.ts";
import { manyOptions } from "./many-options.ts";
import { unmappedKey } from "./unmapped-key.ts";
import { unspokenKey } from "./unspoken-key.ts";

const byCode: Readonly<Record<AdviceCode, Advice>> = {
  "unspoken-key": unspokenKey,
  "unmapped-key": unmappedKey,
  "many-options": manyOptions,
};

/** Every piece of advice, the most useful first. */
export const advice: readonly Advice[] = Object.values(byCode);
