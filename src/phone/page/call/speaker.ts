/** Speaks prompts in the browser's own voices, or lets their text appear at a speaking pace. */
import { pace, secondsFor, shownAt } from "../text/words.ts";
import { whileItSounds } from "./mute.ts";
import { type Sounding, sounding } from "./sounding.ts";
import { voiceFor } from "./voices.ts";

/** How it is spoken. */
export interface Manner {
  /** A language tag. */
  language: string;
  /** 1 as people speak; 2 twice as fast; Infinity all at once. */
  rate: number;
  isMuted: boolean;
}

/** Speaks a text once; `show` gets how much of it was heard, in UTF-16 units. */
export function speak(text: string, manner: Manner, show: (shown: number) => void): Sounding {
  if (manner.rate === Number.POSITIVE_INFINITY) return sounding((end) => atOnce(text, show, end));
  const voice = manner.isMuted ? undefined : voiceFor(allVoices(), manner.language);
  if (voice === undefined) return sounding((end) => atPace(text, manner.rate, show, end));
  return sounding((end) => aloud(text, voice, manner, show, end));
}

/** Whether the browser can speak a language. Some browsers load their voices only on request. */
export function canSpeak(language: string): boolean {
  return voiceFor(allVoices(), language) !== undefined;
}

function allVoices(): SpeechSynthesisVoice[] {
  return typeof speechSynthesis === "undefined" ? [] : speechSynthesis.getVoices();
}

type Show = (shown: number) => void;

function atOnce(text: string, show: Show, end: () => void): () => void {
  show(text.length);
  end();
  return () => undefined;
}

function atPace(text: string, rate: number, show: Show, end: () => void): () => void {
  const timers = pace(text, rate).map(({ seconds, shown }) => setTimeout(() => show(shown), seconds * 1000));
  timers.push(setTimeout(end, secondsFor(text, rate) * 1000));
  return () => {
    for (const timer of timers) clearTimeout(timer);
    show(text.length);
  };
}

/** How much longer than expected a voice may take: some browsers never report its end. */
const PATIENCE = { times: 3, seconds: 8 };

function aloud(
  text: string,
  voice: SpeechSynthesisVoice,
  { language, rate }: Manner,
  show: Show,
  end: () => void,
): () => void {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = language;
  utterance.rate = rate;
  // Until the voice reports its words, they appear at a speaking pace: some voices never report.
  let hasBoundary = false;
  const guess = atPace(
    text,
    rate,
    (shown) => !hasBoundary && show(shown),
    () => undefined,
  );
  utterance.onboundary = ({ charIndex }) => {
    hasBoundary = true;
    show(shownAt(text, charIndex));
  };
  utterance.onend = end;
  utterance.onerror = end;
  const expected = secondsFor(text, rate);
  const began = performance.now();
  let timer = setTimeout(end, (expected * PATIENCE.times + PATIENCE.seconds) * 1000);
  const hush = (): void => {
    utterance.onend = utterance.onerror = utterance.onboundary = null;
    speechSynthesis.cancel();
  };
  // Muted half way, the rest appears at a speaking pace.
  const forget = whileItSounds(() => {
    hush();
    hasBoundary = false;
    clearTimeout(timer);
    timer = setTimeout(end, expected * 1000 - (performance.now() - began));
  });
  speechSynthesis.speak(utterance);
  return () => {
    forget();
    clearTimeout(timer);
    hush();
    guess();
    show(text.length);
  };
}
