/** The editors' schema agrees with the checker: it takes what is right, and refuses what is misspelt. */
import { readdirSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { calendarSchema, flowSchema } from "../../src/flow/shape/json-schema.ts";
import { plain } from "../../src/flow/shape/project.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { isMap } from "../../src/program/is-map.ts";
import { fixture, read } from "./support.ts";

const validate = new Ajv({ strict: false, allErrors: true }).compile(flowSchema());

function errorsOf(text: string): unknown[] {
  const { root } = readSource({ path: "flows/test.yaml", text });
  validate(root && plain(root));
  return validate.errors ?? [];
}

const shipped = readdirSync(new URL("../../flows/", import.meta.url)).filter(
  (file) => !file.endsWith(".test.yaml"),
);

test.each(shipped)("takes %s", (file) => {
  expect(errorsOf(read(new URL(`../../flows/${file}`, import.meta.url)))).toEqual([]);
});

test.each(kinds.map(({ name, doc }) => [name, doc.example]))("takes the example of %s", (_name, example) => {
  expect(errorsOf(example)).toEqual([]);
});

describe("takes every fixture that is right", () => {
  const files = readdirSync(fixture("."), { recursive: true, encoding: "utf8" });
  test.each(files.filter((file) => /ok-.*\.yaml$/.test(file)))("%s", (file) => {
    expect(errorsOf(read(fixture(file)))).toEqual([]);
  });
});

test.each([
  ["a misspelt setting", "descripton: A flow.\nsteps:\n  bye: { hangup: Goodbye. }\n"],
  ["a misspelt kind", "steps:\n  greet: { sya: Hello., next: hangup }\n"],
  ["two kinds", "steps:\n  greet: { say: Hello., pause: 1, next: hangup }\n"],
  [
    "a misspelt key",
    "steps:\n  menu: { gather: { promt: Press 1., choices: { 1: hangup }, otherwise: hangup } }\n",
  ],
  ["a name that is none", "steps:\n  Front Desk: { hangup: Goodbye. }\n"],
  ["a number out of range", "steps:\n  wait: { pause: 0, next: hangup }\n"],
  ["no steps", "description: A flow.\n"],
])("refuses %s", (_what, text) => {
  expect(errorsOf(text)).not.toEqual([]);
});

/** What an editor shows: the sentences of the schema, and unknown keys. */
function shown(text: string): string[] {
  const { root } = readSource({ path: "flows/test.yaml", text });
  explain(root && plain(root));
  return (explain.errors ?? []).flatMap(({ keyword, parentSchema, params }) => {
    if (keyword === "if" || keyword === "propertyNames") return [];
    return [
      String(parentSchema?.errorMessage ?? parentSchema?.patternErrorMessage ?? JSON.stringify(params)),
    ];
  });
}

const explain = new Ajv({ strict: false, allErrors: true, verbose: true }).compile(flowSchema());

describe("says in an editor", () => {
  test.each([
    [
      "gathr: { prompt: x, choices: { 1: bye }, otherwise: bye }",
      "Unknown kind of step; did you mean `gather`?",
    ],
    ["sya: Hello., next: bye", "Unknown kind of step; did you mean `say`?"],
    ["gahter: x, next: bye", "Unknown kind of step; did you mean `gather`?"],
    ["say: Hello., nxt: bye", "Unknown kind of step; did you mean `next`?"],
    ["say: Hello., pause: 1, next: bye", "A step has exactly one kind."],
    ["say: Hello., pause: 1", "A step has exactly one kind."],
    ["next: bye", "A step needs a kind, such as say, play, pause, gather."],
  ])("of { %s }: %s", (step, sentence) => {
    expect(shown(`steps:\n  a: { ${step} }\n  bye: { hangup: Bye. }\n`)).toEqual([sentence]);
  });

  test("which kinds there are, if none is near", () => {
    const [sentence, ...others] = shown("steps:\n  a: { tell: Hello., next: hangup }\n");
    expect(sentence).toMatch(/^Unknown kind of step; kinds are say, play, .*, next\.$/);
    expect(others).toEqual([]);
  });

  test("what a text must be", () => {
    expect(shown("language: english\nsteps:\n  bye: { hangup: Bye. }\n")).toContain(
      "Must be a language tag such as en-US.",
    );
  });
});

/** The words that an editor offers: each `enum` and `true, false` in any branch. */
function offered(schema: unknown): unknown[] {
  if (!isMap(schema)) return [];
  if (typeof schema.$ref === "string") return offered(definitions[schema.$ref.replace("#/definitions/", "")]);
  const branches = [schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    ...(Array.isArray(schema.enum) ? schema.enum : []),
    ...([schema.type].flat().includes("boolean") ? [true, false] : []),
    ...branches.flatMap(offered),
  ];
}

const written: unknown = JSON.parse(JSON.stringify(flowSchema()));
const { definitions, properties } = partsOf(written);

function partsOf(schema: unknown): Record<"definitions" | "properties", Record<string, unknown>> {
  if (!isMap(schema) || !isMap(schema.definitions) || !isMap(schema.properties)) throw new Error("no parts");
  return { definitions: schema.definitions, properties: schema.properties };
}

describe("offers", () => {
  test.each([
    ["exits", "exit", ["hangup", "repeat", "back", "return"]],
    ["voices", "voice", expect.arrayContaining(["Polly.Joanna-Neural", "Google.en-US-Neural2-A"])],
    ["languages", "language", expect.arrayContaining(["en-US", "arb"])],
    ["time zones", "time-zone", expect.arrayContaining(["UTC", "Europe/Berlin"])],
  ])("%s", (_what, name, words) => {
    expect(offered(definitions[name])).toEqual(words);
  });

  test("the exits of a choice, below `additionalProperties`, where editors look", () => {
    const { steps } = properties;
    const step =
      isMap(steps) && isMap(steps.additionalProperties) ? steps.additionalProperties.properties : {};
    const gather = isMap(step) && isMap(step.gather) ? step.gather.properties : {};
    const choices = JSON.stringify(isMap(gather) ? gather.choices : {});
    expect(choices).toMatch(/"additionalProperties":\{"anyOf":\[\{"\$ref":"#\/definitions\/exit"\}/);
  });

  test("no fixed exit where only a step is allowed", () => {
    expect(offered(properties.start)).toEqual([]);
  });

  test("no words that are not listed above, but the values of settings that have some", () => {
    expect(offered(definitions.text)).toEqual([]);
    expect(offered(definitions["part-of-a-prompt"])).toEqual([]);
  });
});

test("takes voices, languages and zones that it does not offer, and `true` as a text", () => {
  const settings = "voice: Polly.New-Generative\nlanguage: en-ZZ\ntimezone: Mars/Base\n";
  expect(errorsOf(`${settings}steps:\n  bye: { hangup: true }\n`)).toEqual([]);
});

test("titles each key with its name", () => {
  for (const [key, schema] of Object.entries(properties)) expect(schema).toMatchObject({ title: key });
});

test("is short enough for an editor to load at once", () => {
  expect(JSON.stringify(flowSchema()).length).toBeLessThan(150_000);
});

describe("the schema of calendar files", () => {
  const fits = new Ajv({ strict: false }).compile(calendarSchema());
  const read = (text: string): boolean => {
    const { root } = readSource({ path: "flows/calendars/office.yaml", text });
    return fits(root && plain(root));
  };

  test("takes days in all their forms", () => {
    expect(
      read(
        'open: { daily: "08:00-18:00" }\nclosed: [2026-11-26, 12-25, 12-24..01-02, 4th thu nov+1, easter-2]\nspecial: { 12-31: closed }\n',
      ),
    ).toBe(true);
  });

  test.each(["close: [12-25]\n", "closed: [someday]\n", "from: other.yaml\n", "special: { 12-31: shut }\n"])(
    "refuses %j",
    (text) => {
      expect(read(text)).toBe(false);
    },
  );
});
