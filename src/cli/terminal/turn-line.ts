/** A line of the Worker's log as people read it while they call. */
import type { LogLine } from "../../worker/log.ts";

/**
 * `front-desk  menu  digits 1 → reception  3 ms`, and what went wrong. A line that is no turn's stays as it is,
 * without its stack.
 */
export function turnLine(message: string): string {
  const turn = readTurn(message);
  if (!turn) return message.replace(/^service core:user:\S+ (Uncaught )?/, "").split("\n", 1)[0] ?? "";
  const { flow, step, event, next, ms } = turn;
  const way = next === undefined ? event : `${event} → ${next}`;
  const time = ms === undefined ? undefined : `${ms} ms`;
  return [flow, step, way, time, ...troubles(turn)].filter((part) => part !== undefined).join("  ");
}

function troubles({ degraded, store, error }: LogLine): (string | undefined)[] {
  return [degraded && "the variables were lost", store && `store: ${store}`, error];
}

function readTurn(message: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return isTurn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Nothing else that the Worker logs as JSON has these three.
function isTurn(value: unknown): value is LogLine {
  return (
    typeof value === "object" && value !== null && "call" in value && "flow" in value && "event" in value
  );
}
