/** Unknown names in expressions: roots, variables and fields, and what the author may have meant. */

import { FIELDS, RECORDING, ROOTS } from "../analysis/environment.ts";
import { nearest, nearestKey, type Problem } from "../language/diagnostic.ts";
import { studioName } from "../language/studio-names.ts";
import type { Code } from "./expressions-findings.ts";
import { namesUnder, type RuleContext } from "./rule.ts";

/** A name that is on its own in an expression, and unknown. */
export function unknownName(name: string, from: string, context: RuleContext<Code>): Problem<Code> {
  const { variables } = context.facts;
  if (Object.hasOwn(variables, name))
    return { code: "unknown-variable", message: `write vars.${name} for the variable ${name}` };
  if (isFunction(name, context))
    return { code: "unknown-variable", message: `${name} is a function; write ${name}()` };
  const studios = studioName(from);
  if (studios !== undefined)
    return { code: "unknown-variable", message: `Twilio Studio's ${studios.studio} is ${studios.here} here` };
  const near = nearest(name, [nearest(name, ROOTS), nearestKey(name, variables)].filter(isName));
  const meant = near === undefined ? undefined : ROOTS.includes(near) ? near : `vars.${near}`;
  const advice = meant
    ? `; did you mean ${meant}?`
    : `; an expression can read ${ROOTS.join(", ")}; write a text in quotes`;
  return { code: "unknown-variable", message: `unknown name ${name}${advice}` };
}

/** A field that its object does not have; undefined if its declaration has a finding. */
export function unknownField(
  name: string,
  before: string,
  context: RuleContext<Code>,
): Problem<Code> | undefined {
  const root = /(\w+)\s*(?:\.|\[\s*["'])\s*$/.exec(before)?.[1] ?? "";
  const { variables } = context.facts;
  const isRecording = Object.hasOwn(variables, root) && variables[root]?.type === "recording";
  const known = isRecording ? RECORDING : root === "vars" ? variables : (fieldsOf(root) ?? {});
  const near = nearestKey(name, known);
  if (root === "vars") {
    // The declaration has its own finding.
    if (namesUnder(context.flow.root, "variables").has(name)) return undefined;
    const advice = near ? `; did you mean vars.${near}?` : "; declare it under `variables`";
    return { code: "unknown-variable", message: `unknown variable ${name}${advice}` };
  }
  const fields = Object.keys(known);
  const advice = near ? `; did you mean ${near}?` : fields.length > 0 ? `; it has ${fields.join(", ")}` : "";
  return { code: "unknown-field", message: `${root || "this"} has no ${name}${advice}` };
}

function isName(name: string | undefined): name is string {
  return name !== undefined;
}

function fieldsOf(root: string): Readonly<Record<string, string>> | undefined {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = FIELDS;
  return Object.hasOwn(all, root) ? all[root] : undefined;
}

/** Whether the language or the project has a function of this name. */
export function isFunction(name: string, context: RuleContext<Code>): boolean {
  return context.facts.environment.getDefinitions().functions.some((one) => one.name === name);
}
