/** What the keys of a flow say about their texts. */
import type { JsonSchema } from "../language/mark.ts";
import { type Vocabulary, vocabularyOf } from "../language/vocabulary.ts";
import { Settings } from "../model/settings.ts";
import { BUILT_IN, type Kinds } from "../steps/registry.ts";

const collected = new WeakMap<Kinds, Vocabulary>();

/** The vocabulary of the settings and of these kinds of step. Collected once. */
export function vocabularyFor(kinds: Kinds): Vocabulary {
  const known = collected.get(kinds);
  if (known) return known;
  const schemas = kinds.all.map(({ name, schema }): [string, JsonSchema] => [name, schema]);
  const vocabulary = vocabularyOf([Settings, { properties: Object.fromEntries(schemas) }]);
  collected.set(kinds, vocabulary);
  return vocabulary;
}

/** The vocabulary of the settings and of Ringflow's kinds. */
export const flowVocabulary = vocabularyFor(BUILT_IN);
