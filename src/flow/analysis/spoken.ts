/** The spoken texts of a flow, each with its voices and languages. */

import type { Mark } from "../language/mark.ts";
import type { MapNode, Node, ScalarNode } from "../language/node.ts";
import { BY_LANGUAGE } from "../language/schema.ts";
import { type Flow, marksOf } from "../model/flow.ts";
import type { Facts } from "./facts.ts";

/** A text that is said. */
export interface SpokenText {
  node: ScalarNode;
  /** The voices that can speak it, each with its language; without a language the account's default applies. */
  said: { voice: ScalarNode | undefined; language: string | undefined }[];
}

/** Every text that a flow's prompts say. */
export function spokenTexts(flow: Flow, facts: Facts): SpokenText[] {
  const voice = behind(flow.root, "voice");
  const isMultilingual = marksOf(flow).some(({ mark }) => mark === "language");
  const named = flow.settings.language === undefined ? [] : [facts.language];
  const languages = isMultilingual ? facts.languages : named;
  return marksOf(flow).flatMap((mark) =>
    mark.mark === "prompt" ? textsOf(mark, voice, languages, facts) : [],
  );
}

function textsOf(
  { node }: Mark,
  flowVoice: Node | undefined,
  languages: readonly string[],
  facts: Facts,
): SpokenText[] {
  const long = node.type === "map" && behind(node, "say") ? node : undefined;
  const voice = (long && behind(long, "voice")) ?? flowVoice;
  const own = long && tagOf(behind(long, "language"));
  return variantsOf((long && behind(long, "say")) ?? node).map(({ tag, node: one }) => {
    const spoken = own ?? tag;
    const all = spoken === undefined ? languages : [spoken];
    const said = all.map((language) => ({ voice: voiceFor(voice, language, facts), language }));
    return {
      node: one,
      said: said.length > 0 ? said : [{ voice: voiceFor(voice, undefined, facts), language: undefined }],
    };
  });
}

const TAG = new RegExp(BY_LANGUAGE);

/** A text's variants; a map with other keys than languages, such as `play` or `env`, has none. */
function variantsOf(node: Node): { tag?: string; node: ScalarNode }[] {
  if (node.type === "scalar") return [{ node }];
  if (node.type !== "map") return [];
  return node.pairs.flatMap(({ key, value }) =>
    value.type === "scalar" && TAG.test(key.text) ? [{ tag: key.text, node: value }] : [],
  );
}

function voiceFor(
  voice: Node | undefined,
  language: string | undefined,
  facts: Facts,
): ScalarNode | undefined {
  if (voice?.type !== "map") return voice?.type === "scalar" ? voice : undefined;
  const one = behind(voice, language ?? facts.language) ?? behind(voice, facts.language);
  return one?.type === "scalar" ? one : undefined;
}

function tagOf(node: Node | undefined): string | undefined {
  return node?.type === "scalar" ? node.text : undefined;
}

function behind(node: MapNode, key: string): Node | undefined {
  return node.pairs.find((pair) => pair.key.text === key)?.value;
}
