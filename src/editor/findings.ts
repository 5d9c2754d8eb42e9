/** Findings as an editor shows them, and their fixes. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Finding } from "../flow/catalogue.ts";
import type { Fix, Severity } from "../flow/language/diagnostic.ts";
import { applyFixes } from "../flow/yaml/fix.ts";
import { rangeOf } from "./ranges.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
  advice: DiagnosticSeverity.Information,
};

/** A finding as the protocol has it. */
export function toDiagnostic(document: TextDocument, finding: Finding): Diagnostic {
  const { span, severity, code, message, hint } = finding;
  return {
    range: rangeOf(document, { start: span.start, end: Math.max(span.end, span.start + 1) }),
    severity: SEVERITIES[severity],
    code,
    source: "ringflow",
    message: hint === undefined ? message : `${message}\n${hint}`,
  };
}

/** The fixes of the findings in a range, the names that were probably meant, and what `check --fix` does to the file. */
export function fixesIn(
  document: TextDocument,
  findings: readonly Finding[],
  range: Range,
  uri: string,
): CodeAction[] {
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const here = findings.filter(({ span }) => span.start <= to && from <= Math.max(span.end, span.start + 1));
  const single = here.flatMap((finding): CodeAction[] => {
    const fix = finding.fix ?? meantIn(document, finding);
    if (!fix) return [];
    const edit = { range: rangeOf(document, fix.span), newText: fix.text };
    return [
      {
        title: titleOf(document, finding.code, fix),
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(document, finding)],
        isPreferred: true,
        edit: { changes: { [uri]: [edit] } },
      },
    ];
  });
  return [...single, ...fixAll(document, fixable, uri)];
}

/** A name, with the quotes around it. */
const NAME = /^(["']?)[\w.-]+\1$/;

function meantIn(document: TextDocument, { span, meant }: Finding): Fix | undefined {
  const [, quote] = NAME.exec(document.getText().slice(span.start, span.end)) ?? [];
  return meant === undefined || quote === undefined ? undefined : { span, text: quote + meant + quote };
}

function titleOf(document: TextDocument, code: string, { span, text }: Fix): string {
  const written = document.getText().slice(span.start, span.end);
  if (text === "") return `Remove ${short(written)} (${code})`;
  return written === "" ? `Write ${short(text)} (${code})` : `Replace with ${short(text)} (${code})`;
}

const LONGEST = 60;

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function fixAll(document: TextDocument, fixable: readonly Finding[], uri: string): CodeAction[] {
  if (fixable.length === 0) return [];
  const text = document.getText();
  const edit = {
    range: rangeOf(document, { start: 0, end: text.length }),
    newText: applyFixes(text, fixable),
  };
  return [
    {
      title: "Fix all that Ringflow can fix in this file",
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [uri]: [edit] } },
    },
  ];
}
