/** Random typed expressions as texts, and random worlds to evaluate them in. */
import fc, { type Arbitrary } from "fast-check";
import { FIELDS } from "../../src/flow/analysis/environment.ts";
import type { Sight } from "../../src/program/evaluate.ts";
import { type Clock, toCel, typedToCel } from "../../src/program/expression.ts";
import type { Json } from "../../src/program/json.ts";
import type { Variable } from "../../src/program/program.ts";

/** The variables of every world. */
export const VARIABLES = {
  tries: { type: "int" },
  rate: { type: "number" },
  name: { type: "string" },
  vip: { type: "bool" },
  names: { type: "list" },
  record: { type: "map" },
  message: { type: "recording" },
} as const satisfies Record<string, Pick<Variable, "type">>;

/** Monday, noon in New York. */
export const CLOCK: Clock = {
  now: Date.parse("2026-11-23T12:00:00-05:00"),
  timezone: "America/New_York",
  language: "en-US",
  hours: {
    office: {
      timezone: "America/New_York",
      open: Array.from({ length: 7 }, () => [{ from: 480, to: 1080 }]),
      closed: ["11-23"],
      special: { "11-23": [{ from: 720, to: 780 }] },
    },
    shop: { timezone: "America/New_York", open: [], closed: ["11-23"], special: {} },
  },
  random: (n) => n - 1,
};

/** What expressions see, root by root, as CEL's values. */
export type World = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const BLANK = { string: "", bool: false, double: 0, int: 0n, "list<Attachment>": [] };
const EMPTY: Readonly<Record<string, Json>> = {
  tries: 0,
  rate: 0,
  name: "",
  vip: false,
  names: [],
  record: {},
  message: { url: "", seconds: 0, transcript: "" },
};

/** A world with these variables; everything else is empty. */
export function worldOf(values: Readonly<Record<string, Json>> = {}): World {
  const vars = Object.entries(VARIABLES).map(([name, { type }]) => [
    name,
    typedToCel(type, values[name] ?? EMPTY[name] ?? ""),
  ]);
  const blank = Object.entries(FIELDS).map(([root, fields]) => [
    root,
    Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, BLANK[type]])),
  ]);
  return { ...Object.fromEntries(blank), secrets: { KEY: "s3cret" }, vars: Object.fromEntries(vars) };
}

/** A world as the engine shows it. */
export function sightOf(world: World): Sight {
  return (root, field) => (field === undefined ? world[root] : world[root]?.[field]);
}

const WORDS = ["", "a", "b", "Ada", "a,b", " a ", "12", "-7", "1.5", "true", "é🎉x", "key"];
const KEYS = ["a", "b", "key"];
const text = fc.constantFrom(...WORDS);
const whole = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.integer(),
  fc.constantFrom(2 ** 53 - 1, -(2 ** 53 - 1)),
);
const decimal = fc.oneof(
  fc.constantFrom(0, 0.5, -1.5, 2, 1e21, 3.25),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof(text, whole, decimal, fc.boolean(), fc.constant(null)),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("json"), { maxKeys: 3 }),
  ),
}));

/** Random worlds. */
export const worlds: Arbitrary<World> = fc
  .record({
    tries: whole,
    rate: decimal,
    name: text,
    vip: fc.boolean(),
    names: fc.oneof(
      fc.array(json, { maxLength: 4 }),
      fc.array(text, { maxLength: 4 }),
      fc.array(whole, { maxLength: 4 }),
    ),
    record: fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 3 }),
    message: fc.record({ url: text, seconds: fc.nat(90), transcript: text }),
  })
  .chain((vars) =>
    fc.record({ digits: text, number: text, size: fc.nat(9) }).map(({ digits, number, size }) => {
      const world = worldOf(vars);
      return {
        ...world,
        input: { ...world.input, digits },
        caller: { ...world.caller, number },
        queue: { ...world.queue, size: toCel(size) },
      };
    }),
  );

type Types = Record<"string" | "int" | "double" | "bool" | "list" | "map" | "dyn", string>;

const quoted = text.map((word) => JSON.stringify(word));
const numeral = fc.oneof(
  fc.integer({ min: -4, max: 12 }).map(String),
  fc.constantFrom("9223372036854775807", "-9223372036854775808", "9007199254740993"),
);

/** Fills a pattern such as `# + #` with expressions of these types. */
function shaped(pattern: string, ...parts: Arbitrary<string>[]): Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => {
    let at = 0;
    return pattern.replace(/#/g, () => texts[at++] ?? "");
  });
}

/** Random expressions of each type, by the signatures that the checker has; some of them do not pass it. */
export const expressions = fc.letrec<Types>((tie) => {
  const s = tie("string");
  const i = tie("int");
  const d = tie("double");
  const b = tie("bool");
  const l = tie("list");
  const m = tie("map");
  const any = tie("dyn");
  const n = fc.oneof(i, d, any);
  const scalar = fc.oneof(s, i, d, b, any);
  const value = fc.oneof(scalar, l, m);
  const collection = fc.oneof(l, m, any);
  const sign = fc.constantFrom("+", "-", "*", "/");
  const comparison = fc.constantFrom("<", "<=", ">", ">=", "==", "!=");
  const choice = (one: Arbitrary<string>): Arbitrary<string> => shaped("(# ? # : #)", b, one, one);
  const of = (leaves: Arbitrary<string>, ...rest: Arbitrary<string>[]): Arbitrary<string> =>
    fc.oneof({ maxDepth: 3, depthIdentifier: "expression" }, { arbitrary: leaves, weight: 2 }, ...rest);
  const local = fc.constantFrom("x", "y");
  const macro = (name: string, of: Arbitrary<string>): Arbitrary<string> =>
    fc.tuple(local, collection, of).map(([x, items, body]) => `${items}.${name}(${x}, ${body})`);
  return {
    string: of(
      fc.oneof(
        quoted,
        fc.constantFrom("vars.name", "caller.number", "input.digits", "vars.message.url", "secrets.KEY"),
      ),
      shaped("(# + #)", s, scalar),
      shaped("(# + #)", scalar, s),
      shaped("string(#)", scalar),
      shaped("#.substring(#)", s, i),
      shaped("#.substring(#, #)", s, i, i),
      shaped("#.#()", s, fc.constantFrom("lowerAscii", "upperAscii", "trim")),
      shaped("#(#)", fc.constantFrom("lower", "trim", "spell", "digits", "reveal"), s),
      shaped("digits(#)", i),
      shaped("replace(#, #, #)", s, s, s),
      shaped("#.join(#)", fc.oneof(l, shaped("#.split(#)", s, s)), s),
      shaped("#.join()", l),
      fc.constant("now('UTC').date"),
      choice(s),
    ),
    int: of(
      fc.oneof(numeral, fc.constantFrom("vars.tries", "queue.size", "vars.message.seconds")),
      shaped("(# # #)", fc.oneof(i, any), fc.oneof(sign, fc.constant("%")), i),
      shaped("-#", fc.constantFrom("vars.tries", "queue.size")),
      shaped("size(#)", fc.oneof(s, collection)),
      shaped("#.size()", fc.oneof(s, collection)),
      shaped("int(#)", fc.oneof(s, n)),
      shaped("#.#(#)", s, fc.constantFrom("indexOf", "lastIndexOf"), s),
      shaped("#.#(#, #)", s, fc.constantFrom("indexOf", "lastIndexOf"), s, i),
      shaped("number(#, #)", s, numeral),
      shaped("random(#)", i),
      fc.constantFrom("now('America/New_York').hour", "now('UTC')['day']"),
      choice(i),
    ),
    double: of(
      fc.constantFrom("0.0", "1.5", "-2.25", "1e300", "3.0", "vars.rate", "input.confidence"),
      shaped("(# # #)", n, sign, d),
      shaped("(# # #)", d, sign, n),
      shaped("-(#)", d),
      shaped("double(#)", fc.oneof(s, n)),
      shaped("number(#, #)", s, fc.constantFrom("0.0", "2.0", "-1.5")),
      choice(d),
    ),
    bool: of(
      fc.constantFrom("true", "false", "vars.vip", "isOpen('office')", "holiday('shop')", "isOpen('none')"),
      shaped("(# # #)", n, comparison, n),
      shaped("(# # #)", s, comparison, fc.oneof(s, any)),
      shaped("(# # #)", b, comparison, b),
      shaped("(# # #)", fc.oneof(l, any), fc.constantFrom("==", "!="), fc.oneof(l, any)),
      shaped("(# # #)", fc.oneof(m, any), fc.constantFrom("==", "!="), fc.oneof(m, any)),
      shaped("(# == #)", fc.oneof(value, fc.constant("null")), fc.oneof(value, fc.constant("null"))),
      shaped("(# in #)", value, collection),
      shaped("(# # #)", fc.oneof(b, any), fc.constantFrom("&&", "||"), fc.oneof(b, any)),
      shaped("!#", b),
      shaped("#.#(#)", s, fc.constantFrom("contains", "startsWith", "endsWith"), s),
      shaped("#.matches(#)", s, fc.constantFrom("'^[a-z]+$'", "'a|b'", "'[0-9]{2}'")),
      shaped("bool(#)", fc.oneof(b, s)),
      shaped(
        "has(#.#)",
        fc.constantFrom("vars.record", "vars.record.a", "vars.record.b.key", "vars.message"),
        fc.constantFrom(...KEYS, "url"),
      ),
      ...["all", "exists", "exists_one"].map((name) => macro(name, b)),
      choice(b),
    ),
    list: of(
      fc.oneof(
        fc.constantFrom("[]", "vars.names", "[1, 2, 3]", "['a', 'b']", "[1, 'a', 2.0]"),
        shaped("[#, #]", value, value),
      ),
      shaped("(# + #)", l, l),
      shaped("#.split(#)", s, s),
      shaped("#.split(#, #)", s, s, i),
      macro("filter", b),
      macro("map", value),
      fc
        .tuple(local, collection, b, value)
        .map(([x, items, test, one]) => `${items}.map(${x}, ${test}, ${one})`),
      choice(l),
    ),
    map: of(
      fc.oneof(
        fc.constantFrom("{}", "vars.record"),
        shaped("{'a': #, 'b': #}", value, value),
        shaped("{#: #}", s, value),
      ),
      shaped("{1: #, 2: #}[#]", m, m, i),
      choice(m),
    ),
    dyn: of(
      fc.oneof(
        fc.constantFrom("vars.record.a", "vars.record['b']", "vars.names[0]", "vars.names[1]", "x", "y"),
        shaped("dyn(#)", value),
      ),
      shaped("#[#]", fc.oneof(l, any), i),
      shaped("#.#", fc.oneof(m, any), fc.constantFrom(...KEYS)),
      shaped("#[#]", fc.oneof(m, any), s),
      shaped("(# # #)", any, sign, any),
      shaped("-(#)", any),
      shaped("(# ? # : #)", b, any, value),
    ),
  };
});
