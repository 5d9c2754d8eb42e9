/**
 * What a phone sounds like without anybody speaking: keys, ringing, busy, the beep. Source: ITU-T Q.23 for the keys,
 * the North American tone plan for the rest.
 */

/** The two frequencies of a key, in hertz: that of its row, that of its column. */
export function frequenciesOf(key: string): readonly [row: number, column: number] | undefined {
  const place = "123456789*0#".indexOf(key);
  const row = ROWS[Math.floor(place / 3)];
  const column = COLUMNS[place % 3];
  return key.length !== 1 || row === undefined || column === undefined ? undefined : [row, column];
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];

/** The tones of one phone. All are silent if `isMuted` says so, or if the browser does not allow sound yet. */
export interface Tones {
  key(key: string): void;
  beep(): void;
  /** Rings at the other end until it is stopped. */
  ring(): () => void;
  busy(): () => void;
}

/** Tones through the speaker of this machine. */
export function newTones(isMuted: () => boolean): Tones {
  let context: AudioContext | undefined;
  const play = (frequencies: readonly number[], seconds: number, volume: number): void => {
    if (isMuted() || typeof AudioContext === "undefined") return;
    context ??= new AudioContext();
    void context.resume();
    sound(context, frequencies, seconds, volume);
  };
  return {
    key: (key) => play(frequenciesOf(key) ?? [], 0.14, 0.12),
    beep: () => play([1000], 0.4, 0.1),
    ring: () => again(() => play([440, 480], 2, 0.05), 6000),
    busy: () => again(() => play([480, 620], 0.5, 0.05), 1000),
  };
}

function again(play: () => void, milliseconds: number): () => void {
  play();
  const timer = setInterval(play, milliseconds);
  return () => clearInterval(timer);
}

/** A few milliseconds of swelling and fading: sines that are cut click. */
const FADE = 0.008;

function sound(context: AudioContext, frequencies: readonly number[], seconds: number, volume: number): void {
  const begin = context.currentTime;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(volume, begin + FADE);
  gain.gain.setValueAtTime(volume, begin + seconds - FADE);
  gain.gain.linearRampToValueAtTime(0, begin + seconds);
  gain.connect(context.destination);
  for (const frequency of frequencies) {
    const sine = new OscillatorNode(context, { frequency });
    sine.connect(gain);
    sine.start(begin);
    sine.stop(begin + seconds);
  }
}
