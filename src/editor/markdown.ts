/** The documentation's Markdown, for an editor. */

/** A text without its links, which lead to headings of the documentation's own pages. */
export function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}
