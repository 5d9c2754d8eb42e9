/** The environment variables that a Program reads, and the form that their values must have. */

import type { VariableType } from "../../program/program.ts";
import type { Checked } from "../analysis/checked.ts";
import type { Facts } from "../analysis/facts.ts";
import { eachObject } from "../language/each-object.ts";
import { isEnv } from "../language/schema.ts";
import { marksOf } from "../model/flow.ts";
import { NUMBER } from "../twiml/callees.ts";
import { constantsRung } from "./destination.ts";

/** All environment variables that a program reads. */
export function envIn(value: unknown): string[] {
  const names = new Set<string>();
  eachObject(value, (one) => {
    if (isEnv(one)) names.add(one.env);
  });
  return [...names];
}

/** E.164: a plus, and 7 to 15 digits. */
const NUMBER_TEXT = "^\\+[1-9]\\d{6,14}$";

/** The texts that the engine can convert to each type. */
const TYPE_TEXTS: Partial<Record<VariableType, string>> = {
  int: "^-?\\d+$",
  number: "^-?\\d+(\\.\\d+)?$",
  bool: "^(true|false)$",
};

/** The form that environment variables must have to be dialled, or to be defaults. */
export function wantsOf({ flow, facts }: Checked): Record<string, string> {
  const defaults = Object.values(facts.variables).flatMap(({ env, type }): [string, string][] => {
    const text = TYPE_TEXTS[type];
    return env === undefined || text === undefined ? [] : [[env, text]];
  });
  const rung = marksOf(flow).flatMap(constantsRung);
  const numbers = rung.flatMap(({ noun, env }): [string, string][] =>
    noun === NUMBER ? [[env, NUMBER_TEXT]] : [],
  );
  return Object.fromEntries([...defaults, ...numbers]);
}

/** The environment variables that are defaults of variables. */
export function defaultsIn({ variables }: Facts): string[] {
  return Object.values(variables).flatMap(({ env }) => env ?? []);
}
