/** Renders Liquid texts, to play the original. */
import { Liquid } from "liquidjs";

const liquid = new Liquid();

/** A text with its values; empty if it is not correct Liquid. */
export function render(text: string, scope: object): string {
  if (!/\{[{%]/.test(text)) return text;
  try {
    return String(liquid.parseAndRenderSync(text, scope));
  } catch {
    return "";
  }
}
