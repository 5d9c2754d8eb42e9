/** What the fields of a request may be that places or moves a call. */
import { convert } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import type { Program } from "../program/program.ts";

/** The body of a request. */
export type Body = { [key: string]: Json };

/** What a field of the body may be. */
interface Check {
  accepts(value: Json | undefined, program: Program, body: Body): boolean;
  /** What to say about another value. */
  message(program: Program): string;
}

// A list with one number reads like that number.
const isText = (value: Json | undefined, form: RegExp): boolean =>
  typeof value === "string" && form.test(value);

const set: Check = {
  accepts: (value = {}, { takes = [], variables }) =>
    isMap(value) &&
    Object.entries(value).every(([name, one]) => {
      const variable = takes.includes(name) && variables[name];
      return variable && convert(variable, one) !== undefined;
    }),
  message: ({ takes = [] }) =>
    takes.length === 0
      ? "This flow takes no variables, so leave out `set`."
      : `\`set\` can have these variables only, with values of their types: ${takes.join(", ")}.`,
};

/** The fields of a call in progress that moves. */
export const MOVING: Readonly<Record<string, Check>> = {
  step: {
    accepts: (value, { steps }) =>
      value === undefined || (typeof value === "string" && Object.hasOwn(steps, value)),
    message: () => "The value of `step` is not a step of this flow.",
  },
  set,
};

/** The fields of a call that is placed. */
export const PLACING: Readonly<Record<string, Check>> = {
  to: {
    accepts: (value, { allow = "(?!)" }) => isText(value, RegExp(`^(?:${allow})$`)),
    message: ({ allow }) =>
      allow === undefined
        ? "This flow has no `allow`, so it cannot call anyone. List there the countries and numbers that it can call."
        : "The number in `to` does not match the flow's `allow`.",
  },
  from: {
    accepts: (value) => isText(value, /^\+[1-9]\d{6,14}$/),
    message: () => "`from` must be a number of the account, such as +14155550100.",
  },
  set,
  machine: {
    accepts: (value = "detect") => value === "detect" || value === "message-end",
    message: () => "`machine` must be `detect` or `message-end`.",
  },
  async: {
    accepts: (value = false, { onMachine }, { machine }) =>
      value === false || (value === true && onMachine !== undefined && machine !== undefined),
    message: ({ onMachine }) =>
      onMachine === undefined
        ? "`async` needs a flow with `onMachine`."
        : "`async` must be true or false, and needs `machine`.",
  },
};

/** The first field that is unknown or has a wrong value, with what to say; undefined if all are right. */
export function faultIn(
  program: Program,
  body: Body,
  checks: Readonly<Record<string, Check>>,
): { field: string; message: string } | undefined {
  const unknown = Object.keys(body).find((field) => !Object.hasOwn(checks, field));
  if (unknown !== undefined) return { field: unknown, message: `Unknown field \`${unknown}\`.` };
  const wrong = Object.entries(checks).find(([field, { accepts }]) => !accepts(body[field], program, body));
  return wrong && { field: wrong[0], message: wrong[1].message(program) };
}
