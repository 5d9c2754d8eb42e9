/** The arguments of `npm run test:kind`. */
import { nearest } from "../../src/flow/language/diagnostic.ts";
import { kinds } from "../../src/flow/steps/registry.ts";

/** What is wrong with them, if anything: they are a kind's name, and options for vitest. */
export function wrongArguments([name = "", ...more]: readonly string[]): string | undefined {
  if (name === "" || !more.every((one) => one.startsWith("--"))) return "Usage: npm run test:kind <kind>";
  const names = kinds.map((kind) => kind.name);
  if (names.includes(name)) return undefined;
  const near = nearest(name, names);
  return `Unknown step kind "${name}". ${near ? `Did you mean "${near}"?` : `The kinds are ${names.join(", ")}.`}`;
}
