/** YAML's notation that flows do without: tags, anchors, aliases, merge keys, keys that are lists or maps. */
import { MOST_FINDINGS } from "../language/diagnostic.ts";
import type { SourceFile, Span } from "../language/node.ts";
import { meant, quote, quoteThis, replaceWith } from "./quote.ts";
import type { SourceCode, SourceDiagnostic } from "./source-findings.ts";

/** A piece of such notation, and its place. */
export type Mark =
  /** `text` is the value after it, if that can be meant as text. */
  | { kind: "tag"; text?: string; span: Span; inline: boolean }
  | { kind: "anchor"; name: string; text?: string; span: Span; inline: boolean }
  | { kind: "alias"; name: string; span: Span; inline: boolean }
  | { kind: "merge" | "key" | "nameless" | "deep"; span: Span };

/** Whether the mark changes the values of the file. */
export function stopsReading(mark: Mark): boolean {
  return mark.kind !== "tag";
}

/** What to do about each mark. An anchor and an alias that do not find each other are texts. */
export function notationFindings(file: SourceFile, marks: readonly Mark[]): SourceDiagnostic[] {
  const anchors = new Set(marks.flatMap((mark) => (mark.kind === "anchor" ? mark.name : [])));
  const aliases = new Set(marks.flatMap((mark) => (mark.kind === "alias" ? mark.name : [])));
  return marks.slice(0, MOST_FINDINGS).map((mark) => {
    switch (mark.kind) {
      case "tag":
        return tagFinding(file, mark);
      case "anchor":
        return mark.text !== undefined && !aliases.has(mark.name)
          ? textFinding(file, mark, "&")
          : refusal(file, mark.span, "anchor", ANCHOR);
      case "alias":
        return anchors.has(mark.name)
          ? refusal(file, mark.span, "anchor", ANCHOR)
          : textFinding(file, mark, "*");
      default:
        return refusal(file, mark.span, ...REFUSED[mark.kind]);
    }
  });
}

const ANCHOR =
  "flows do not support YAML anchors and aliases; write the value out, or give it a name (a step, a destination, a variable) and use that";

const REFUSED: Record<"merge" | "key" | "nameless" | "deep", [code: SourceCode, message: string]> = {
  merge: [
    "merge-key",
    "flows do not support merge keys; write the keys out, or move the shared part to its own flow and `run` it",
  ],
  key: ["bad-key", "this key is a list or a map; write a word, a number or a quoted text"],
  nameless: ["bad-key", "this colon has no key before it; write one, or put the text in quotes"],
  deep: [
    "yaml-syntax",
    "values are nested more than 100 deep here; an earlier bracket or brace is probably not closed",
  ],
};

function refusal(file: SourceFile, span: Span, code: SourceCode, message: string): SourceDiagnostic {
  return { code, severity: "error", file: file.path, span, message };
}

function textFinding(
  file: SourceFile,
  mark: { span: Span; inline: boolean },
  sign: string,
): SourceDiagnostic {
  const message = `a value that begins with "${sign}" has a meaning in YAML; put the text in quotes`;
  return quoteThis(file, keyOrText(file, mark), message);
}

/** `*:` is a key; everything else runs as far as the text does. */
function keyOrText({ text }: SourceFile, { span, inline }: { span: Span; inline: boolean }): Span {
  const isKey = /^.:(?:\s|$)/.test(text.slice(span.start, span.start + 3));
  return isKey ? { start: span.start, end: span.start + 1 } : meant(text, span.start, inline);
}

type Tag = Extract<Mark, { kind: "tag" }>;

function tagFinding(file: SourceFile, tag: Tag): SourceDiagnostic {
  const { span, text } = tag;
  const source = file.text.slice(span.start, span.end);
  if (/^!!str\s/.test(source) && text !== undefined) {
    return replaceWith(
      file,
      span,
      quote(text),
      "flows do not support YAML tags; put the text in quotes",
      "yaml-tag",
    );
  }
  if (source.startsWith("!!") || text === undefined) {
    return refusal(
      file,
      span,
      "yaml-tag",
      "flows do not support YAML tags; remove the word that begins with `!`",
    );
  }
  const message = 'YAML reads "!" as a tag and drops the first word of this value; put it in quotes';
  return quoteThis(file, keyOrText(file, tag), message, "yaml-tag");
}
