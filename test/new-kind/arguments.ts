/** The arguments of `npm run test:kind`. */
import { readFileSync } from "node:fs";

/** What is wrong with them, if anything: they are a kind's name, and options for vitest. */
export async function wrongArguments([name = "", ...more]: readonly string[]): Promise<string | undefined> {
  if (name === "" || !more.every((one) => one.startsWith("--"))) return "Usage: npm run test:kind <kind>";
  return isKind(name) ? undefined : unknown(name);
}

// Loading the kinds takes as long as testing one of them.
function isKind(name: string): boolean {
  return readFileSync("src/flow/steps/registry.ts", "utf8").includes(`import { ${name} } from `);
}

async function unknown(name: string): Promise<string> {
  const { nearest } = await import("../../src/flow/language/diagnostic.ts");
  const { kinds } = await import("../../src/flow/steps/registry.ts");
  const names = kinds.map((kind) => kind.name);
  const near = nearest(name, names);
  return `Unknown step kind "${name}". ${near ? `Did you mean "${near}"?` : `The kinds are ${names.join(", ")}.`}`;
}
