/** What callers hear of a prompt in one language, as far as it is written in the flow. */
import type { MapNode, Node, ScalarNode } from "../language/node.ts";
import { BY_LANGUAGE } from "../language/schema.ts";
import type { Step } from "../model/flow.ts";

/** The texts of a prompt in one language. */
export interface Heard {
  texts: ScalarNode[];
  /** Whether nothing else is heard: no recording without its text, and no text from the environment. */
  isWhole: boolean;
}

const NOTHING: Heard = { texts: [], isWhole: true };
const UNKNOWN: Heard = { texts: [], isWhole: false };

/**
 * What is heard of a prompt, or of several.
 * @param language the call's language
 * @param own the flow's own, which serves a text that has no variant in the call's
 */
export function heardIn(node: Node | undefined, language: string, own: string): Heard {
  if (!node) return NOTHING;
  if (node.type === "scalar") return { texts: [node], isWhole: true };
  if (node.type === "list") return together(node.items.map((item) => heardIn(item, language, own)));
  const said = behind(node, "say");
  if (said) return heardIn(said, language, own);
  const played = behind(node, "play");
  if (played) return ofRecording(node, played, language, own);
  if (behind(node, "pause")) return NOTHING;
  return isByLanguage(node) ? heardIn(variant(node, language, own), language, own) : UNKNOWN;
}

/** What is heard of a step's prompts, and of the recording that it plays. */
export function heardAt({ kind, bodyNode, marks }: Step, language: string, own: string): Heard {
  const prompts = marks.filter(({ mark }) => mark === "prompt");
  const heard = prompts.map(({ node }) => heardIn(node, language, own));
  if (kind.plays !== true) return together(heard);
  return bodyNode.type === "map" ? ofRecording(bodyNode, bodyNode, language, own) : UNKNOWN;
}

/** Several prompts as one. */
export function together(all: readonly Heard[]): Heard {
  return { texts: all.flatMap(({ texts }) => texts), isWhole: all.every(({ isWhole }) => isWhole) };
}

/** A recording with its `text` is heard as that; without it, what it says is unknown. Keys are tones. */
function ofRecording(part: MapNode, played: Node, language: string, own: string): Heard {
  if (played.type === "map" && behind(played, "digits")) return NOTHING;
  const text = behind(part, "text");
  return text ? heardIn(text, language, own) : UNKNOWN;
}

const TAG = new RegExp(BY_LANGUAGE);

function isByLanguage({ pairs }: MapNode): boolean {
  return pairs.length > 0 && pairs.every(({ key }) => TAG.test(key.text));
}

/** As a call picks it: the call's language, the flow's own, else the first. */
function variant(node: MapNode, language: string, own: string): Node | undefined {
  return behind(node, language) ?? behind(node, own) ?? node.pairs[0]?.value;
}

function behind(node: MapNode, key: string): Node | undefined {
  return node.pairs.find((pair) => pair.key.text === key)?.value;
}
