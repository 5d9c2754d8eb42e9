/**
 * TwiML, rendered once, when a flow is compiled. What varies in a call is put in it between private-use characters, and
 * comes out as a hole of the template.
 */
import type { Part } from "../../program/op.ts";
import { type Element, newElement } from "./element.ts";

const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARK = /(?: ([\w:]+)=")?\uE000(\d+)\uE001("?)/g;

/** The holes of one step while its TwiML is built. */
export class Holes {
  #parts: Part[] = [];

  /** A placeholder for a part until the rendered TwiML is split. */
  mark(part: Part): string {
    this.#parts.push(part);
    return `${OPEN}${this.#parts.length - 1}${CLOSE}`;
  }

  /** Renders what `build` adds to a Response, as a template without the Response around it. */
  fragment(build: (response: Element) => void): Part[] {
    const response = newElement();
    build(response);
    return this.split(response.content());
  }

  /** Splits a rendered text at its marks; an attribute that is one whole hole is left out when empty. */
  split(text: string): Part[] {
    const parts: Part[] = [];
    let from = 0;
    for (const match of text.matchAll(MARK)) {
      const [all, name, index, quote] = match;
      const part = this.#parts[Number(index)] ?? "";
      parts.push(text.slice(from, match.index));
      from = match.index + all.length;
      if (name === undefined) parts.push(part, quote ?? "");
      else if (quote === '"' && typeof part === "object" && "hole" in part && part.as === "xml") {
        parts.push({ attribute: name, from: part.hole });
      } else parts.push(` ${name}="`, part, quote ?? "");
    }
    parts.push(text.slice(from));
    return joined(parts);
  }
}

/** Joins adjacent texts and drops empty ones. */
export function joined(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}
