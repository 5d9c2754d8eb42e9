/** What CEL's type checker knows: the names that expressions see and the signatures of this language's functions. */
import { Environment } from "@marcbachmann/cel-js";
import type { OwnFunction, ValueType } from "../../program/own-function.ts";
import type { Variable, VariableType } from "../../program/program.ts";

/** The CEL type of each type that a flow can declare. */
const CEL_TYPES: Record<VariableType, string> = {
  string: "string",
  int: "int",
  number: "double",
  bool: "bool",
  list: "list<dyn>",
  map: "map<string, dyn>",
  recording: "Recording",
};

/** The fields of everything that an expression sees besides `vars`. */
export const FIELDS = {
  caller: {
    number: "string",
    hidden: "bool",
    name: "string",
    city: "string",
    state: "string",
    zip: "string",
    country: "string",
    attestation: "string",
    verified: "bool",
  },
  call: {
    sid: "string",
    to: "string",
    number: "string",
    direction: "string",
    channel: "string",
    forwardedFrom: "string",
    language: "string",
    answeredBy: "string",
    messageStatus: "string",
    errorCode: "string",
  },
  input: { digits: "string", speech: "string", confidence: "double", finishedOnKey: "string" },
  queue: { position: "int", size: "int", time: "int", average: "int" },
  message: { body: "string", media: "string", attachments: "list<Attachment>" },
} as const;

/** The fields of a recording. */
export const RECORDING = { url: "string", seconds: "int", transcript: "string" } as const;

/** The name of every root that an expression can read. */
export const ROOTS: readonly string[] = [...Object.keys(FIELDS), "vars", "secrets"];

const ATTACHMENT = { url: "string", type: "string" } as const;

/** The fields of a date and time. */
export const MOMENT = {
  year: "int",
  month: "int",
  day: "int",
  hour: "int",
  minute: "int",
  weekday: "int",
  date: "string",
  time: "string",
} as const;

/** This language's operators besides CEL's: ints and doubles mix, and a text takes what is added to it. */
const OPERATORS = [
  ...["+", "-", "*", "/"].flatMap((sign) => [`int ${sign} double: double`, `double ${sign} int: double`]),
  // Turned round, and as `!=`, it follows from this one.
  "int == double: bool",
  ...["int", "double", "bool"].flatMap((type) => [`string + ${type}: string`, `${type} + string: string`]),
];

/** This language's functions besides CEL's. */
const FUNCTIONS = [
  "isOpen(string): bool",
  "holiday(string): bool",
  "nextOpen(string): string",
  "now(): Moment",
  "now(string): Moment",
  "today(): string",
  "date(string): Moment",
  "isDate(string): bool",
  "addDays(string, int): string",
  "daysBetween(string, string): int",
  "spokenDate(string): string",
  "spokenTime(string): string",
  ...["int", "double"].flatMap((type) => [
    `spokenNumber(${type}): string`,
    `money(${type}, string): string`,
    `plural(${type}, string, string): string`,
    `plural(${type}, map<string, string>): string`,
    `round(${type}): int`,
    `round(${type}, int): double`,
  ]),
  "ordinal(int): string",
  "digits(string): string",
  "digits(int): string",
  "spell(string): string",
  "lower(string): string",
  "trim(string): string",
  "replace(string, string, string): string",
  "number(string, int): int",
  "number(string, double): double",
  "random(int): int",
  "link(dyn, string): string",
  "reveal(A): A",
];

/** The names of this language's functions besides CEL's, each once. */
export const FUNCTION_NAMES: readonly string[] = [
  ...new Set(FUNCTIONS.map((signature) => signature.slice(0, signature.indexOf("(")))),
];

// Nothing is evaluated here: the engine runs what `compile/lower.ts` makes of an expression.
function refuse(): never {
  throw new Error("an expression is only checked here");
}

function createBase(): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false });
  environment.registerType("Moment", { fields: MOMENT });
  environment.registerType("Attachment", { fields: ATTACHMENT });
  for (const [name, schema] of Object.entries(FIELDS)) {
    // The parameters that the flow takes: their names are its own.
    const own = name === "call" ? { parameters: "map<string, string>" } : {};
    environment.registerVariable({ name, schema: { ...schema, ...own } });
  }
  environment.registerVariable("secrets", "map<string, string>");
  for (const signature of OPERATORS) environment.registerOperator(signature, refuse);
  for (const signature of FUNCTIONS) environment.registerFunction(signature, refuse);
  return environment;
}

let base: Environment | undefined;

/** The names that expressions can call already: CEL's functions and this language's. */
export function takenNames(): ReadonlySet<string> {
  return new Set(
    environmentOf({})
      .getDefinitions()
      .functions.map(({ name }) => name),
  );
}

/** The signatures of a project's own function. A whole number fits wherever a number does. */
function signaturesOf({ name, takes, gives }: OwnFunction): string[] {
  const celTypes = (type: ValueType): string[] => (type === "number" ? ["double", "int"] : [CEL_TYPES[type]]);
  const all = takes.reduce<string[][]>(
    (lists, type) => lists.flatMap((list) => celTypes(type).map((one) => [...list, one])),
    [[]],
  );
  return all.map((types) => `${name}(${types.join(", ")}): ${CEL_TYPES[gives]}`);
}

/**
 * What a flow's expressions see: the caller, the call, the last input, and the flow's own variables.
 * @param functions the project's own
 */
export function environmentOf(
  variables: Readonly<Record<string, Pick<Variable, "type">>>,
  functions: readonly OwnFunction[] = [],
): Environment {
  const schema: Record<string, string | typeof RECORDING> = {};
  for (const [name, { type }] of Object.entries(variables)) {
    schema[name] = type === "recording" ? RECORDING : CEL_TYPES[type];
  }
  base ??= createBase();
  const environment = base.clone().registerVariable({ name: "vars", schema });
  for (const signature of functions.flatMap(signaturesOf)) environment.registerFunction(signature, refuse);
  return environment;
}
