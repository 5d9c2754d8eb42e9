/**
 * Is a value of the right shape? The only file that imports ajv: it validates the projected value, and each of
 * its errors becomes a finding at its place in the file.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { TSchema } from "typebox";
import { type Diagnostic, nearest } from "./diagnostic.ts";
import type { Node, ScalarNode, Span } from "./node.ts";
import { type Mark, type Projected, project } from "./project.ts";

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  validateFormats: false,
});
ajv.addVocabulary(["x-mark", "x-type", "x-says", "x-secret", "x-twilio"]);

const validators = new Map<TSchema, ValidateFunction>();

function validatorOf(schema: TSchema): ValidateFunction {
  let validator = validators.get(schema);
  if (!validator) {
    validator = ajv.compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

/** A value, what it means, and what is wrong with its shape. */
export interface Shaped {
  value: unknown;
  marks: Mark[];
  diagnostics: Diagnostic[];
}

/**
 * Projects and validates a node.
 * @param what names the value in messages: "gather", "the flow"
 * @param key the key that the value stands behind, if it does: shown where the value itself has nothing to show
 */
export function checkShape(
  schema: TSchema,
  node: Node,
  file: string,
  what: string,
  key?: ScalarNode,
): Shaped {
  const projected = project(schema, node);
  const validate = validatorOf(schema);
  if (validate(projected.value)) return { value: projected.value, marks: projected.marks, diagnostics: [] };
  const meant = (validate.errors ?? []).filter((error) => counts(projected, error));
  // What is out of shape is told in any case, if need be in the words of a branch that was not meant.
  const errors = meant.length > 0 ? meant : (validate.errors ?? []).slice(0, 1);
  const diagnostics = errors
    .filter((error) => !isFollowUp(error, errors))
    .map((error) => toDiagnostic(error, key ? { node, key } : { node }, file, what, projected));
  return { value: projected.value, marks: projected.marks, diagnostics };
}

/** Only the errors of the branches that the author meant; an `anyOf` has none of its own. */
function counts({ branches }: Projected, error: ErrorObject): boolean {
  if (error.keyword === "anyOf") return false;
  return branches.every(
    ({ schema, instance, taken }) =>
      !error.schemaPath.startsWith(`${schema}/`) ||
      !isBelow(error.instancePath, instance) ||
      error.schemaPath.startsWith(`${schema}/${taken}/`),
  );
}

/** A value with a key that nobody knows lacks the right one: the first is told, the second follows from it. */
function isFollowUp(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword !== "required") return false;
  const missing = String(param(error, "missingProperty"));
  const isMeant = (other: ErrorObject): boolean =>
    error.schemaPath.includes("/anyOf/") ||
    nearest(String(param(other, "additionalProperty")), [missing]) !== undefined;
  return errors.some(
    (other) =>
      other.keyword === "additionalProperties" && other.instancePath === error.instancePath && isMeant(other),
  );
}

function isBelow(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

interface Found {
  node: Node;
  key?: ScalarNode;
}

/** A place, and the keys that a map may have there. */
interface Place extends Found {
  known: string[];
}

function find(root: Found, pointer: string): Found {
  let found = root;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const { node } = found;
    if (node.type === "list") found = { node: node.items[Number(key)] ?? node };
    else if (node.type === "map") {
      const pair = node.pairs.find((one) => one.key.text === key);
      if (pair) found = { node: pair.value, key: pair.key };
    }
  }
  return found;
}

interface Finding {
  code: string;
  message: string;
  hint?: string;
  span?: Span;
}

type Translate = (error: ErrorObject, found: Place, name: string) => Finding;

function toDiagnostic(
  error: ErrorObject,
  root: Found,
  file: string,
  what: string,
  projected: Projected,
): Diagnostic {
  const branch = projected.branches.find(({ instance }) => instance === error.instancePath);
  const found = { ...find(root, error.instancePath), known: branch?.keys ?? propertiesOf(error) };
  const name = nameOf(found, error, what);
  const finding = (TRANSLATE[error.keyword] ?? otherError)(error, found, name);
  const { span = spanOf(found), message, ...rest } = finding;
  return { severity: "error", file, span, message: message + twilioError(error), ...rest };
}

function twilioError(error: ErrorObject): string {
  const code: unknown = error.parentSchema?.["x-twilio"];
  return typeof code === "number" ? ` (Twilio ${code})` : "";
}

/** How messages call the value: by its key, else by what was validated. */
function nameOf(found: Found, error: ErrorObject, what: string): string {
  if (error.instancePath === "") return what;
  const last = error.instancePath.slice(error.instancePath.lastIndexOf("/") + 1);
  return found.key ? `\`${found.key.text}\`` : /^\d+$/.test(last) ? `item ${Number(last) + 1}` : what;
}

function spanOf({ node, key }: Found): Span {
  return node.span.end > node.span.start ? firstLine(node) : (key?.span ?? node.span);
}

// A whole map is no place to look at: its first key is.
function firstLine(node: Node): Span {
  return node.type === "map" ? (node.pairs[0]?.key.span ?? node.span) : node.span;
}

function param(error: ErrorObject, name: string): unknown {
  const params: Record<string, unknown> = error.params;
  return params[name];
}

function propertiesOf(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.properties;
  return Object.keys(properties ?? {});
}

function otherError(error: ErrorObject, _found: Found, name: string): Finding {
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
    const { known } = found;
    const near = nearest(key, known);
    const pair = found.node.type === "map" ? found.node.pairs.find((one) => one.key.text === key) : undefined;
    const advice = near
      ? `; did you mean \`${near}\`?`
      : known.length > 0
        ? `; it knows ${known.join(", ")}`
        : "";
    // Where names are the author's own, what is wrong with one is its form.
    const isName = error.parentSchema?.patternProperties !== undefined && near === undefined;
    return {
      code: isName ? "wrong-name" : "unknown-key",
      message: isName
        ? `\`${key}\` cannot be a key of ${name}; write ${formOf(error) ?? "another"}`
        : `${name} has no key \`${key}\`${advice}`,
      ...(pair ? { span: pair.key.span } : {}),
    };
  },
  type: (error, found, name) => {
    const type = formOf(error) ?? describe(param(error, "type"));
    return isEmpty(found.node)
      ? { code: "empty-value", message: `${name} has nothing behind it; write ${type} or leave it out` }
      : { code: "wrong-type", message: `${name} must be ${type}` };
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

/** How the schema puts in words what has to stand there. */
function formOf(error: ErrorObject): string | undefined {
  const form: unknown = error.parentSchema?.["x-says"];
  return typeof form === "string" ? form : undefined;
}
