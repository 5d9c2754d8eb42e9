/** How large an expression can be: everything that walks its tree, in the checker and in a call, has room on the stack. */
import type { ASTNode } from "@marcbachmann/cel-js";
import { childrenOf } from "../analysis/expressions.ts";
import type { Problem } from "../language/diagnostic.ts";

/** In characters. */
const LONGEST = 20_000;
/** How deep a syntax tree can be: each operator of `a + b + c` is a level. */
const DEEPEST = 500;

/** The finding on an expression whose tree is too deep. */
export const TOO_DEEP: Problem<"bad-expression"> = {
  code: "bad-expression",
  message: `this expression has more than ${DEEPEST} levels of brackets and operators; split it, with a \`set\` step for each part`,
};

/** The finding on an expression that is too long to be looked at. */
export function tooLarge(text: string): Problem<"bad-expression"> | undefined {
  if (text.length <= LONGEST) return undefined;
  const message = `this expression has ${text.length} characters, more than ${LONGEST}; split it, with a \`set\` step for each part`;
  return { code: "bad-expression", message };
}

/** The finding on an expression that CEL's parser gave up on. */
export function pastLimit(code: string, summary: string): Problem<"bad-expression"> | undefined {
  // Without a code and a sentence, the stack was full.
  if (code === "" && summary === "") return TOO_DEEP;
  if (code !== "limit_exceeded") return undefined;
  const [, limit = "", most = ""] = /^Exceeded (\w+) \((\d+)\)$/.exec(summary) ?? [];
  const thing = Object.hasOwn(THINGS, limit) ? THINGS[limit] : undefined;
  if (thing === undefined) return TOO_DEEP;
  return { code: "bad-expression", message: `${thing} has more than ${most} entries; split it` };
}

/** What CEL's parser counts, by its names for the limits. */
const THINGS: Readonly<Record<string, string>> = {
  maxListElements: "a list in this expression",
  maxMapEntries: "a map in this expression",
  maxCallArguments: "a call in this expression",
};

/** Whether a syntax tree is too deep. Goes level by level, and so needs no stack itself. */
export function isTooDeep(tree: ASTNode): boolean {
  let level = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(({ args }) => childrenOf(args));
  }
  return false;
}
