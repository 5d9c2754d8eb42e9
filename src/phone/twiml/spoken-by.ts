/** The words of a `<Say>`, as they are heard. */
import { type Element, wordsOf } from "./element.ts";

/** What a `<Say>` sounds like, in letters: white space single, `<sub>` by its alias, other markup taken out. */
export function spokenBy(element: Element): string {
  return aloud(element).replace(/\s+/g, " ").trim();
}

function aloud(element: Element): string {
  if (element.name === "sub") return element.attributes.alias ?? wordsOf(element);
  let text = "";
  for (const child of element.children) text += typeof child === "string" ? child : aloud(child);
  return element.name === "p" || element.name === "s" ? `${text} ` : text;
}
