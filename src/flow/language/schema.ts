/**
 * The building blocks for the schemas of step kinds. A schema's `x-mark` gives a value its meaning (a prompt's
 * text, an exit, an expression …), so that names, types and exits are checked in one place for every kind.
 */
import type { Json } from "../../program/json.ts";
import type { VariableType } from "../../program/program.ts";
import type { Marked, MarkName } from "./mark.ts";
import { type MapOptions, type MapSchema, type Properties, type Schema, type Static, Type } from "./type.ts";

/** What a schema's values mean, for its options. */
export const marked = (mark: MarkName): Marked => ({ "x-mark": mark });

/** A scalar whose reading depends on its variable's type: as written, and as YAML types it. */
export interface Literal {
  text: string;
  value: Json;
}

/** Whether a marked value is a literal. */
export function isLiteral(value: unknown): value is Literal {
  return typeof value === "object" && value !== null && "text" in value && "value" in value;
}

/** A map with exactly these keys. */
export function Keys<P extends Properties>(properties: P, options: MapOptions = {}): MapSchema<P> {
  return Type.Object(properties, { ...options, additionalProperties: false });
}

/** A text that must match a pattern; `says` completes the sentence "must be …". */
export function Shaped(pattern: string, says: string, extra: Marked = {}): Schema<string> {
  return Type.String({ pattern, "x-says": says, ...extra });
}

/** One of a few words. */
export function OneOf<const W extends string[]>(...words: W): Schema<W[number]> {
  return Type.Unsafe<W[number]>(Type.String({ enum: words }));
}

/** A whole number within bounds, both included. */
export function Whole(minimum: number, maximum?: number): Schema<number> {
  return Type.Integer(maximum === undefined ? { minimum } : { minimum, maximum });
}

/** The title of the schema of `{ env: NAME }`. */
export const CONSTANT = "constant";

const ENV_NAME = "^[A-Z][A-Z0-9_]*$";

/** The name of an environment variable. */
export const EnvName = Shaped(ENV_NAME, "the name of an environment variable, in capitals");

/** A constant from an environment variable. */
export const Env = Keys({ env: EnvName }, { title: CONSTANT });

export type Env = Static<typeof Env>;

const isEnvName = new RegExp(ENV_NAME);

/** Whether a value is a constant from an environment variable; a map can have its own `env`. */
export function isEnv(value: unknown): value is Env {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return false;
  return "env" in value && typeof value.env === "string" && isEnvName.test(value.env);
}

/** A literal constant, or an environment variable. */
export function Constant<T extends Schema>(schema: T) {
  return Type.Union([schema, Env]);
}

/** A language tag. Of three-letter words only `arb` is one: `say` and `env` are keys. */
export const BY_LANGUAGE = "^([a-z]{2}|arb|[a-z]{2,3}(-[A-Za-z0-9]{2,8})+)$";

/** A language tag. */
export const LanguageTag = Shaped(BY_LANGUAGE, "a language tag such as en-US", marked("tag"));

/** A language that the call changes to: a tag, or one whole `{{ }}`. */
export const CallLanguage = Shaped(
  `${BY_LANGUAGE}|^\\{\\{.*\\}\\}$`,
  "a language tag such as es-US",
  marked("language"),
);

/** A bare CEL expression of this CEL type; `text` is anything that can become part of a text. */
export function Expression(celType: string): Schema<string> {
  return Type.String({ ...marked("expression"), title: "expression", minLength: 1, "x-type": celType });
}

/** How variables are named: as CEL's identifiers. */
export const IDENTIFIER = "^[A-Za-z_][A-Za-z0-9_]*$";

/** A variable's name, where a step assigns it; declared with this type if the flow does not declare it. */
export function VariableName(type: VariableType = "string"): Schema<string> {
  return Shaped(IDENTIFIER, "a name of letters, digits and underscores", {
    "x-mark": "variable",
    "x-type": type,
  });
}

/** Captures from an answer: variables by name, each with its path in the answer. */
export const Saved = Type.Record(
  Type.String({ pattern: IDENTIFIER }),
  Type.String({ ...marked("saved"), minLength: 1 }),
  {
    additionalProperties: false,
    minProperties: 1,
    "x-says": "a variable's name of letters, digits and underscores",
  },
);

export type Saved = Static<typeof Saved>;

/** Captures of a step's own results: variables by name, each with the result that it takes. */
export function Results<const R extends string>(types: Readonly<Record<R, VariableType>>) {
  const result = Type.String({ enum: Object.keys(types), ...marked("saved"), "x-results": types });
  return Type.Unsafe<Record<string, R>>(
    Type.Record(Type.String({ pattern: IDENTIFIER }), result, {
      additionalProperties: false,
      minProperties: 1,
      "x-says": "a variable's name of letters, digits and underscores",
    }),
  );
}

/** A JSON value whose texts can hold `{{ }}`; a text that is one whole `{{ }}` keeps its type. */
export const JsonValue = Type.Unsafe<Literal>({ ...marked("json"), title: "JSON", "x-secret": true });

/** A value for a variable of a sub-flow: like JSON, but it does not leave the call. */
export const Argument = Type.Unsafe<Literal>(marked("argument"));

/** A value whose variable's type decides how it is read; a text that is one whole `{{ }}` keeps its type. */
export const Value = Type.Unsafe<Literal>({ ...marked("value"), title: "value" });
