/** The length of a prompt, as far as it is known before the call. */

import type { MapNode, Node } from "../language/node.ts";
import { maskHoles } from "../language/text.ts";

/** 150 words a minute, as voices speak. */
const WORDS_A_SECOND = 2.5;

/**
 * Seconds that a prompt takes, played once; of variants by language, the longest.
 * @param lengthOf the length of an audio file, by its path in the flow; undefined if unknown
 */
export function speakingTime(node: Node, lengthOf: (file: string) => number | undefined): number {
  if (node.type === "scalar") return wordsIn(node.text) / WORDS_A_SECOND;
  if (node.type === "list") return node.items.reduce((sum, item) => sum + speakingTime(item, lengthOf), 0);
  const [pause, play] = [behind(node, "pause"), behind(node, "play")];
  if (pause?.type === "scalar") return Number(pause.value) || 0;
  if (play) return playingTime(play, lengthOf);
  const said = behind(node, "say");
  return said ? speakingTime(said, lengthOf) : longest(node, (one) => speakingTime(one, lengthOf));
}

function playingTime(node: Node, lengthOf: (file: string) => number | undefined): number {
  if (node.type === "scalar") return lengthOf(node.text) ?? 0;
  return node.type === "map" ? longest(node, (one) => playingTime(one, lengthOf)) : 0;
}

// The length of an environment variable is unknown.
function longest({ pairs }: MapNode, seconds: (node: Node) => number): number {
  const variants = pairs.filter(({ key }) => key.text !== "env" && key.text !== "digits");
  return Math.max(0, ...variants.map(({ value }) => seconds(value)));
}

/** The literal words, without markup and holes. */
function wordsIn(text: string): number {
  const words = maskHoles(text).replaceAll(/\uE000|<[^>]*>/g, " ");
  return words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function behind(node: MapNode, key: string): Node | undefined {
  return node.pairs.find((pair) => pair.key.text === key)?.value;
}
