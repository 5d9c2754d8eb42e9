/** The Worker's variables when it starts: whether they are what its flows want. */
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { VariablesLine } from "./log.ts";

type Variables = Deps["env"];

const ADVICE = "Set them in wrangler.toml under [vars], or by `npx wrangler secret put`.";

/**
 * Tells of each flow's variables that are not set, or not what they stand for.
 * @returns the variables without the wrong ones: they count as not set
 */
export function checkVariables(
  programs: readonly Program[],
  env: Variables,
  log: (line: VariablesLine) => void,
): Variables {
  const usable = { ...env };
  for (const { flow, hash: version, env: names, wants = {} } of programs) {
    const unset = names.filter((name) => !env[name]);
    const wrong = names.filter((name) => env[name] && wants[name] && !RegExp(wants[name]).test(env[name]));
    for (const name of wrong) delete usable[name];
    if (unset[0] || wrong[0]) log({ event: "variables", flow, version, unset, wrong, error: ADVICE });
  }
  return usable;
}
