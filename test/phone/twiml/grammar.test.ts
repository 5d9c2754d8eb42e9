import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { response } from "../../../src/phone/twiml/grammar.ts";
import type { Shape } from "../../../src/phone/twiml/shape.ts";

interface Known {
  shapes: Set<Shape>;
  attributes: Set<string>;
  children: Set<string>;
}

/** Every element of the grammar by name, with its attributes and children in all places where it may stand. */
function elements(): Map<string, Known> {
  const found = new Map<string, Known>();
  const walk = (name: string, shape: Shape) => {
    const known = found.get(name) ?? { shapes: new Set(), attributes: new Set(), children: new Set() };
    if (known.shapes.has(shape)) return;
    found.set(name, known);
    known.shapes.add(shape);
    for (const attribute of Object.keys(shape.attributes)) known.attributes.add(attribute);
    for (const [child, inner] of Object.entries(shape.children ?? {})) {
      known.children.add(child);
      walk(child, inner);
    }
  };
  walk("Response", response);
  return found;
}

/** `SsmlSayAs` is `<say-as>`, `SipUri` is `<Uri>`: the builder's classes and the elements that they write. */
function elementOf(name: string): string {
  if (name === "VoiceResponse") return "Response";
  if (name === "SipUri") return "Uri";
  if (name === "ReferSip") return "Sip";
  if (!name.startsWith("Ssml")) return name;
  return name
    .slice(4)
    .replace(/\B[A-Z]/g, "-$&")
    .toLowerCase();
}

const types = readFileSync("node_modules/twilio/lib/twiml/VoiceResponse.d.ts", "utf8").replace(
  /\/\*[\s\S]*?\*\//g,
  "",
);
const grammar = elements();

describe("the grammar knows what twilio's builder can write", () => {
  const interfaces = [...types.matchAll(/interface (\w+)Attributes \{([\s\S]*?)\n {4}\}/g)];
  const attributes = interfaces.map(([, name = "", body = ""]) => ({
    element: elementOf(name),
    names: [...body.matchAll(/"?([\w:-]+)"?\?:/g)].map(([, attribute = ""]) => attribute),
  }));

  it.each(attributes.map(({ element, names }) => [element, names] as const))(
    "attributes of %s",
    (element, names) => {
      expect([...(grammar.get(element)?.attributes ?? [])]).toEqual(expect.arrayContaining(names));
    },
  );

  const classes = [...types.matchAll(/class (\w+) extends TwiML \{([\s\S]*?)\n {0,4}\}/g)];
  const children = classes.map(([, name = "", body = ""]) => ({
    element: elementOf(name),
    names: [
      ...new Set([...body.matchAll(/\): VoiceResponse\.(\w+);/g)].map(([, child = ""]) => elementOf(child))),
    ],
  }));

  it.each(children.map(({ element, names }) => [element, names] as const))(
    "children of %s",
    (element, names) => {
      expect([...(grammar.get(element)?.children ?? [])]).toEqual(expect.arrayContaining(names));
    },
  );

  it("and this test reads all of it", () => {
    expect(attributes.length).toBeGreaterThan(60);
    expect(children.length).toBeGreaterThan(50);
  });
});
