/** How prompts are heard. */
import type { Settings } from "../state.ts";
import { Icon } from "./icon.tsx";
import { usePage } from "./use-page.ts";

const RATES: readonly { rate: number; label: string }[] = [
  { rate: 0.75, label: "Slow" },
  { rate: 1, label: "As spoken" },
  { rate: 1.5, label: "Fast" },
  { rate: 2, label: "Twice as fast" },
  { rate: Number.POSITIVE_INFINITY, label: "At once" },
];

/** A row of switches at the foot of the phone. */
export function SoundSettings({
  settings: { isMuted, rate, isPatient, fetchesRecordings },
}: {
  settings: Settings;
}) {
  const page = usePage();
  const set = (settings: Partial<Settings>): void => page.dispatch({ type: "settings", settings });
  return (
    <div class="sound">
      <button type="button" class="small" aria-pressed={isMuted} onClick={() => set({ isMuted: !isMuted })}>
        <Icon name={isMuted ? "muted" : "sound"} />
        Mute
      </button>
      <label>
        <span class="unseen">Pace</span>
        <select
          value={`${rate}`}
          onChange={({ currentTarget }) => set({ rate: Number(currentTarget.value) })}
        >
          {RATES.map((one) => (
            <option key={one.label} value={`${one.rate}`}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <details class="more">
        <summary>More</summary>
        <div class="more-body">
          <Switch
            isOn={isPatient}
            set={(on) => set({ isPatient: on })}
            label="Don't count silence: wait for me"
          />
          <Switch
            isOn={fetchesRecordings}
            set={(on) => set({ fetchesRecordings: on })}
            label="Fetch recorded prompts from other hosts"
          />
        </div>
      </details>
    </div>
  );
}

function Switch({ isOn, set, label }: { isOn: boolean; set: (on: boolean) => void; label: string }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {label}
    </label>
  );
}
