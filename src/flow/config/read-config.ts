/** Reads what a project's own files export: plain JavaScript, whatever TypeScript would have said about it. */
import { isMap } from "../../program/is-map.ts";
import { type OwnFunction, VALUE_TYPES } from "../../program/own-function.ts";
import { FUNCTION_NAMES, ROOTS, takenNames } from "../analysis/environment.ts";
import { NAME } from "../language/name.ts";
import { IDENTIFIER } from "../language/schema.ts";
import { SIDE_ROADS } from "../language/side-roads.ts";
import { ADVICE, type AdviceSetting, fitsAdvice, isAdviceCode } from "../model/advice.ts";
import type { OwnKind } from "../steps/kind.ts";
import { kindNamed } from "../steps/registry.ts";
import { schemaProblem } from "./check-schema.ts";

/** What is wrong with a project's own files: a sentence that goes after the file's name. */
export class ConfigError extends Error {}

/** What a `ringflow.config.ts` exports. */
interface ReadConfig {
  kinds: OwnKind[];
  advice: AdviceSetting;
}

/**
 * A `ringflow.config.ts`.
 * @throws ConfigError
 */
export function readConfig(exported: unknown): ReadConfig {
  if (!isMap(exported)) throw new ConfigError("must export its kinds: `export default { kinds: [ … ] }`");
  const unknown = Object.keys(exported).find((key) => key !== "kinds" && key !== "advice");
  if (unknown === "functions")
    throw new ConfigError(
      "has `functions`, but the Worker needs them too: move them to ringflow.functions.ts, `export default [ … ]`",
    );
  if (unknown !== undefined)
    throw new ConfigError(`has \`${unknown}\`; it can have \`kinds\` and \`advice\``);
  return { kinds: readKinds(exported.kinds ?? []), advice: readAdvice(exported.advice ?? {}) };
}

function readAdvice(advice: unknown): AdviceSetting {
  if (!isMap(advice)) throw new ConfigError('must have a map of advice: `advice: { "many-options": 7 }`');
  for (const [code, value] of Object.entries(advice)) {
    if (!isAdviceCode(code))
      throw new ConfigError(`has \`${code}\` in \`advice\`; it can have ${Object.keys(ADVICE).join(", ")}`);
    if (!fitsAdvice(code, value))
      throw new ConfigError(
        `has a wrong value for \`${code}\` in \`advice\`; it can be ${typeof ADVICE[code] === "number" ? "a whole number, true or false" : "true or false"}`,
      );
  }
  return advice;
}

function readKinds(kinds: unknown): OwnKind[] {
  if (!Array.isArray(kinds)) throw new ConfigError("must have a list of kinds: `kinds: [ … ]`");
  const names = new Set<string>();
  return kinds.map((kind: unknown, at) => {
    const one = readKind(kind, `entry ${at + 1} of \`kinds\``);
    if (names.has(one.name))
      throw new ConfigError(`defines the kind \`${one.name}\` twice; rename one of them`);
    names.add(one.name);
    return one;
  });
}

function readKind(kind: unknown, entry: string): OwnKind {
  if (!isDefined(kind))
    throw new ConfigError(`has no kind in ${entry}; define it with \`defineKind({ name, … })\``);
  const problem = kindProblem(kind);
  if (problem !== undefined) throw new ConfigError(`has the kind \`${kind.name}\`: ${problem}`);
  return kind;
}

// `defineKind` sets `isOwn`. The rest is checked below, as far as a mistake would not show by itself.
function isDefined(kind: unknown): kind is OwnKind {
  return isMap(kind) && kind.isOwn === true && typeof kind.name === "string" && isMap(kind.doc);
}

const DOES = ["speaks", "asks", "silent"];

function kindProblem(kind: OwnKind): string | undefined {
  const { name, does, doc, schema, beside = [], findings = [] } = kind;
  if (!new RegExp(NAME).test(name)) return "its name must be lower-case words with hyphens";
  if (kindNamed(name) || name === "next")
    return "Ringflow has a key of this name itself; choose another name";
  if (typeof doc.summary !== "string" || doc.summary === "")
    return "it needs `doc: { summary: … }`, one sentence";
  if (!DOES.includes(does)) return `\`does\` must be one of ${DOES.join(", ")}`;
  if (typeof kind.compile !== "function") return "it needs the function `compile`";
  if (typeof kind.next !== "function") return "`next` must be required, optional, refused, or a function";
  const road = beside.find((one) => !Object.hasOwn(SIDE_ROADS, one));
  if (road !== undefined)
    return `\`beside\` has "${road}"; it can have ${Object.keys(SIDE_ROADS).join(", ")}`;
  const code = findings.find((one) => !one.code.startsWith(`${name}/`))?.code;
  if (code !== undefined) return `the code "${code}" of a finding must begin with "${name}/"`;
  return schemaProblem(schema);
}

/**
 * The functions of a `ringflow.functions.ts`.
 * @throws ConfigError
 */
export function readFunctions(exported: unknown): OwnFunction[] {
  if (!Array.isArray(exported))
    throw new ConfigError("must export a list of functions: `export default [defineFunction({ … })]`");
  const taken = new Set([
    ...takenNames(),
    ...FUNCTION_NAMES,
    ...ROOTS,
    ...Object.getOwnPropertyNames(Object.prototype),
  ]);
  return exported.map((one: unknown, at) => {
    if (!isFunction(one))
      throw new ConfigError(
        `has no function in entry ${at + 1}; define it with \`defineFunction({ name, takes, gives, run })\``,
      );
    const problem = functionProblem(one, taken);
    if (problem !== undefined) throw new ConfigError(`has the function \`${one.name}\`: ${problem}`);
    taken.add(one.name);
    return one;
  });
}

function isFunction(one: unknown): one is OwnFunction {
  return (
    isMap(one) && typeof one.name === "string" && Array.isArray(one.takes) && typeof one.run === "function"
  );
}

/** CEL's names that are not functions of its checker. */
const WORDS = /^(true|false|null|in|has|all|exists|exists_one|filter|map)$/;

function functionProblem(
  { name, takes, gives, run }: OwnFunction,
  taken: ReadonlySet<string>,
): string | undefined {
  if (!new RegExp(IDENTIFIER).test(name)) return "its name must be letters, digits and underscores";
  if (taken.has(name) || WORDS.test(name))
    return "an expression has a function or name like this already; choose another name";
  const type = [...takes, gives].find((one) => !VALUE_TYPES.includes(one));
  if (type !== undefined) return `it has the type \`${type}\`; a type is one of ${VALUE_TYPES.join(", ")}`;
  if (takes.filter((one) => one === "number").length > 4)
    return "it can take at most four numbers; take a list instead";
  if (run.constructor.name === "AsyncFunction")
    return "`run` is async, but an expression has its value at once; use a `request` step for services";
  return undefined;
}
