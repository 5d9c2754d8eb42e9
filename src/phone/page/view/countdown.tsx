/** A visible countdown of silence. */
import { useTick } from "./use-page.ts";

/** A bar that runs out, and the seconds that are left. */
export function Countdown({
  since,
  seconds,
  isCounted,
  label = "left",
}: {
  since: number;
  seconds: number;
  isCounted: boolean;
  label?: string;
}) {
  const now = useTick(isCounted);
  if (!isCounted) return <span class="countdown">no time limit</span>;
  const left = Math.max(0, seconds - (now - since) / 1000);
  return (
    <span class="countdown">
      {Math.ceil(left)} s {label}
      <span class="bar" style={{ animationDuration: `${seconds}s` }} />
    </span>
  );
}
