/** Syntax of other languages in an expression that does not parse, and its equivalent in CEL. */

const SLIPS: readonly [RegExp, string][] = [
  [/[“”„‘’]/, "these are curly quotes; write straight ones, ' or \", around a text"],
  [/[!=]==/, "write == or != with two characters"],
  [/<>/, "write != for not equal"],
  [/(?<![=!<>])=(?!=)/, "= does not compare; write =="],
  [/\band\b/i, "write && for and"],
  [/\bor\b/i, "write || for or"],
  [/\bnot\b/i, "write ! for not"],
  [/(?<!&)&(?!&)/, "write && for and"],
  [/(?<!\|)\|(?!\|)/, "write || for or"],
];

/** What to write instead, if the mistake is known. Texts inside the expression are ignored. */
export function slipIn(expression: string): string | undefined {
  const bare = expression.replace(/"[^"]*"|'[^']*'/g, '""');
  return SLIPS.find(([slip]) => slip.test(bare))?.[1];
}
