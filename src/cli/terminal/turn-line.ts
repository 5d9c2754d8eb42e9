/** A line of the Worker's log, for people who are calling. */
import type { LogLine } from "../../worker/log.ts";

/**
 * `front-desk  menu  digits 1 → reception  3 ms`, and what went wrong. Any other line stays as it is, without its
 * stack.
 */
export function turnLine(message: string): string {
  const turn = readTurn(message);
  if (!turn) return message.replace(/^service core:user:\S+ (Uncaught )?/, "").split("\n", 1)[0] ?? "";
  const { flow, step, event, next, ms } = turn;
  const way = next === undefined ? event : `${event} → ${next}`;
  const time = ms === undefined ? undefined : `${ms} ms`;
  return [flow, step, way, time, ...troubles(turn)].filter((part) => part !== undefined).join("  ");
}

function troubles({ degraded, store, host, status, error }: LogLine): (string | undefined)[] {
  const answered = host && `${host}: ${status}`;
  return [degraded && "the variables were lost", store && `store: ${store}`, answered, error];
}

function readTurn(message: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return isTurn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Only a turn's JSON has these three keys.
function isTurn(value: unknown): value is LogLine {
  return (
    typeof value === "object" && value !== null && "call" in value && "flow" in value && "event" in value
  );
}
