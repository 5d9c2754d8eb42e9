/** The conditions of a Split Based On, as CEL. */
import type { Condition } from "../definition.ts";
import { type Cel, type Names, numberOf, quoted, stringOf, tight } from "../liquid/cel.ts";
import { valuesOf } from "../values/compared.ts";

type Write = (value: Cel, condition: Condition) => string;

const negated =
  (write: Write): Write =>
  (value, condition) =>
    `!${brackets(write(value, condition))}`;
const method =
  (name: string): Write =>
  (value, { value: text }) =>
    `${tight({ ...value, cel: stringOf(value) })}.${name}(${quoted(text)})`;
const number =
  (operator: string): Write =>
  (value, { value: text }) =>
    `${numberOf(value)} ${operator} ${Number(text) || 0}`;
const moment =
  (field: string, operator: string): Write =>
  (_, { value: text }) =>
    `now().${field} ${operator} ${quoted(text.trim())}`;

const equals: Write = (value, { value: text }) => {
  const plain = text.trim();
  if (value.type === "bool") return plain === "true" ? tight(value) : `!${tight(value)}`;
  const isNumber = value.type === "int" || value.type === "number";
  // A number that nothing has set is 0, and an empty text in the original.
  if (isNumber && !Number.isNaN(Number(plain))) return `${tight(value)} == ${Number(plain)}`;
  return `${isNumber ? stringOf(value) : tight(value)} == ${quoted(plain)}`;
};
const oneOf: Write = (value, condition) => {
  const values = valuesOf(condition);
  if (value.type === "bool" && values.length === 1) return equals(value, condition);
  return `${tight({ ...value, cel: stringOf(value) })} in [${values.map(quoted).join(", ")}]`;
};
const blank: Write = (value) => `${tight({ ...value, cel: stringOf(value) })} == ''`;

const WRITE: Readonly<Record<string, Write>> = {
  equal_to: equals,
  not_equal_to: (value, condition) =>
    value.type === "bool"
      ? negated(equals)(value, condition)
      : equals(value, condition).replace(" == ", " != "),
  matches_any_of: oneOf,
  does_not_match_any_of: negated(oneOf),
  is_blank: blank,
  is_not_blank: (value) => `${tight({ ...value, cel: stringOf(value) })} != ''`,
  contains: method("contains"),
  does_not_contain: negated(method("contains")),
  starts_with: method("startsWith"),
  does_not_start_with: negated(method("startsWith")),
  regex: method("matches"),
  less_than: number("<"),
  less_than_or_equal_to: number("<="),
  greater_than: number(">"),
  greater_than_or_equal_to: number(">="),
  is_before_time: moment("time", "<"),
  is_after_time: moment("time", ">"),
  is_before_date: moment("date", "<"),
  is_after_date: moment("date", ">"),
};

/** A condition as CEL; `false` for one that is unknown. */
export function conditionCel(condition: Condition, value: Cel, names: Names): string {
  const write = Object.hasOwn(WRITE, condition.type) ? WRITE[condition.type] : undefined;
  if (write) return write(value, condition);
  names.lost(`the condition \`${condition.type}\``);
  return "false";
}

function brackets(cel: string): string {
  return / in | [<>=!]=? /.test(cel) ? `(${cel})` : cel;
}
