/** The part of a Program that only placed calls read. */

import type { Program } from "../../program/program.ts";
import type { Flow } from "../model/flow.ts";
import { minutesIn, type OnUnanswered, type Retry } from "../model/settings.ts";
import { allowed } from "../numbers/allow.ts";
import type { TextProgram } from "./lower-program.ts";

/** The generated step that a call takes if it is not answered. No author's step has such a name. */
export const UNANSWERED = "~unanswered";

/** The part of a Program that only placed calls read. */
export function outboundOf({ settings }: Flow): Partial<TextProgram> {
  const { allow, onMachine, onUnanswered } = settings;
  const plan = typeof onUnanswered === "object" ? onUnanswered.retry : undefined;
  return {
    ...(allow && { allow: allowed(allow) }),
    ...(typeof onMachine === "string" && { onMachine }),
    ...(unansweredStep(onUnanswered) !== undefined && { onUnanswered: UNANSWERED }),
    ...(plan && { retry: retryOf(plan) }),
  };
}

/** The step of an `onUnanswered`, written alone or with a plan. */
export function unansweredStep(setting: OnUnanswered | undefined): string | undefined {
  return typeof setting === "object" ? setting.step : setting;
}

/** A flow's plan in minutes. */
function retryOf({ after, until }: Retry): NonNullable<Program["retry"]> {
  const [hours = 0, minutes = 0] = until?.split(":").map(Number) ?? [];
  return { after: [after].flat().map(minutesIn), ...(until && { until: hours * 60 + minutes }) };
}
