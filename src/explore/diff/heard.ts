/** What is heard, sentence by sentence: what one flow says instead of the other. */
import type { Heard } from "../exploration.ts";
import { playedAs } from "./target.ts";

/** Something heard, and who says it. */
interface Sentence {
  text: string;
  voice: string;
}

/** What is heard in one flow, and in the other at the same place; empty if nothing. */
interface Swap {
  was: string;
  now: string;
}

/** What two flows say differently, and the voices that say the same words. */
interface HeardChanges {
  texts: Swap[];
  voices: Swap[];
}

/** Compares what is heard. Where sentences are cut into several `say` does not matter. */
export function compareHeard(was: readonly Heard[], now: readonly Heard[]): HeardChanges {
  const [before, after] = [sentencesOf(was), sentencesOf(now)];
  const texts: Swap[] = [];
  const voices = new Map<string, Swap>();
  let gap: { was: string[]; now: string[] } = { was: [], now: [] };
  const close = (): void => {
    const swap = { was: gap.was.join(" "), now: gap.now.join(" ") };
    if (swap.was !== swap.now) texts.push(swap);
    gap = { was: [], now: [] };
  };
  for (const [one, other] of aligned(before, after)) {
    if (one && other) {
      close();
      if (one.voice !== other.voice)
        voices.set(`${one.voice}\n${other.voice}`, { was: one.voice, now: other.voice });
    } else if (one) gap.was.push(one.text);
    else if (other) gap.now.push(other.text);
  }
  close();
  return { texts, voices: [...voices.values()] };
}

const END_OF_SENTENCE = /(?<=[.!?…。！？؟])\s+/u;

function sentencesOf(heard: readonly Heard[]): Sentence[] {
  return heard.flatMap((one): Sentence[] => {
    if (one.kind === "paused") return [{ text: `[${one.seconds} s of silence]`, voice: "" }];
    if (one.kind === "played") return [{ text: playedAs(one.url), voice: "" }];
    if (one.kind === "began") return [];
    const voice = `${one.voice === "" ? "the usual voice" : one.voice} in ${one.language}`;
    const sentences = one.text.trim().split(END_OF_SENTENCE);
    return sentences.map((text) => ({ text: text.replace(/\s+/g, " "), voice }));
  });
}

type Aligned = readonly [was: Sentence | undefined, now: Sentence | undefined];

/** The longest common row of sentences, with what is between: pairs of the same, or one of them alone. */
function aligned(was: readonly Sentence[], now: readonly Sentence[]): Aligned[] {
  const most = Array.from({ length: was.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number): number => most[i]?.[j] ?? 0;
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = most[i];
      if (row)
        row[j] = was[i]?.text === now[j]?.text ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: Aligned[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < now.length) {
    const [one, other] = [was[i], now[j]];
    if (one && other && one.text === other.text) {
      found.push([one, other]);
      i++;
      j++;
    } else if (one && (!other || at(i + 1, j) >= at(i, j + 1))) {
      found.push([one, undefined]);
      i++;
    } else {
      found.push([undefined, other]);
      j++;
    }
  }
  return found;
}
