/** Elements are written as Twilio's own builder writes them. */
import fc from "fast-check";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { expect, test } from "vitest";
import { type AttributeValues, type Element, newElement } from "../../src/flow/twiml/element.ts";

/** What is added to an element: a text, or a child with its attributes and content. */
type Content = string | { name: string; attributes: AttributeValues; contents: Content[] };

// What XML gives a meaning, and characters of one to four bytes.
const text = fc.string({ unit: fc.constantFrom(..."&<>\"' \t\n\r;#xA1é…😀\uE000\uE001") });
const attributes = fc.dictionary(
  fc.constantFrom("voice", "loop", "xml:lang", "timeout", "input", "action"),
  fc.oneof(
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(fc.constantFrom("dtmf", "speech")),
    fc.constant(undefined),
  ),
);
const { contents } = fc.letrec<{ contents: Content[]; content: Content }>((tie) => ({
  contents: fc.array(tie("content"), { maxLength: 4 }),
  content: fc.oneof(
    text,
    fc.record({
      name: fc.constantFrom("Say", "Gather", "emphasis", "say-as"),
      attributes,
      contents: tie("contents"),
    }),
  ),
}));

function addAll(parent: Element, contents: readonly Content[]): void {
  for (const one of contents) {
    if (typeof one === "string") parent.addText(one);
    else addAll(parent.addChild(one.name, one.attributes), one.contents);
  }
}

test("any element is written as Twilio's builder writes it", () => {
  fc.assert(
    fc.property(contents, (contents) => {
      const theirs = new VoiceResponse();
      addAll(theirs, contents);
      const root = newElement();
      addAll(root.addChild("Response", {}), contents);
      expect(`<?xml version="1.0" encoding="UTF-8"?>${root.content()}`).toBe(theirs.toString());
    }),
  );
});
