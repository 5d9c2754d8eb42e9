/** What `ringflow dial --file` is asked for, and what follows from it alone. */
import { setTimeout as timeout } from "node:timers/promises";
import type { Asking } from "../../account/agree.ts";
import type { Body } from "../../account/list/journal.ts";
import type { RunDeps } from "../../account/list/run.ts";
import type { DialOptions } from "./dial.ts";

/** Options of `ringflow dial --file`. */
export interface ListOptions extends Asking, Omit<DialOptions, "key"> {
  file: string;
  flow: string;
  /** Calls a second, at most. */
  rate: number;
  /** Hours at the person called, such as `09:00-20:00`. */
  between?: string;
  /** The time zone of those whose own is not known. */
  zone?: string;
  /** A file of numbers that are not called. */
  except?: string;
  /** The journal's file; next to the list if omitted. */
  journal?: string;
  dryRun?: boolean;
  /** Hands the list over to the Worker's queue. */
  queue?: boolean;
  /** Shows what became of a list that was handed over, and calls nobody. */
  status?: boolean;
  ratePerMinute?: number;
  /** Minutes of a call, for its cost. */
  minutes: number;
  /** Time, for tests. */
  time?: Pick<RunDeps, "now" | "sleep">;
}

/** The journal of a list. */
export const journalOf = ({ file, flow, journal }: ListOptions): string =>
  journal ?? `${file}.${flow}.journal`;

/** The body for a person who is called. */
export function bodyOf({ from, machine, async }: ListOptions): (person: { to: string; set: Body }) => Body {
  return ({ to, set }) => ({
    ...{ to, from, set },
    ...(machine && { machine }),
    ...(async && { async: true }),
  });
}

/** The clock, and how to wait; not any more once the run is to end. */
export function timeOf({ time }: ListOptions, signal: AbortSignal): Pick<RunDeps, "now" | "sleep"> {
  const sleep = (milliseconds: number): Promise<void> =>
    timeout(milliseconds, undefined, { signal }).catch(() => undefined);
  return time ?? { now: Date.now, sleep };
}

/** Ctrl-C ends the run after the requests on the way; a second one ends the process, which loses nothing either. */
export function onInterrupt(say: () => void): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = (): void => {
    say();
    controller.abort();
  };
  process.once("SIGINT", abort);
  return { signal: controller.signal, release: () => void process.off("SIGINT", abort) };
}
