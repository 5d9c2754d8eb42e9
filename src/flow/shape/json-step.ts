/** A step as JSON Schema has it: one kind and `next`, with sentences for what is wrong with the keys. */
import type { Json } from "./json-definitions.ts";

/**
 * The schema of a step with these keys. Its sentences are in `errorMessage`, which editors show. Validators that do not
 * know it report a missing key, whose name says the same.
 */
export function stepOf(properties: Json): Json {
  const names = Object.keys(properties);
  const kinds = names.filter((name) => name !== "next");
  return {
    type: "object",
    properties,
    propertyNames: knownName(names),
    // Of a step with an unknown key, only the key is reported.
    if: { propertyNames: { enum: names } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      allOf: [oneKind({ required: ["next"], minProperties: 3 }), oneKind(WITHOUT_NEXT), someKind(kinds)],
    },
  };
}

const WITHOUT_NEXT = { propertyNames: { not: { const: "next" } }, minProperties: 2 };

/** How many kinds a sentence names. */
const FIRST = 4;

function someKind(kinds: readonly string[]): Json {
  return lacks(
    { propertyNames: { const: "next" } },
    `a kind, such as ${kinds.slice(0, FIRST).join(", ")}`,
    "needs",
  );
}

function oneKind(tooMany: Json): Json {
  return lacks(tooMany, "exactly one kind", "has");
}

/** Refuses steps of a form: "A step needs a kind." */
function lacks(form: Json, what: string, verb: string): Json {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: form, then: { required: [what], errorMessage: `A step ${verb} ${what}.` } };
}

/** Takes the names, and says for a misspelt one which was meant. */
function knownName(names: readonly string[]): Json {
  const unknown: Json = { enum: names, errorMessage: `Unknown kind of step; kinds are ${names.join(", ")}.` };
  const misspelt = names.reduceRight<Json>((otherwise, name) => {
    const errorMessage = `Unknown kind of step; did you mean \`${name}\`?`;
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    return { if: { pattern: nearTo(name) }, then: { const: name, errorMessage }, else: otherwise };
  }, unknown);
  return { if: { enum: names }, else: misspelt, doNotSuggest: true };
}

/** A pattern for words with one letter more, less, different, or swapped with the next. */
function nearTo(name: string): string {
  const at = (index: number): [string, string] => [name.slice(0, index), name.slice(index)];
  const changed = [...name].flatMap((letter, index) => {
    const [before, after] = at(index);
    const next = after[1];
    return [
      `${before}.?${after.slice(1)}`,
      `${before}.${after}`,
      ...(next === undefined || next === letter ? [] : [`${before}${next}${letter}${after.slice(2)}`]),
    ];
  });
  return `^(${[...new Set([...changed, `${name}.`])].join("|")})$`;
}
