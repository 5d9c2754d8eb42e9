/** Shows how far a list is: a bar in a terminal, a line for each call elsewhere. */
import { styleText } from "node:util";
import type { Contact } from "./contacts.ts";
import type { Outcome } from "./run.ts";

/** Where a run reports. */
export interface Progress {
  report(contact: Contact, outcome: Outcome): void;
  wait(seconds: number, reason: string): void;
  /** Says that the run ends early. */
  interrupted(): void;
  end(): void;
}

/** Says nothing, for `--json`. */
export const SILENT: Progress = {
  report: () => undefined,
  wait: () => undefined,
  interrupted: () => undefined,
  end: () => undefined,
};

const WIDTH = 24;
/** To the line's start, and empty it. */
const CLEAR = "\r\u001B[2K";

/** Reports the calls of a list with this many people. */
export function progressOn(out: NodeJS.WritableStream, total: number, rate: number): Progress {
  const isTerminal = "isTTY" in out && out.isTTY === true;
  let done = 0;
  const bar = (): string => {
    const full = Math.round((WIDTH * done) / total);
    const drawn = styleText("green", "█".repeat(full), { stream: out }) + "░".repeat(WIDTH - full);
    return `${drawn} ${done} of ${total}, about ${lasting((total - done) / rate)} left`;
  };
  const show = (line?: string): void => {
    if (isTerminal) out.write(`${CLEAR}${line === undefined ? "" : `${line}\n`}${bar()}`);
    else if (line !== undefined) out.write(`${line}\n`);
  };
  show();
  return {
    report: (contact, outcome) => {
      done += 1;
      const line = `line ${contact.line}, ${contact.to}: ${wordsOf(outcome)}`;
      if (!isTerminal) show(`${done} of ${total}: ${line}`);
      else if (outcome.is === "refused" || outcome.is === "unknown")
        show(styleText("red", line, { stream: out }));
      else show();
    },
    wait: (seconds, reason) => show(`${reason} Waiting ${lasting(seconds)}.`),
    interrupted: () => show("Ending after the requests on the way. Ctrl-C again ends at once."),
    end: () => void (isTerminal && out.write("\n")),
  };
}

/** An outcome in words. */
export function wordsOf(outcome: Outcome): string {
  switch (outcome.is) {
    case "placed":
      return `placed, ${outcome.sid}`;
    case "outside":
      return "outside the hours";
    case "refused":
      return `refused: ${outcome.reason}`;
    case "unknown":
      return `perhaps placed: ${outcome.reason}`;
  }
}

/** Seconds in words: `40 s`, `3 min`, `2 h 5 min`. */
export function lasting(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
