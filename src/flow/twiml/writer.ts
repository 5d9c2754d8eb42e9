/** What elements and attributes are written with: authors' values, as TwiML holds them. */
import type { Text } from "../language/schema.ts";

/** Writes authors' values; their holes are filled when the document is answered with. */
export interface Writer {
  /** A text as the value of an attribute or an element. */
  text(text: Text | undefined): string | undefined;
  /** An address, its holes encoded. */
  url(url: Text | undefined): string | undefined;
}
