/** What can be changed in a regular expression: an anchor, a quantifier, an alternative, the edge of a class. */
import type { Edit } from "./edit.ts";

/** One token of a pattern: an escape, a class, or a character. */
const TOKEN = /\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]])*\]|\(\?(?:[:!=]|<[!=]|<\w+>)|\{[\d,]+\}\??|[\s\S]/g;
const SHORTHAND = /^\\[dDwWsS]$/;

/** The edits of the literal that is at this place of the source. */
export function regexEdits({ start, end }: { start: number; end: number }, source: string): Edit[] {
  const literal = source.slice(start, end);
  const pattern = literal.slice(1, literal.lastIndexOf("/"));
  const tokens = [...pattern.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    at: start + 1 + match.index,
  }));
  const edits: Edit[] = [];
  for (const { text, at } of tokens) {
    const instead = tokenEdits(text).map((other) => ({ start: at, end: at + text.length, text: other }));
    edits.push(...instead);
  }
  return [...edits, ...alternatives(tokens, start + 1 + pattern.length)].filter((edit) =>
    isPattern(literal, edit, start),
  );
}

function tokenEdits(text: string): string[] {
  if (/^[$^?+]$/.test(text)) return [""];
  if (text === "*") return ["+"];
  if (SHORTHAND.test(text)) {
    const letter = text.charAt(1);
    return [`\\${letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()}`];
  }
  if (text.startsWith("[")) return classEdits(text);
  const counts = /^\{(\d+)(,?)(\d*)\}/.exec(text);
  return counts ? countEdits(counts) : [];
}

/** A class that begins or ends one character earlier or later, or means its opposite. */
function classEdits(text: string): string[] {
  const opposite = text.startsWith("[^") ? `[${text.slice(2)}` : `[^${text.slice(1)}`;
  const ranges = [...text.matchAll(/(\w)-(\w)/g)].flatMap((match) => {
    const [range, from = "", to = ""] = match;
    return [`${next(from, 1)}-${to}`, `${from}-${next(to, -1)}`].map(
      (other) => text.slice(0, match.index) + other + text.slice(match.index + range.length),
    );
  });
  return [opposite, ...ranges];
}

function countEdits([, from = "", comma = "", to = ""]: RegExpExecArray): string[] {
  if (to === "") return [`{${Number(from) + 1}${comma}}`];
  return [`{${Number(from) + 1},${to}}`, `{${from},${Number(to) + 1}}`];
}

function next(character: string, by: 1 | -1): string {
  return String.fromCharCode(character.charCodeAt(0) + by);
}

/** Each alternative left out. */
function alternatives(tokens: readonly { text: string; at: number }[], end: number): Edit[] {
  const edits: Edit[] = [];
  // Of each open group: where its present alternative begins, and whether another came before it.
  const open: { from: number; hasMore: boolean }[] = [{ from: tokens[0]?.at ?? end, hasMore: false }];
  for (const { text, at } of [...tokens, { text: ")", at: end }]) {
    const group = open.at(-1);
    if (text.startsWith("(")) open.push({ from: at + text.length, hasMore: false });
    else if (text === "|" && group) {
      edits.push({ start: group.from, end: at + 1, text: "" });
      Object.assign(group, { from: at + 1, hasMore: true });
    } else if (text === ")" && group) {
      if (group.hasMore) edits.push({ start: group.from - 1, end: at, text: "" });
      open.pop();
    }
  }
  return edits;
}

function isPattern(literal: string, edit: Edit, start: number): boolean {
  const changed = literal.slice(0, edit.start - start) + edit.text + literal.slice(edit.end - start);
  const slash = changed.lastIndexOf("/");
  try {
    new RegExp(changed.slice(1, slash), changed.slice(slash + 1));
    return slash > 1;
  } catch {
    return false;
  }
}
