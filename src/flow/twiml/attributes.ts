/**
 * TwiML's attributes as schemas. One table per kind or noun defines what authors can write, what is checked, and what
 * the compiled document carries.
 */
import { Constant, Env, isEnv } from "../language/schema.ts";
import { wholeHole } from "../language/text.ts";
import { Text, Url } from "../language/text-schema.ts";
import { type Schema, Type } from "../language/type.ts";
import { variantsOf } from "./marked-text.ts";
import type { Writer } from "./writer.ts";

/** Attributes by name, all of them optional. */
export type Attributes = Readonly<Record<string, Schema>>;

// Twilio's error number for an invalid value, which the finding shows.
const error = (code?: number): { "x-twilio"?: number } => (code === undefined ? {} : { "x-twilio": code });

/** An optional attribute: a literal value, or an environment variable. */
function settable<T extends Schema>(schema: T) {
  return Type.Optional(Constant(schema));
}

/** `true` or `false`; `code` is Twilio's error number for anything else. */
export function flag(code?: number) {
  return settable(Type.Boolean(error(code)));
}

/** `true` or `false` that must be known when compiling, so not an environment variable. */
export function fixedFlag(code?: number) {
  return Type.Optional(Type.Boolean(error(code)));
}

/** A whole number within bounds, both included. */
export function whole(minimum: number, maximum?: number, code?: number) {
  return settable(Type.Integer({ minimum, ...(maximum !== undefined && { maximum }), ...error(code) }));
}

function oneOf<W extends string>(words: readonly W[], code?: number) {
  return Type.Unsafe<W>(Type.String({ enum: [...words], ...error(code) }));
}

/** One of a few words. */
export function word<const W extends string>(words: readonly W[], code?: number) {
  return settable(oneOf(words, code));
}

/** One of a few words that must be known when compiling, so not an environment variable. */
export function fixedWord<const W extends string>(words: readonly W[], code?: number) {
  return Type.Optional(oneOf(words, code));
}

/** Some of a few words: one, or a list. */
export function words<const W extends string>(known: readonly W[], code?: number) {
  const one = oneOf(known, code);
  return Type.Optional(Type.Union([one, Type.Array(one, { minItems: 1 }), Env]));
}

/** A text that must match a pattern; `says` completes the sentence "must be …". */
export function shaped(pattern: string, says: string, code?: number) {
  return settable(Type.String({ pattern, "x-says": says, ...error(code) }));
}

/** One whole `{{ }}`. */
const HOLE = "^\\{\\{.*\\}\\}$";

function computedAs(pattern: string, extra: { "x-says"?: string; "x-twilio"?: number }) {
  return Type.String({ pattern: HOLE, "x-mark": "text", "x-computed": pattern, ...extra });
}

/** As `shaped`, or one whole `{{ }}`: a computed value that does not match leaves the attribute out. */
export function shapedInCall(pattern: string, says: string, code?: number) {
  const written = Type.String({ pattern, "x-says": says, ...error(code) });
  return Type.Optional(Type.Union([written, computedAs(pattern, { "x-says": says, ...error(code) }), Env]));
}

/** As `whole`, or one whole `{{ }}`: a computed value out of bounds leaves the attribute out. */
export function wholeInCall(minimum: number, maximum: number) {
  const written = Type.Integer({ minimum, maximum });
  const digits = `^[0-9]{1,${String(maximum).length - 1}}$|^${maximum}$`;
  return Type.Optional(Type.Union([written, computedAs(digits, {}), Env]));
}

/** Any text; it can hold `{{ }}` and differ by language. */
export const text = Type.Optional(Text);

/** Texts in one attribute: one, or a list, which Twilio reads with commas. */
export const texts = Type.Optional(
  Type.Union([Text, Type.Array(Type.String({ "x-mark": "text" }), { minItems: 1 })], { "x-joined": ", " }),
);

/** A text that must match a pattern unless it holds `{{ }}`. Not optional on its own. */
export function Formed(pattern: string, says: string, code?: number) {
  const written = `^(?:${pattern})$|\\{\\{`;
  return Constant(Type.String({ pattern: written, "x-says": says, "x-mark": "text", ...error(code) }));
}

/** A text of a certain form, unless it holds `{{ }}`. */
export function formed(pattern: string, says: string, code?: number) {
  return Type.Optional(Formed(pattern, says, code));
}

/** A text of so many characters at most. */
export function upTo(characters: number, code?: number) {
  return formed(`[^]{0,${characters}}`, `a text of up to ${characters} characters`, code);
}
/** A URL; it can hold `{{ }}` in its path and query. */
export const url = Type.Optional(Url);

// Ignore `?` and spaces inside holes; they never reach the URL.
const WEBSOCKET = "^wss://(\\{\\{.*?\\}\\}|[^\\s?{])+$";
const SAYS_WEBSOCKET =
  "a URL that begins with wss:// (Twilio 31922) and has no query (Twilio 31920): pass values as `parameter`";

/** TwiML Stream, ConversationRelay: where a websocket is opened. Not optional on its own. */
export const Websocket = Constant(
  Type.String({ pattern: WEBSOCKET, "x-says": SAYS_WEBSOCKET, "x-mark": "url" }),
);

/** The method of a callback; `code` is Twilio's error number for any other method. */
export function method(code?: number) {
  return word(["GET", "POST"], code);
}

/** A callback's URL and method. */
export const statusCallback = { statusCallback: url, statusCallbackMethod: method() };

/** A callback's URL and method, and the events that trigger it. */
export function statusCallbackFor<const W extends string>(events: readonly W[]) {
  return { ...statusCallback, statusCallbackEvent: words(events) };
}

/** Where the callbacks of a recording go, as Record, Dial, Conference, Conversation and Recording have them. */
export const recordingCallback = {
  recordingStatusCallback: url,
  recordingStatusCallbackMethod: method(),
  recordingStatusCallbackEvent: words(["in-progress", "completed", "absent"], 13621),
};

/** Whether silence at a recording's ends is cut off. */
export const trim = word(["trim-silence", "do-not-trim"]);

/** The attributes of a body as XML attributes, in the order of the table. */
export function attributesFrom(to: Writer, schemas: Attributes, body: object): Record<string, string> {
  const values = new Map<string, unknown>(Object.entries(body));
  const written = Object.entries(schemas).flatMap(([name, schema]): [string, string][] => {
    const value = write(to, schema, values.get(name));
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(written);
}

function write(to: Writer, schema: Schema, value: unknown): string | undefined {
  if (Array.isArray(value)) return value.every(isScalar) ? joined(to, schema, value) : undefined;
  if (!isText(value)) return isScalar(value) ? String(value) : undefined;
  return isAddress(schema) ? to.url(value) : to.text(checkedInCall(schema, value));
}

function joined(
  to: Writer,
  schema: Schema,
  values: readonly (string | number | boolean)[],
): string | undefined {
  const between = schema["x-joined"];
  return between === undefined ? values.join(" ") : to.text(values.join(between));
}

/** A computed value with the check that the call makes of it. */
function checkedInCall(schema: Schema, value: Text): Text {
  const expr = typeof value === "string" ? wholeHole(value)?.expr : undefined;
  const pattern = expr === undefined ? undefined : computedPattern(schema);
  if (pattern === undefined) return value;
  return `{{ string(${expr}).matches(${JSON.stringify(pattern)}) ? string(${expr}) : "" }}`;
}

function computedPattern(schema: Schema): string | undefined {
  return schema.anyOf?.find((one) => one["x-computed"] !== undefined)?.["x-computed"];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Whether a value is an author's text, in one language or several. */
export function isText(value: unknown): value is Text {
  if (typeof value === "string" || isEnv(value)) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return (
    Object.values(value).every((one) => typeof one === "string") && variantsOf({ ...value }) !== undefined
  );
}

// A URL is a union, and its first member carries the mark.
function isAddress(schema: Schema): boolean {
  const { "x-mark": mark } = schema.anyOf?.[0] ?? schema;
  return mark === "url";
}
