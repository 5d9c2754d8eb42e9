/** What the keys of a flow say about their texts. */
import type { TSchema } from "typebox";
import type { JsonSchema } from "../language/mark.ts";
import { vocabularyOf } from "../language/vocabulary.ts";
import { Settings } from "../model/settings.ts";
import { kinds } from "../steps/registry.ts";

const settings: TSchema = Settings;
const step: JsonSchema = { properties: Object.fromEntries(kinds.map(({ name, schema }) => [name, schema])) };

/** The vocabulary of the settings and of every kind of step. */
export const flowVocabulary = vocabularyOf([settings, step]);
