/** Phone numbers as the library reads them, with all that it knows of every country. */
import parsePhoneNumber, { type PhoneNumber } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/max/metadata";

// The entry `libphonenumber-js/max` does the same, and wraps each function of the library in a module.

/** The number in a text that begins with a plus; undefined if it is not like one of any country. */
export function numberIn(text: string): PhoneNumber | undefined {
  return parsePhoneNumber(text, metadata);
}

/** The number that a text is as a whole. */
export function wholeNumber(text: string): PhoneNumber | undefined {
  return parsePhoneNumber(text, { extract: false }, metadata);
}
