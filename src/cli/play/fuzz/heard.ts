/** What a random call reports while it is played. */

import type { GatherAnswer } from "../../../phone/leg/handset.ts";
import type { Moment } from "../../../phone/leg/moment.ts";
import type { ScriptStep } from "../../../phone/script/scenario.ts";

/** What the call learns from its caller. */
export interface Heard {
  /** @param at whose phone it is at, if not the caller's */
  moment(moment: Moment, at?: string): void;
  /** A line of the script: what the caller, or the other end, does. */
  does(step: ScriptStep): void;
  /** What the caller has entered. */
  entered(answer: GatherAnswer): void;
  /** The caller hangs up now, in the middle of something. */
  hangUp(): void;
}
