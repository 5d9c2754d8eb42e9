/**
 * TwiML's elements as data: an element, its attributes and its children. One table gives the schema for authors, the
 * XML, and the page that documents both. An element is written under its own name with a small first letter; one that
 * can repeat is a list; Parameters, Configs and Headers are maps.
 */
import { isMap } from "../../program/is-map.ts";
import { Keys } from "../language/schema.ts";
import { Text, TextBelow } from "../language/text-schema.ts";
import { type Schema, Type } from "../language/type.ts";
import { type Attributes, attributesFrom, isText } from "./attributes.ts";
import type { Element } from "./element.ts";
import type { Writer } from "./writer.ts";

/** Children of name and value, written as a map. */
export interface Pairs {
  /** The key of the map. */
  key: string;
  element: string;
  /** The element around all of them, if there is one. */
  around?: string;
  /** The limit for the length of a name and its value together, exclusive. */
  below?: number;
}

/** An element of TwiML. */
export interface Noun {
  /** TwiML's name: `ConversationRelay`. */
  element: string;
  /** The attributes that authors can write. */
  attributes: Attributes;
  /** Attributes that the compiler always writes. */
  own?: readonly string[];
  /** An example of the element; `…` marks the place of its attributes. */
  example: string;
  /** The key of the element's own text; `element` is the child that holds it, `url` whether it is a URL. */
  text?: { key: string; schema: Schema; element?: string; url?: true };
  /** The keys that the element needs to be useful. */
  needs?: readonly string[];
  pairs?: readonly Pairs[];
  /** Children that can repeat, each a list under `key`. */
  children?: readonly Noun[];
  /** The key of the element, if it is not its name. */
  key?: string;
}

/** TwiML Parameter, by name. */
export const PARAMETERS: Pairs = { key: "parameter", element: "Parameter" };
/** TwiML Stream: the name and the value of each Parameter have fewer than 500 characters. */
export const SHORT_PARAMETERS: Pairs = { ...PARAMETERS, below: 500 };
/** TwiML Config, by name. */
export const CONFIGS: Pairs = { key: "config", element: "Config" };

/** The key of an element. */
export function keyOf({ key, element }: Noun): string {
  return key ?? element.charAt(0).toLowerCase() + element.slice(1);
}

/** The values of the keys that an element needs. */
export function neededIn({ needs = [] }: Noun, body: object): unknown[] {
  return Object.entries(body).flatMap(([key, value]) => (needs.includes(key) ? [value] : []));
}

/** A map of names and texts. */
export const PairsOf = pairsOf(Text);

function pairsOf<T extends Schema>(value: T) {
  return Type.Record(Type.String({ minLength: 1 }), value, { minProperties: 1 });
}

/** The schema of an element. */
export function schemaOf(noun: Noun): Schema {
  const properties: Record<string, Schema> = { ...noun.attributes };
  if (noun.text) properties[noun.text.key] = noun.text.schema;
  for (const { key, below } of noun.pairs ?? []) {
    properties[key] = Type.Optional(below === undefined ? PairsOf : pairsOf(TextBelow(below)));
  }
  for (const child of noun.children ?? []) {
    const key = keyOf(child);
    properties[key] = orList(properties[key], Type.Array(schemaOf(child), { minItems: 1 }));
  }
  return Keys(properties);
}

// ConversationRelay has both an attribute and a child named language: a text is the attribute, a list the child.
function orList(own: Schema | undefined, list: Schema): Schema {
  return Type.Optional(own ? Type.Union([own, list]) : list);
}

/**
 * Writes an element into its parent.
 * @param own attributes that the compiler adds: they come first
 */
export function addNoun(
  to: Writer,
  parent: Element,
  noun: Noun,
  body: object,
  own: Readonly<Record<string, string>> = {},
): Element {
  const element = parent.addChild(noun.element, { ...own, ...attributesFrom(to, noun.attributes, body) });
  const values = new Map<string, unknown>(Object.entries(body));
  if (noun.text) addText(to, element, noun.text, values.get(noun.text.key));
  for (const pairs of noun.pairs ?? []) addPairs(to, element, pairs, values.get(pairs.key));
  for (const child of noun.children ?? []) {
    const list = values.get(keyOf(child));
    for (const one of Array.isArray(list) ? list : []) if (isMap(one)) addNoun(to, element, child, one);
  }
  return element;
}

function addText(to: Writer, parent: Element, how: NonNullable<Noun["text"]>, value: unknown): void {
  if (!isText(value)) return;
  const holder = how.element === undefined ? parent : parent.addChild(how.element, {});
  holder.addText((how.url ? to.url(value) : to.text(value)) ?? "");
}

/** Writes children of name and value. */
export function addPairs(to: Writer, parent: Element, { element, around }: Pairs, values: unknown): void {
  if (!isMap(values)) return;
  const holder = around === undefined ? parent : parent.addChild(around, {});
  for (const [name, value] of Object.entries(values)) {
    if (isText(value)) holder.addChild(element, { name, value: to.text(value) ?? "" });
  }
}
