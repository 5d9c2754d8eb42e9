/** The writer of elements and attributes. */
import type { Text } from "../language/text-schema.ts";

/** Writes authors' values; their holes are filled when the document is sent. */
export interface Writer {
  /** A text as the value of an attribute or an element. */
  text(text: Text | undefined): string | undefined;
  /** A URL with encoded holes. */
  url(url: Text | undefined): string | undefined;
}
