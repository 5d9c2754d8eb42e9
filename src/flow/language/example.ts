/** Examples in the documentation, written as the YAML that they are. */

/** Removes the indentation that all lines share, and the line breaks next to the backticks. */
export function yaml({ raw }: TemplateStringsArray, ...values: readonly string[]): string {
  const text = raw.map((part, index) => part + (values[index] ?? "")).join("");
  const lines = text.replace(/^\n/, "").replace(/\n *$/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = Math.min(...indents);
  return lines.map((line) => `${line.slice(shared)}\n`).join("");
}
