/**
 * An element of a TwiML document, once it is read and checked.
 */

/** Its attributes and children are those that Twilio knows. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (string | Element)[];
}

/** The elements in an element, without the text between them. */
export function elementsIn(element: Element): Element[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** All text in an element and its nested elements, verbatim. */
export function wordsOf(element: Element): string {
  let words = "";
  for (const child of element.children) words += typeof child === "string" ? child : wordsOf(child);
  return words;
}
