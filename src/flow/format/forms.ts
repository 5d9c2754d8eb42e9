/** The forms of a project's files. */
import { CalendarSetting } from "../model/settings.ts";
import { testFileSchema, testVocabulary } from "../scenarios/test-file-schema.ts";
import { flowVocabulary, vocabularyFor } from "../shape/vocabulary.ts";
import type { Kinds } from "../steps/registry.ts";
import type { Form } from "./format.ts";
import { flowOrder } from "./schema-order.ts";

/** The kinds of files that can be formatted. */
export type FormName = "flow" | "test" | "calendar";

/** The form of a kind of file. */
export function formOf(name: FormName, kinds: Kinds): Form {
  if (name === "flow") return { schema: flowOrder(kinds), vocabulary: vocabularyFor(kinds) };
  if (name === "test") return { schema: testFileSchema, vocabulary: testVocabulary };
  return { schema: CalendarSetting, vocabulary: flowVocabulary };
}
