/** Speaks prompts in the browser's own voices, or lets their text appear at a speaking pace. */
import { pace, secondsFor, shownAt } from "../text/words.ts";
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

/** Speaks a text once; `show` is told how much of it was heard, in UTF-16 units. */
export function speak(text: string, manner: Manner, show: (shown: number) => void): Sounding {
  if (manner.rate === Number.POSITIVE_INFINITY) return sounding((end) => atOnce(text, show, end));
  const voice = manner.isMuted ? undefined : voiceFor(allVoices(), manner.language);
  if (voice === undefined) return sounding((end) => atPace(text, manner.rate, show, end));
  return sounding((end) => aloud(text, voice, manner, show, end));
}

/** Whether anything can be heard at all in a language. */
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

/** So much longer than expected may a voice take; some browsers never say that it has ended. */
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
  // Until the voice tells of its words, they appear at a speaking pace: some voices never do.
  const guess = atPace(
    text,
    rate,
    (shown) => !hasTold && show(shown),
    () => undefined,
  );
  let hasTold = false;
  utterance.onboundary = ({ charIndex }) => {
    hasTold = true;
    show(shownAt(text, charIndex));
  };
  utterance.onend = end;
  utterance.onerror = end;
  const longest = secondsFor(text, rate) * PATIENCE.times + PATIENCE.seconds;
  const timer = setTimeout(end, longest * 1000);
  speechSynthesis.speak(utterance);
  return () => {
    clearTimeout(timer);
    guess();
    utterance.onend = utterance.onerror = utterance.onboundary = null;
    speechSynthesis.cancel();
    show(text.length);
  };
}
