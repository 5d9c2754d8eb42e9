/** Findings for a terminal, for a program (JSON) and for code hosts (SARIF 2.1.0). */
import { styleText } from "node:util";
import {
  type Diagnostic,
  type FindingDoc,
  type Fix,
  position,
  type Severity,
} from "../../flow/language/diagnostic.ts";
import { frame, type Paint, type Style } from "../../flow/language/frame.ts";
import type { SourceFile, Span } from "../../flow/language/node.ts";

/** Findings with their code frames, and their number. Coloured if the stream shows colours. */
export function formatText(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  stream?: NodeJS.WritableStream,
): string {
  const frames = diagnostics.length > 0 ? [formatFrames(diagnostics, files, stream)] : [];
  return [...frames, countFindings(diagnostics)].join("\n\n");
}

/** Findings with their code frames. Coloured if the stream shows colours. */
export function formatFrames(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  stream?: NodeJS.WritableStream,
): string {
  const texts = textsByPath(files);
  const paint = stream ? painter(stream) : undefined;
  return diagnostics.map((one) => frame(one, texts.get(one.file) ?? "", paint)).join("\n\n");
}

const COLOURS: Record<Style, Parameters<typeof styleText>[0]> = {
  error: "red",
  warning: "yellow",
  note: "cyan",
  advice: "blue",
  place: "bold",
  gutter: "dim",
};

// styleText itself asks the stream, NO_COLOR and FORCE_COLOR.
function painter(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(COLOURS[style], text, { stream });
}

const SEVERITIES = ["error", "warning", "note", "advice"] as const;

/** The number of findings in words: `2 errors, 1 warning`. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => {
    const many = diagnostics.filter((one) => one.severity === severity).length;
    return many === 0
      ? []
      : [severity === "advice" ? `${plural(many, "piece")} of advice` : plural(many, severity)];
  };
  const counts = SEVERITIES.flatMap(count);
  return counts.length > 0 ? counts.join(", ") : "no findings";
}

/** A number and its noun: `1 flow`, `3 flows`. */
export function plural(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? "" : "s"}`;
}

/** Findings as a JSON array; lines and columns count from 1, columns in UTF-16 units, ends are exclusive. */
export function formatJson(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): string {
  const texts = textsByPath(files);
  const findings = diagnostics.map(({ span, fix, ...rest }) => {
    const text = texts.get(rest.file) ?? "";
    return {
      ...rest,
      ...region(text, span),
      ...(fix ? { fix: { ...region(text, fix.span), text: fix.text } } : {}),
    };
  });
  return JSON.stringify(findings, null, 2);
}

function region(text: string, span: Span) {
  const start = position(text, span.start);
  const end = position(text, span.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Findings as a SARIF 2.1.0 log, with the rules' texts from `docs`. */
export function formatSarif(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  docs: readonly FindingDoc[],
): string {
  const texts = textsByPath(files);
  const rules = sarifRules(diagnostics, docs);
  const results = diagnostics.map((one) => sarifResult(one, texts.get(one.file) ?? "", rules));
  const driver = { name: "ringflow", rules };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  return JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

function sarifRules(diagnostics: readonly Diagnostic[], docs: readonly FindingDoc[]) {
  const byCode = new Map(docs.map((doc) => [doc.code, doc]));
  return [...new Set(diagnostics.map(({ code }) => code))].sort().map((id) => {
    const doc = byCode.get(id);
    return doc ? { id, shortDescription: { text: doc.summary } } : { id };
  });
}

function sarifResult(diagnostic: Diagnostic, text: string, rules: readonly { id: string }[]) {
  const { code, severity, message, hint, fix, file, span } = diagnostic;
  const artifactLocation = { uri: encodeURI(file) };
  return {
    ruleId: code,
    ruleIndex: rules.findIndex(({ id }) => id === code),
    level: severity === "advice" ? "note" : severity,
    message: { text: hint ? `${message} (${hint})` : message },
    locations: [{ physicalLocation: { artifactLocation, region: sarifRegion(text, span) } }],
    ...(fix ? { fixes: [sarifFix(fix, text, artifactLocation)] } : {}),
  };
}

function sarifRegion(text: string, span: Span) {
  const { line, column, endLine, endColumn } = region(text, span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function sarifFix({ span, text: inserted }: Fix, text: string, artifactLocation: { uri: string }) {
  const replacements = [{ deletedRegion: sarifRegion(text, span), insertedContent: { text: inserted } }];
  return {
    description: { text: "write the value as YAML needs it" },
    artifactChanges: [{ artifactLocation, replacements }],
  };
}

function textsByPath(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}
