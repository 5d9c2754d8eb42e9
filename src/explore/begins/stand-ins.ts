/** Environment variables that a project has not set. */
import type { Program } from "../../program/program.ts";
import { matching } from "../sample.ts";

/** Values for environment variables that must have a form, such as a number. */
export function standInsFor(
  { wants = {} }: Program,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const unset = Object.entries(wants).filter(([name]) => !env[name]);
  let numbers = 0;
  return Object.fromEntries(
    unset.map(([name, pattern]) => {
      const number = `+1415555${String(200 + numbers++).padStart(4, "0")}`;
      return [name, new RegExp(pattern, "u").test(number) ? number : (matching(pattern) ?? "")];
    }),
  );
}

/** Secrets that only services read: any text will do, as in tests. */
export function secretsOf({ env, steps }: Program): Record<string, string> {
  const text = JSON.stringify(steps);
  const read = env.filter((name) => text.includes(JSON.stringify(["$", "secrets", name])));
  return Object.fromEntries(read.map((name) => [name, `the secret ${name}`]));
}
