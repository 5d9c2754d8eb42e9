/** The length of a prompt, as far as it is known before the call. */

import type { MapNode, Node } from "../language/node.ts";
import { maskHoles } from "../language/text.ts";

/** Words a second: 150 a minute, as voices speak English. */
const WORDS_A_SECOND = 2.5;
/** Of languages whose words are longer, because they join endings or whole phrases to them. */
const BY_LANGUAGE: Readonly<Record<string, number>> = {
  fi: 1.8,
  hu: 1.9,
  ko: 1.7,
  tr: 1.9,
  // And of those that a segmenter splits into short ones.
  km: 3.5,
  lo: 3.5,
  my: 3.5,
  th: 3.5,
};
/** Characters a second, in scripts that write no spaces and a syllable or more with each character. */
const HAN_A_SECOND = 4.3;
const KANA_A_SECOND = 7;
/** Of a longer number, each digit is read on its own. */
const DIGIT_SECONDS = 0.4;

/**
 * Seconds that a prompt takes, played once; of variants by language, the longest.
 * @param lengthOf the length of an audio file, by its path in the flow; undefined if unknown
 * @param language the language of texts without one of their own
 */
export function speakingTime(
  node: Node,
  lengthOf: (file: string) => number | undefined,
  language: string,
): number {
  if (node.type === "scalar") return secondsOf(node.text, language);
  if (node.type === "list")
    return node.items.reduce((sum, item) => sum + speakingTime(item, lengthOf, language), 0);
  const [pause, play] = [behind(node, "pause"), behind(node, "play")];
  if (pause?.type === "scalar") return Number(pause.value) || 0;
  const words = behind(node, "text");
  if (play) return playingTime(play, lengthOf) || (words ? speakingTime(words, lengthOf, language) : 0);
  const [said, own] = [behind(node, "say"), behind(node, "language")];
  const spoken = own?.type === "scalar" ? own.text : language;
  return said
    ? speakingTime(said, lengthOf, spoken)
    : longest(node, (one, tag) => speakingTime(one, lengthOf, tag));
}

/** Seconds that a recording takes, played once; 0 if its length is unknown. */
export function playingTime(node: Node, lengthOf: (file: string) => number | undefined): number {
  if (node.type === "scalar") return lengthOf(node.text) ?? 0;
  return node.type === "map" ? longest(node, (one) => playingTime(one, lengthOf)) : 0;
}

// The length of an environment variable is unknown.
function longest({ pairs }: MapNode, seconds: (node: Node, language: string) => number): number {
  const variants = pairs.filter(({ key }) => key.text !== "env" && key.text !== "digits");
  return Math.max(0, ...variants.map(({ key, value }) => seconds(value, key.text)));
}

const HAN = /\p{sc=Han}/gu;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/gu;
// Scripts without spaces whose words a segmenter has to find.
const UNSPACED = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const LONG_NUMBER = /\p{Nd}{3,}/gu;

/** The time that the literal text takes, without markup and holes. */
function secondsOf(text: string, language: string): number {
  return secondsOfSpeech(maskHoles(text).replaceAll(/\uE000|<[^>]*>/g, " "), language);
}

/** The time that words take, as a voice speaks this language. */
export function secondsOfSpeech(words: string, language: string): number {
  const rate = BY_LANGUAGE[language.toLowerCase().split("-")[0] ?? ""] ?? WORDS_A_SECOND;
  const han = words.match(HAN)?.length ?? 0;
  const kana = words.match(KANA)?.length ?? 0;
  const digits = words.match(LONG_NUMBER)?.join("").length ?? 0;
  const others = words.replaceAll(HAN, " ").replaceAll(KANA, " ").replaceAll(LONG_NUMBER, " ");
  return (
    han / HAN_A_SECOND + kana / KANA_A_SECOND + digits * DIGIT_SECONDS + wordsIn(others, language) / rate
  );
}

function wordsIn(text: string, language: string): number {
  if (UNSPACED.test(text)) {
    const segments = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
    return [...segments].filter(({ isWordLike }) => isWordLike).length;
  }
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function behind(node: MapNode, key: string): Node | undefined {
  return node.pairs.find((pair) => pair.key.text === key)?.value;
}
