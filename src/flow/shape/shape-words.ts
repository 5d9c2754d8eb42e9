/** Turns the errors of a shape into findings in plain words. */

import { nearest } from "../language/diagnostic.ts";
import type { JsonSchema } from "../language/mark.ts";
import type { ListNode, Node, Pair, ScalarNode, Span } from "../language/node.ts";
import type { ShapeError } from "./errors.ts";
import { meantKey } from "./meant.ts";
import type { ShapeCode } from "./shape-findings.ts";

/** A value of a file, and its key. */
export interface Found {
  node: Node;
  key?: ScalarNode;
}

/** A value, and the keys that a map can have in its place. */
export interface Place extends Found {
  known: string[];
  /** The words that can be written in its place. */
  words: string[];
  /** The keys that the entries of a list can have in its place. */
  listed: string[];
  /** Says where an unknown key belongs, if anywhere. */
  belongs(pair: Pair): string | undefined;
}

/** A finding; without a span, at the value itself. */
export interface Finding {
  code: ShapeCode;
  message: string;
  span?: Span;
  /** The word that was probably meant there. */
  meant?: string | undefined;
}

type Translate = (error: ShapeError, found: Place, name: string) => Finding;

/** An error as a finding; `name` is how the message calls the value. */
export function inWords(error: ShapeError, place: Place, name: string): Finding {
  if (isWorkersVariable(place.node)) return mustBeWritten(name);
  const { message, ...finding } = (TRANSLATE[error.keyword] ?? otherError)(error, place, name);
  return { ...finding, message: message + twilioError(error) };
}

function isWorkersVariable(node: Node): boolean {
  const [pair, ...more] = node.type === "map" ? node.pairs : [];
  return pair?.key.text === "env" && pair.value.type === "scalar" && more.length === 0;
}

function mustBeWritten(name: string): Finding {
  const message = `${name} must be known when the flow is compiled, and environment variables are not; write the value out`;
  return { code: "written-out", message };
}

function twilioError({ schema }: ShapeError): string {
  const code = schema["x-twilio"];
  return code === undefined ? "" : ` (Twilio ${code})`;
}

function otherError(_error: ShapeError, _found: Found, name: string): Finding {
  return { code: "wrong-value", message: `${name} is not right` };
}

function describe(type: unknown): string {
  const words: Record<string, string> = {
    string: "a text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    object: "a map of keys and values",
    array: "a list",
  };
  return words[String(type)] ?? String(type);
}

function isEmpty(node: Node): boolean {
  return node.type === "scalar" && !node.quoted && node.text.trim() === "";
}

const TRANSLATE: Record<string, Translate> = {
  required: ({ key = "" }, found, name) => ({
    code: "missing-key",
    message: `${name} needs \`${key}\``,
    ...(found.key ? { span: found.key.span } : {}),
  }),
  additionalProperties: (error, found, name) => {
    const { key = "", schema } = error;
    const known = [...new Set(found.known)];
    const near = meantKey(key, known);
    const other = otherKey(found.node, key);
    const pair = found.node.type === "map" ? found.node.pairs.find((one) => one.key.text === key) : undefined;
    if (found.listed.includes(key) && !known.includes(key)) {
      const message = `${name} with \`${key}\` must be a list: write each entry after a dash`;
      return { code: "unknown-key", message, ...(pair ? { span: pair.key.span } : {}) };
    }
    if (found.words.includes(key)) {
      const message = `\`${key}\` takes no value here; write it alone, once for each time`;
      return { code: "unknown-key", message, ...(pair ? { span: pair.key.span } : {}) };
    }
    // A key of another branch of the union.
    if (near === key && other !== undefined) {
      const isInList = found.key === undefined && error.instance !== "";
      const advice = isInList ? "write each after a dash of its own" : "write one of them";
      const message = `\`${key}\` and \`${other}\` exclude each other; ${advice}`;
      return { code: "unknown-key", message, ...(pair ? { span: pair.key.span } : {}) };
    }
    const belongs = near === undefined && pair ? found.belongs(pair) : undefined;
    const knows = known.length > 0 ? `it knows ${known.join(", ")}` : undefined;
    const advice = near ? `did you mean \`${near}\`?` : (belongs ?? knows);
    // If authors choose the names, an unknown one has the wrong form.
    const isName = schema.patternProperties !== undefined && near === undefined;
    return {
      code: isName ? "wrong-name" : "unknown-key",
      message: isName
        ? `\`${key}\` cannot be a key of ${name}; ${belongs ?? `write ${formOf(error) ?? "another"}`}`
        : `${name} has no key \`${key}\`${advice === undefined ? "" : `; ${advice}`}`,
      meant: near,
      ...(pair ? { span: pair.key.span } : {}),
    };
  },
  type: (error, found, name) => {
    const form = formOf(error);
    const { type: wanted = "" } = error.schema;
    const type = form === undefined ? describe(wanted) : wanted === "object" ? `a map of ${form}` : form;
    return isEmpty(found.node)
      ? { code: "empty-value", message: `${name} has no value; write ${type}, or remove it` }
      : { code: "wrong-type", message: `${name} must be ${type}${repair(error, found.node)}` };
  },
  enum: ({ schema }, found, name) => {
    const words = schema.enum?.map(String) ?? [];
    if (found.node.type === "scalar" && found.known.includes(found.node.text))
      return {
        code: "wrong-value",
        message: `\`${found.node.text}\` needs a value here; write \`${found.node.text}: …\``,
      };
    const near = found.node.type === "scalar" ? nearest(found.node.text, words) : undefined;
    const advice = near ? `; did you mean ${near}?` : "";
    return {
      code: "wrong-value",
      message: `${name} must be one of ${words.join(", ")}${advice}`,
      meant: near,
    };
  },
  const: ({ schema }, _found, name) => ({
    code: "wrong-value",
    message: `${name} must be ${String(schema.const)}`,
  }),
  pattern: (error, _found, name) => ({
    code: "wrong-value",
    message: `${name} must be ${formOf(error) ?? `of the form ${error.schema.pattern}`}`,
  }),
  minLength: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be empty` }),
  minItems: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be an empty list` }),
  minProperties: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be empty` }),
  minimum: ({ schema }, _found, name) => ({
    code: "out-of-range",
    message: `${name} must be ${schema.minimum} or more`,
  }),
  maximum: ({ schema }, _found, name) => ({
    code: "out-of-range",
    message: `${name} must be ${schema.maximum} or less`,
  }),
};

/** What to write instead of a scalar or list for a map, or a map for a list. */
function repair(error: ShapeError, node: Node): string {
  const wanted = error.schema.type;
  if (wanted === "array" && node.type === "map" && !node.inline) return ": write a dash before its first key";
  if (wanted === "array" && node.type === "map") return ": put it in brackets";
  if (wanted !== "object") return "";
  if (node.type === "list" && !node.inline) return ": write its keys without dashes";
  if (node.type === "list" && error.schema.properties === undefined) return asKeys(node);
  const key = node.type === "scalar" ? mainKey(error.schema, node.text) : undefined;
  if (key === undefined || node.type !== "scalar" || node.text.includes("\n") || node.text.length > 60)
    return "";
  const text = node.quoted || /[,:#{}[\]]/.test(node.text) ? JSON.stringify(node.text) : node.text;
  return `: write { ${key}: ${text} }`;
}

/** The items of a list as the keys of a map. */
function asKeys({ items }: ListNode): string {
  const keys = items.flatMap((item) => (item.type === "scalar" ? [`${item.text}: …`] : []));
  return keys.length > 0 && keys.length === items.length ? `: write { ${keys.join(", ")} }` : "";
}

/** The key that a lone value was meant for: the first required one, or the first that takes a text. */
function mainKey({ required, properties }: JsonSchema, text: string): string | undefined {
  const entries = Object.entries(properties ?? {});
  const [key, inner] = entries.find(([name]) => name === required?.[0]) ?? entries[0] ?? [];
  return inner && takesText(inner, text) ? key : undefined;
}

function takesText(schema: JsonSchema, text: string): boolean {
  if (schema.enum) return schema.enum.includes(text);
  return schema.type === "string" || (schema.anyOf?.some((one) => takesText(one, text)) ?? false);
}

/** The schema's own description of what is allowed. */
function formOf({ schema }: ShapeError): string | undefined {
  return schema["x-says"];
}

function otherKey(node: Node, key: string): string | undefined {
  return node.type === "map" ? node.pairs.find((pair) => pair.key.text !== key)?.key.text : undefined;
}
