/**
 * TwiML's attributes as step kinds name them: each is a schema, and the schema says how its value is written. What a
 * kind's file lists once is both what authors may write and what the compiled document carries.
 */
import Type, { type TSchema } from "typebox";
import type { Compiler } from "./compiler.ts";
import { isEnv, variantsOf } from "./prompt.ts";
import { OneOf, type Text, Text as TextSchema, Url } from "./schema.ts";

/** Attributes by name, all of them optional. */
export type AttributeSchemas = Readonly<Record<string, TSchema>>;

export const Flag = Type.Optional(Type.Boolean());
export const Plain = Type.Optional(TextSchema);
export const Address = Type.Optional(Url);
/** TwiML: how a callback is asked for. */
export const Method = Type.Optional(OneOf("GET", "POST"));

/** A whole number within bounds, both included. */
export function Number(minimum: number, maximum?: number) {
  return Type.Optional(Type.Integer(maximum === undefined ? { minimum } : { minimum, maximum }));
}

/** One of a few words. */
export function Word<const W extends string[]>(...words: W) {
  return Type.Optional(OneOf(...words));
}

/** Some of a few words: one, or a list. */
export function Words<const W extends string[]>(...words: W) {
  const one = OneOf(...words);
  return Type.Optional(Type.Union([one, Type.Array(one, { minItems: 1 })]));
}

/** A callback's address and method, and the events that ask for it. */
export function statusCallback<const W extends string[]>(...events: W) {
  const some = { statusCallback: Address, statusCallbackMethod: Method };
  return events.length === 0 ? some : { ...some, statusCallbackEvent: Words(...events) };
}

/** TwiML: where a recording's own callbacks go. */
export const recordingCallback = {
  recordingStatusCallback: Address,
  recordingStatusCallbackMethod: Method,
  recordingStatusCallbackEvent: Words("in-progress", "completed", "absent"),
  recordingConfigurationId: Plain,
};

/** The attributes that a body has, as they are written in XML. */
export function attributesFrom(to: Compiler, schemas: AttributeSchemas, body: object): Record<string, string> {
  const written = Object.entries(body).flatMap(([name, value]): [string, string][] => {
    const schema = schemas[name];
    const text = schema && write(to, schema, value);
    return text === undefined ? [] : [[name, text]];
  });
  return Object.fromEntries(written);
}

function write(to: Compiler, schema: TSchema, value: unknown): string | undefined {
  if (Array.isArray(value)) return value.every(isScalar) ? value.join(" ") : undefined;
  if (!isText(value)) return isScalar(value) ? String(value) : undefined;
  return isAddress(schema) ? to.url(value) : to.text(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Whether a value is an author's text, in one language or several. */
export function isText(value: unknown): value is Text {
  if (typeof value === "string" || isEnv(value)) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === "string") && variantsOf({ ...value }) !== undefined;
}

// An address is a union, and its first member carries the mark.
function isAddress(schema: TSchema): boolean {
  const first = "anyOf" in schema && Array.isArray(schema.anyOf) ? schema.anyOf[0] : schema;
  return typeof first === "object" && first !== null && "x-mark" in first && first["x-mark"] === "url";
}
