/**
 * The part of a file around the cursor: its top-level key, and the entry below it, such as one step. It is small, and an
 * error elsewhere in the file is not in it.
 */

/** The part of the lines around one of them. */
export interface Cut {
  before: readonly string[];
  after: readonly string[];
}

/** How far a line is indented; undefined for one without content. */
export function indentOf(line: string): number | undefined {
  const at = line.search(/\S/);
  return at < 0 || line[at] === "#" ? undefined : at;
}

/**
 * Cuts the part out.
 * @param at the index of the cursor's line
 * @param indent how far the cursor's line is indented
 */
export function cutAround(lines: readonly string[], at: number, indent: number): Cut {
  const top = topOf(lines, at, indent);
  const end = endOf(lines, at, 0);
  if (top === at) return { before: [], after: lines.slice(at + 1, end) };
  const opens = /^[^#]*:\s*(#.*)?$/.test(lines[top] ?? "");
  const entries = entryIndent(lines, top, at, indent);
  if (!opens || indent < entries) return { before: lines.slice(top, at), after: lines.slice(at + 1, end) };
  const entry = entryOf(lines, at, indent, entries);
  return {
    before: [lines[top] ?? "", ...lines.slice(entry, at)],
    after: lines.slice(at + 1, Math.min(end, endOf(lines, at, entries))),
  };
}

/** The line of the top-level key. */
function topOf(lines: readonly string[], at: number, indent: number): number {
  if (indent === 0 && !lines[at]?.startsWith("- ")) return at;
  for (let index = at - 1; index >= 0; index--) {
    if (indentOf(lines[index] ?? "") === 0 && !/^(-|[\]}])/.test(lines[index] ?? "")) return index;
  }
  return at;
}

/** How far the entries of a section are indented. */
function entryIndent(lines: readonly string[], top: number, at: number, indent: number): number {
  for (let index = top + 1; index < at; index++) {
    const found = indentOf(lines[index] ?? "");
    if (found !== undefined) return found;
  }
  return indent;
}

function entryOf(lines: readonly string[], at: number, indent: number, entries: number): number {
  if (indent <= entries) return at;
  for (let index = at - 1; index > 0; index--) {
    const found = indentOf(lines[index] ?? "");
    if (found !== undefined && found <= entries) return index;
  }
  return at;
}

/** The first line after the cursor's that is indented no further than this. */
function endOf(lines: readonly string[], at: number, most: number): number {
  for (let index = at + 1; index < lines.length; index++) {
    const found = indentOf(lines[index] ?? "");
    const closes = /^\s*[\]}]/.test(lines[index] ?? "");
    if (found !== undefined && found <= most && !closes) return index;
  }
  return lines.length;
}
