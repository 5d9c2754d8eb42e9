/** Turns ajv's errors into findings in plain words. */

import { nearest } from "../language/diagnostic.ts";
import type { Node, Pair, ScalarNode, Span } from "../language/node.ts";
import { meantKey } from "./meant.ts";
import type { ShapeCode } from "./shape-findings.ts";

/** The part of an ajv error that its message needs. */
export interface ShapeError {
  /** The keyword of the schema that fails. */
  keyword: string;
  params: Readonly<Record<string, unknown>>;
  message?: string | undefined;
  /** The schema that contains the keyword. */
  parentSchema?: Readonly<Record<string, unknown>> | undefined;
}

/** A value of a file, and its key. */
export interface Found {
  node: Node;
  key?: ScalarNode;
}

/** A value, and the keys that a map can have in its place. */
export interface Place extends Found {
  known: string[];
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

function twilioError(error: ShapeError): string {
  const code: unknown = error.parentSchema?.["x-twilio"];
  return typeof code === "number" ? ` (Twilio ${code})` : "";
}

/** A parameter of an ajv error: the missing key, the exceeded limit. */
export function param(error: ShapeError, name: string): unknown {
  return error.params[name];
}

function otherError(error: ShapeError, _found: Found, name: string): Finding {
  return { code: "wrong-value", message: `${name} ${error.message ?? "is not right"}` };
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
  required: (error, found, name) => {
    const key = String(param(error, "missingProperty"));
    return {
      code: "missing-key",
      message: `${name} needs \`${key}\``,
      ...(found.key ? { span: found.key.span } : {}),
    };
  },
  additionalProperties: (error, found, name) => {
    const key = String(param(error, "additionalProperty"));
    const known = [...new Set(found.known)];
    const near = meantKey(key, known);
    const other = otherKey(found.node, key);
    const pair = found.node.type === "map" ? found.node.pairs.find((one) => one.key.text === key) : undefined;
    if (found.listed.includes(key) && !known.includes(key)) {
      const message = `${name} with \`${key}\` must be a list: write each entry after a dash`;
      return { code: "unknown-key", message, ...(pair ? { span: pair.key.span } : {}) };
    }
    // A key of another branch of the union.
    if (near === key && other !== undefined) {
      const message = `\`${key}\` and \`${other}\` exclude each other; write one of them`;
      return { code: "unknown-key", message, ...(pair ? { span: pair.key.span } : {}) };
    }
    const belongs = near === undefined && pair ? found.belongs(pair) : undefined;
    const knows = known.length > 0 ? `it knows ${known.join(", ")}` : undefined;
    const advice = near ? `did you mean \`${near}\`?` : (belongs ?? knows);
    // If authors choose the names, an unknown one has the wrong form.
    const isName = error.parentSchema?.patternProperties !== undefined && near === undefined;
    return {
      code: isName ? "wrong-name" : "unknown-key",
      message: isName
        ? `\`${key}\` cannot be a key of ${name}; ${belongs ?? `write ${formOf(error) ?? "another"}`}`
        : `${name} has no key \`${key}\`${advice === undefined ? "" : `; ${advice}`}`,
      ...(pair ? { span: pair.key.span } : {}),
    };
  },
  type: (error, found, name) => {
    const form = formOf(error);
    const isMap = param(error, "type") === "object";
    const type = form === undefined ? describe(param(error, "type")) : isMap ? `a map of ${form}` : form;
    return isEmpty(found.node)
      ? { code: "empty-value", message: `${name} has no value; write ${type}, or remove it` }
      : { code: "wrong-type", message: `${name} must be ${type}${repair(error, found.node)}` };
  },
  enum: (error, found, name) => {
    const allowed = param(error, "allowedValues");
    const words = Array.isArray(allowed) ? allowed.map(String) : [];
    const near = found.node.type === "scalar" ? nearest(found.node.text, words) : undefined;
    const advice = near ? `; did you mean ${near}?` : "";
    return { code: "wrong-value", message: `${name} must be one of ${words.join(", ")}${advice}` };
  },
  pattern: (error, _found, name) => ({
    code: "wrong-value",
    message: `${name} must be ${formOf(error) ?? `of the form ${String(param(error, "pattern"))}`}`,
  }),
  minLength: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be empty` }),
  minItems: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be an empty list` }),
  minProperties: (_error, _found, name) => ({ code: "empty-value", message: `${name} must not be empty` }),
  minimum: (error, _found, name) => ({
    code: "out-of-range",
    message: `${name} must be ${String(param(error, "limit"))} or more`,
  }),
  maximum: (error, _found, name) => ({
    code: "out-of-range",
    message: `${name} must be ${String(param(error, "limit"))} or less`,
  }),
};

/** What to write instead of a scalar or list for a map, or a map for a list. */
function repair(error: ShapeError, node: Node): string {
  const wanted = param(error, "type");
  if (wanted === "array" && node.type === "map" && !node.inline) return ": write a dash before its first key";
  if (wanted === "array" && node.type === "map") return ": put it in brackets";
  if (wanted !== "object") return "";
  if (node.type === "list" && !node.inline) return ": write its keys without dashes";
  const key = node.type === "scalar" ? mainKey(error.parentSchema, node.text) : undefined;
  if (key === undefined || node.type !== "scalar" || node.text.includes("\n") || node.text.length > 60)
    return "";
  const text = node.quoted || /[,:#{}[\]]/.test(node.text) ? JSON.stringify(node.text) : node.text;
  return `: write { ${key}: ${text} }`;
}

/** The key that a lone value was meant for: the first required one, or the first that takes a text. */
function mainKey(schema: ShapeError["parentSchema"], text: string): string | undefined {
  const required: unknown = schema?.required;
  const properties = Object.entries(schema?.properties ?? {});
  const [key, inner] =
    properties.find(([name]) => Array.isArray(required) && name === required[0]) ?? properties[0] ?? [];
  return takesText(inner, text) ? key : undefined;
}

function takesText(schema: unknown, text: string): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  if ("enum" in schema) return Array.isArray(schema.enum) && schema.enum.includes(text);
  if ("type" in schema && schema.type === "string") return true;
  return "anyOf" in schema && Array.isArray(schema.anyOf) && schema.anyOf.some((one) => takesText(one, text));
}

/** The schema's own description of what is allowed. */
function formOf(error: ShapeError): string | undefined {
  const form: unknown = error.parentSchema?.["x-says"];
  return typeof form === "string" ? form : undefined;
}

function otherKey(node: Node, key: string): string | undefined {
  return node.type === "map" ? node.pairs.find((pair) => pair.key.text !== key)?.key.text : undefined;
}
