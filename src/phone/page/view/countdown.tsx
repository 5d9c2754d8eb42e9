/** Silence, counted where everybody can see it. */
import { useTick } from "./use-page.ts";

/** A bar that runs out, and the seconds that are left. */
export function Countdown({
  since,
  seconds,
  isCounted,
  label = "until silence",
}: {
  since: number;
  seconds: number;
  isCounted: boolean;
  label?: string;
}) {
  const now = useTick(isCounted);
  if (!isCounted) return <p class="countdown is-still">The clock waits for you.</p>;
  const left = Math.max(0, seconds - (now - since) / 1000);
  return (
    <div class="countdown">
      <div class="bar" style={{ animationDuration: `${seconds}s` }} />
      <span>
        {Math.ceil(left)} s {label}
      </span>
    </div>
  );
}
