/** `npm run new-kind <name>`: writes a step kind from the template, and its page. */
import { spawnSync } from "node:child_process";
import { newKind } from "./new-kind.ts";

const [name, ...more] = process.argv.slice(2);

try {
  if (name === undefined || more.length > 0) throw new Error("Usage: npm run new-kind <name>");
  for (const path of await newKind(name, process.cwd())) console.log(`wrote ${path}`);
  const docs = spawnSync(process.execPath, ["src/cli/ringflow.js", "docs"], { stdio: "inherit" });
  console.log(`\nReplace everything that says TODO, then run: npm run docs && npm run test:kind ${name}`);
  process.exitCode = docs.status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
