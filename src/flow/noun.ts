/**
 * TwiML's nouns as data: an element, its attributes and its children. One table gives the schema that authors write to
 * and the XML that comes of it. A noun is written by its own name with a small first letter; a child that may repeat
 * is a list under its name; Parameters, Configs and Headers are maps.
 */
import Type, { type TSchema } from "typebox";
import { type AttributeSchemas, attributesFrom, isText } from "./attributes.ts";
import type { Compiler } from "./compiler.ts";
import { Keys, Text } from "./schema.ts";
import type { Element } from "./twiml.ts";

/** A noun. */
export interface Noun {
  /** TwiML's name: `ConversationRelay`. */
  element: string;
  attributes: AttributeSchemas;
  /** The noun's own text, by the key that it is written under. */
  text?: { key: string; schema: TSchema };
  /** Children of name and value, as maps: `parameter`, `config`. */
  pairs?: readonly string[];
  /** Children that may repeat. */
  children?: readonly Noun[];
}

/** The key that a noun is written under. */
export function keyOf({ element }: Noun): string {
  return element.charAt(0).toLowerCase() + element.slice(1);
}

const Pairs = Type.Record(Type.String({ minLength: 1 }), Text, { minProperties: 1 });

/** What authors write for a noun. */
export function schemaOf(noun: Noun): TSchema {
  const pairs = (noun.pairs ?? []).map((name): [string, TSchema] => [name, Type.Optional(Pairs)]);
  const own: [string, TSchema][] = noun.text ? [[noun.text.key, noun.text.schema]] : [];
  const children = (noun.children ?? []).map((child): [string, TSchema] => [keyOf(child), childSchema(noun, child)]);
  return Keys({ ...noun.attributes, ...Object.fromEntries([...own, ...pairs, ...children]) });
}

// ConversationRelay has an attribute and a child called language: a text is the one, a list the other.
function childSchema(noun: Noun, child: Noun): TSchema {
  const list = Type.Array(schemaOf(child), { minItems: 1 });
  const attribute = noun.attributes[keyOf(child)];
  return Type.Optional(attribute ? Type.Union([attribute, list]) : list);
}

/** Writes a noun into its parent. */
export function addNounTo(to: Compiler, parent: Element, noun: Noun, body: object, extra: Record<string, string> = {}): Element {
  const element = parent.addChild(noun.element, { ...attributesFrom(to, noun.attributes, body), ...extra });
  const values = new Map<string, unknown>(Object.entries(body));
  const own = noun.text && values.get(noun.text.key);
  if (isText(own)) element.addText(to.text(own) ?? "");
  for (const name of noun.pairs ?? []) addPairs(to, element, name, values.get(name));
  for (const child of noun.children ?? []) {
    const list = values.get(keyOf(child));
    for (const one of Array.isArray(list) ? list : []) if (isObject(one)) addNounTo(to, element, child, one);
  }
  return element;
}

function addPairs(to: Compiler, element: Element, name: string, pairs: unknown): void {
  if (!isObject(pairs)) return;
  const tag = name.charAt(0).toUpperCase() + name.slice(1);
  for (const [key, value] of Object.entries(pairs)) {
    if (isText(value)) element.addChild(tag, { name: key, value: to.text(value) ?? "" });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
