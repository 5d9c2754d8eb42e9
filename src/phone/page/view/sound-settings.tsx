/** How prompts are heard. */
import { useEffect, useState } from "preact/hooks";
import { canSpeak } from "../call/speaker.ts";
import type { Settings } from "../state.ts";
import { Icon } from "./icon.tsx";
import { usePage } from "./use-page.ts";

const RATES: readonly { rate: number; label: string }[] = [
  { rate: 0.75, label: "Slow" },
  { rate: 1, label: "Normal" },
  { rate: 1.5, label: "Fast" },
  { rate: 2, label: "Twice as fast" },
  { rate: Number.POSITIVE_INFINITY, label: "Instant" },
];

/** A row of switches at the foot of the phone. */
export function SoundSettings({ settings, language }: { settings: Settings; language: string }) {
  const { isMuted, rate, isPatient, fetchesRecordings } = settings;
  const { set } = usePage();
  const hasVoice = useVoice(language);
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
            label="Wait for me: silence never times out"
          />
          <Switch
            isOn={fetchesRecordings}
            set={(on) => set({ fetchesRecordings: on })}
            label="Fetch recorded prompts from other hosts"
          />
        </div>
      </details>
      {!hasVoice && (
        <p class="no-voice">This browser has no voice for {language}; prompts are shown as text.</p>
      )}
    </div>
  );
}

/** Whether the browser has a voice for a language, now and whenever its voices change. */
function useVoice(language: string): boolean {
  const [has, setHas] = useState(() => canSpeak(language));
  useEffect(() => {
    const look = (): void => setHas(canSpeak(language));
    look();
    if (typeof speechSynthesis === "undefined") return;
    speechSynthesis.addEventListener("voiceschanged", look);
    return () => speechSynthesis.removeEventListener("voiceschanged", look);
  }, [language]);
  return has;
}

function Switch({ isOn, set, label }: { isOn: boolean; set: (on: boolean) => void; label: string }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {label}
    </label>
  );
}
