/** Whether a promise is kept. */
import type { Edge } from "../exploration.ts";

/** Kept in every call, broken by the call of `way`, or undecided because not everything could be explored. */
export type Verdict =
  | { is: "kept" }
  | {
      is: "broken";
      way: readonly Edge[];
      /** The step, or the end of the call, at which that call breaks it. */
      at: string;
      /** What is missing at the end of that call; undefined if the call itself is what must not happen. */
      missing?: string;
    }
  | { is: "undecided"; why: string };
