/** Whether the schema of a project's own kind is one that Ringflow reads: a part of JSON Schema, and its own marks. */
import { isMap } from "../../program/is-map.ts";

const TYPES = new Set(["string", "integer", "number", "boolean", "null", "array", "object"]);

/** The keywords that validation knows. */
const KEYWORDS =
  /^(type|const|enum|anyOf|pattern|minLength|minimum|maximum|minItems|items|minProperties|required|properties|patternProperties|additionalProperties|title|description|x-.*)$/;

/** What is wrong with a schema, in a phrase after its name; undefined if nothing is. `at` names it: `schema.times`. */
export function schemaProblem(schema: unknown, at = "schema"): string | undefined {
  if (!isMap(schema) || "_zod" in schema || "~standard" in schema)
    return `\`${at}\` is not a schema; build it with what \`ringflow\` exports, such as Keys({ say: Prompt })`;
  const unknown = Object.keys(schema).find((key) => !KEYWORDS.test(key));
  if (unknown !== undefined) return `\`${at}\` has \`${unknown}\`, which Ringflow does not check; remove it`;
  const { type, anyOf } = schema;
  const means = anyOf ?? schema.const ?? schema.enum ?? schema["x-mark"];
  if (type === undefined && means === undefined)
    return `\`${at}\` has no \`type\`, so that everything would fit it`;
  if (type !== undefined && !TYPES.has(String(type)))
    return `\`${at}\` has the type \`${String(type)}\`; it can have ${[...TYPES].join(", ")}`;
  return patternProblem(schema, at) ?? innerProblem(schema, at);
}

function patternProblem({ pattern, patternProperties = {} }: Record<string, unknown>, at: string) {
  const patterns = [pattern ?? "", ...(isMap(patternProperties) ? Object.keys(patternProperties) : [])];
  for (const one of patterns) {
    try {
      new RegExp(String(one), "u");
    } catch {
      return `\`${at}\` has the pattern \`${String(one)}\`, which is not a regular expression`;
    }
  }
  return undefined;
}

function innerProblem(schema: Record<string, unknown>, at: string): string | undefined {
  for (const [key, below] of innerSchemas(schema, at)) {
    const problem = schemaProblem(below, key);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function innerSchemas(schema: Record<string, unknown>, at: string): [at: string, schema: unknown][] {
  const { properties, patternProperties, items, anyOf, additionalProperties } = schema;
  const entries = (map: unknown): [string, unknown][] =>
    isMap(map) ? Object.entries(map).map(([key, below]) => [`${at}.${key}`, below]) : [];
  return [
    ...entries(properties),
    ...entries(patternProperties),
    ...(Array.isArray(anyOf) ? anyOf.map((one: unknown): [string, unknown] => [at, one]) : []),
    ...(items === undefined ? [] : [[`${at}[]`, items] satisfies [string, unknown]]),
    ...(isMap(additionalProperties) ? [[`${at}.*`, additionalProperties] satisfies [string, unknown]] : []),
  ];
}
