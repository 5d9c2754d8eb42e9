/** Findings as workflow commands of GitHub Actions, which show as annotations in a pull request. */
import { relative, resolve } from "node:path";
import { type Diagnostic, position, type Severity } from "../../flow/language/diagnostic.ts";
import type { SourceFile } from "../../flow/language/node.ts";

/** Findings as annotations, one in each line. Columns count from 1; `endColumn` is exclusive. */
export function formatGithub(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  workspace = process.env.GITHUB_WORKSPACE,
): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return diagnostics.map((one) => annotation(one, texts.get(one.file) ?? "", workspace)).join("\n");
}

const COMMANDS: Record<Severity, string> = {
  error: "error",
  warning: "warning",
  note: "notice",
  advice: "notice",
};

function annotation(diagnostic: Diagnostic, text: string, workspace: string | undefined): string {
  const { code, severity, message, hint, file } = diagnostic;
  const properties = {
    file: inRepository(file, workspace),
    ...placeOf(diagnostic, text),
    title: `ringflow: ${code}`,
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapedProperty(String(value))}`,
  );
  const data = escapedData(hint === undefined ? message : `${message}\n${hint}`);
  return `::${COMMANDS[severity]} ${written.join(",")}::${data}`;
}

// GitHub drops the columns of an annotation that spans lines, so they are left out.
function placeOf({ span }: Diagnostic, text: string): Readonly<Record<string, number>> {
  const start = position(text, span.start);
  const end = position(text, span.end);
  if (end.line > start.line) return { line: start.line, endLine: end.line };
  return { line: start.line, col: start.column, endLine: end.line, endColumn: end.column };
}

// GitHub reads paths from the root of the repository, which the project can be a folder of.
function inRepository(file: string, workspace: string | undefined): string {
  const path = workspace ? relative(workspace, resolve(file)) : file;
  return (path.startsWith("..") ? file : path).replaceAll("\\", "/");
}

/** Escapes as the runner reads it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
