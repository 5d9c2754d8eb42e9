/** Slips from other languages in an expression that does not parse, and what CEL has instead. */

const SLIPS: readonly [RegExp, string][] = [
  [/[“”„‘’]/, "these are not straight quotes; write ' or \" around a text"],
  [/[!=]==/, "write == and != with two characters"],
  [/<>/, "write != for what is not equal"],
  [/(?<![=!<>])=(?!=)/, "= compares nothing; write =="],
  [/\band\b/i, "write && for and"],
  [/\bor\b/i, "write || for or"],
  [/\bnot\b/i, "write ! for not"],
  [/(?<!&)&(?!&)/, "write && for and"],
  [/(?<!\|)\|(?!\|)/, "write || for or"],
];

/** What to write instead; undefined where nothing is known. Texts inside the expression are passed over. */
export function slipIn(expression: string): string | undefined {
  const bare = expression.replace(/"[^"]*"|'[^']*'/g, '""');
  return SLIPS.find(([slip]) => slip.test(bare))?.[1];
}
