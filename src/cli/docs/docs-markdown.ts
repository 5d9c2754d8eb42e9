/** Markdown for the generated pages. */

/** A block of code. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\`\n`;
}

/** A table; empty if there are no rows. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---|").join("")}`, ...rows.map(line), ""].join("\n");
}

/** The anchor that code hosts give to a heading. */
export function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[&/]/g, "").replaceAll(" ", "-");
}
