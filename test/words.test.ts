/** Phrases that read like a translation stay out of docs, messages and comments; each has a plain one. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What not to write, and what to write instead. */
const PHRASES: readonly [phrase: RegExp, instead: string][] = [
  [/\btold (of|by)\b/i, "reported, reported by"],
  [/\btells? of\b/i, "describes, reports"],
  [/\bwhat of (a|an|the|it|its|what)\b/i, "the part of … that"],
  [/\bhas to be there\b/i, "required"],
  [/\bfor ever\b/i, "forever, indefinitely"],
  [/\bwhoever\b/i, "the person who, anyone who"],
  [/\bgoes on\b/i, "continues"],
  [/\bstands? (behind|beside)\b/i, "comes after, goes next to"],
  [/\bbehind the (reply|call|gather|dial|others?)\b/i, "after"],
  [/(?<!\bthere )\bis no (?!longer|more\b|wait\b)/i, "is not a; no … found; unknown"],
  [/\bthat there (is|are) not\b/i, "unknown"],
  [/\bnobody hears (it|this|these)\b/i, "not spoken, silent"],
  [/\bnobody in particular\b/i, "no stable identity"],
];

/** Whatever a person reads: pages, and the sources with their messages and comments. */
const FILES = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...["docs", "flows", "src"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  ),
]
  .filter((path) => /\.(md|tsx?|yaml)$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

test.each(PHRASES)("nothing says %s", (phrase, instead) => {
  const found = FILES.filter(({ text }) => phrase.test(text)).flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (phrase.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(found, `write instead: ${instead}`).toEqual([]);
});
