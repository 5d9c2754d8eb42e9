/**
 * Recognizes speech with the browser's own recognizer: on this machine if the browser supports that, otherwise perhaps
 * through its vendor's service. So it listens only on request.
 */

/** The part of `SpeechRecognition` that is used; TypeScript does not declare it. */
interface Recognition extends EventTarget {
  lang: string;
  processLocally?: boolean;
  onresult: ((event: SpeechRecognitionEvent) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
}

interface Recognizer {
  new (): Recognition;
  available?(options: { langs: string[]; processLocally: boolean }): Promise<string>;
}

declare global {
  var SpeechRecognition: Recognizer | undefined;
  var webkitSpeechRecognition: Recognizer | undefined;
}

/** What was understood, with how much confidence, from 0 to 1. */
interface Understood {
  words: string;
  confidence: number;
}

/** Whether the browser can understand speech. */
export function canListen(): boolean {
  return recognizer() !== undefined;
}

/** Listens for one sentence. Undefined if nothing was understood, or listening failed. */
export async function listen(language: string): Promise<Understood | undefined> {
  const Recognizer = recognizer();
  if (!Recognizer) return undefined;
  const recognition = new Recognizer();
  const { promise, resolve } = Promise.withResolvers<Understood | undefined>();
  recognition.lang = language;
  const local = await Recognizer.available?.({ langs: [language], processLocally: true }).catch(() => "");
  if (local === "available") recognition.processLocally = true;
  recognition.onresult = ({ results }) => {
    const best = results[0]?.[0];
    resolve(best && { words: best.transcript.trim(), confidence: best.confidence });
  };
  recognition.onerror = () => resolve(undefined);
  recognition.onend = () => resolve(undefined);
  recognition.start();
  return promise;
}

function recognizer(): Recognizer | undefined {
  return globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
}
