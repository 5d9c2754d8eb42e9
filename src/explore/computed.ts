/** Values that a flow computes with, in words. */
import type { Cut } from "./exploration.ts";

/** Says which values were not all tried. */
export function computedCut(keys: readonly string[]): Cut {
  const names = [...new Set(keys.map((key) => nameOfKey(key)))];
  const message = `The flow computes with ${names.join(" and ")}, and not every value was tried.`;
  return { what: "values", message };
}

/** `heard menu` as a person says it. */
function nameOfKey(key: string): string {
  const [kind, step = ""] = key.split(" ");
  if (kind === "heard" || kind === "param") return `what comes back to "${step}"`;
  if (kind === "answer") return `what the service of "${step}" answers`;
  if (kind === "vars") return key.split(" ").at(-1) ?? key;
  return key.replace(/^kept\.\w+:/, "the persistent variable ");
}
