/** `allow`: which computed numbers a dial may ring. */
import type { Node } from "./node.ts";
import { isNumber } from "./destination.ts";
import type { Destination } from "./schema.ts";
import type { Report, Step } from "./steps/kind.ts";
import { splitText } from "./text.ts";

/** An `allow` pattern as a regular expression: `*` stands for any digits, `?` for one. */
export function allowPattern(pattern: string): string {
  const signs: Record<string, string> = { "+": "\\+", "*": "[0-9]*", "?": "[0-9]" };
  return [...pattern].map((sign) => signs[sign] ?? sign).join("");
}

/** A destination may be computed as a whole, by one hole; part of a number may not. */
export function checkAllow(step: Step<{ to: Destination; allow?: string[] }>, report: Report): void {
  const { to } = step.body;
  if (typeof to !== "string" || !to.includes("{{")) return;
  const { parts } = splitText(to.trim());
  if (parts.length === 1) return;
  const at: Node =
    (step.bodyNode.type === "map" ? step.bodyNode.pairs.find(({ key }) => key.text === "to")?.value : undefined) ??
    step.bodyNode;
  report({
    code: "partly-computed",
    at,
    message: isNumber(to)
      ? "part of this number is computed; compute all of it in one `{{ }}` and name what is allowed in `allow`"
      : "a computed destination is one whole `{{ }}`; write the rest inside it",
  });
}
