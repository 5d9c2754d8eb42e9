/** The Worker's variables when it starts: whether they are what its flows want. */
import { convert } from "../engine/values.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { VariablesLine } from "./log.ts";

type Variables = Deps["env"];

/** E.164: a plus, and 7 to 15 digits. */
const NUMBER = /^\+[1-9]\d{6,14}$/;
const ADVICE = "Set them in wrangler.toml under [vars], or by `npx wrangler secret put`.";

/**
 * Tells of each flow's variables that are not set or not what they stand for.
 * @returns the variables without the numbers that Twilio would refuse: a dial to one fails as if it were not set
 */
export function checkVariables(
  programs: readonly Program[],
  env: Variables,
  log: (line: VariablesLine) => void,
): Variables {
  const usable = { ...env };
  for (const program of programs) {
    const { flow, hash: version, dials = [] } = program;
    const unset: string[] = [];
    const wrong: string[] = [];
    for (const name of program.env) {
      const text = env[name];
      const isMisdialled = dials.includes(name) && !NUMBER.test(text ?? "");
      if (!text) unset.push(name);
      else if (isMisdialled || isMisfit(program, name, text)) wrong.push(name);
      if (isMisdialled) delete usable[name];
    }
    if (unset.length + wrong.length > 0)
      log({ event: "variables", flow, version, unset, wrong, error: ADVICE });
  }
  return usable;
}

function isMisfit({ variables, parts = {} }: Program, name: string, text: string): boolean {
  const all = [{ variables }, ...Object.values(parts)].flatMap((scope) => Object.values(scope.variables));
  return all.some((variable) => variable.env === name && !convert(variable, text));
}
