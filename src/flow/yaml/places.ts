/** The one walk over a file's values: each with its context, for every check. */
import type { TextKind } from "../language/mark.ts";
import type { Node, Pair } from "../language/node.ts";
import { BY_LANGUAGE } from "../language/schema.ts";
import type { Vocabulary } from "../language/vocabulary.ts";

/** A value of a file, and its context. */
export interface Place extends Around {
  node: Node;
  /** The index of the first place that is not within this one. */
  end: number;
}

interface Around {
  /** The meaning of its texts, by their key. */
  texts: TextKind | undefined;
  /** Whether the keys below are the author's own. */
  own: "next" | "all" | undefined;
  /** Within brackets or braces. */
  inline: boolean;
  /** An item of a list. */
  isItem: boolean;
}

/** Every value of a file, keys aside, in the order of the file. */
export function placesOf(root: Node, vocabulary: Vocabulary): Place[] {
  const places: Place[] = [];
  add(places, root, { texts: undefined, own: undefined, inline: false, isItem: false }, vocabulary);
  return places;
}

function add(places: Place[], node: Node, around: Around, vocabulary: Vocabulary): void {
  const place = { ...around, node, end: 0 };
  places.push(place);
  if (node.type === "list") {
    for (const item of node.items)
      add(places, item, { ...around, inline: node.inline, isItem: true }, vocabulary);
  } else if (node.type === "map") {
    for (const { key, value } of node.pairs) {
      const behind = behindKey(key.text, around, vocabulary);
      add(places, value, { ...behind, inline: node.inline, isItem: false }, vocabulary);
    }
  }
  place.end = places.length;
}

const isLanguage = new RegExp(BY_LANGUAGE);

function behindKey(
  key: string,
  { texts, own }: Around,
  vocabulary: Vocabulary,
): Pick<Around, "texts" | "own"> {
  if (texts !== undefined && isLanguage.test(key)) return { texts, own };
  if (own !== undefined) return { texts: undefined, own: own === "all" ? own : undefined };
  return { texts: vocabulary.texts.get(key), own: vocabulary.own.get(key) };
}

/** The pairs of a map; empty for any other value. */
export function pairsOf({ node }: Place): readonly Pair[] {
  return node.type === "map" ? node.pairs : [];
}
