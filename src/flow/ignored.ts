/** Findings that their file silences in place, and what is wrong with the comments that do it. */
import type { Finding } from "./catalogue.ts";
import { type CodeOf, nearest, position } from "./language/diagnostic.ts";
import { type Ignore, type ignoreFindings, readIgnores } from "./language/ignore.ts";
import type { SourceFile } from "./language/node.ts";

type Code = CodeOf<typeof ignoreFindings>;

/** What is judged at one stage of the check. */
export interface Stage {
  /** Whether findings with this code are made at this stage. */
  isJudged(code: string): boolean;
  /** The codes of all findings, for "did you mean". */
  codes: readonly string[];
  /** Whether every finding of a file is known: not if an error hides others. */
  isWhole(file: SourceFile): boolean;
}

/** The findings without those that their files silence, and findings about the comments themselves. */
export function withoutIgnored(
  findings: readonly Finding[],
  files: readonly SourceFile[],
  stage: Stage,
): Finding[] {
  const ignores = files.flatMap((file) => readIgnores(file.text).map((ignore) => ({ file, ignore })));
  if (ignores.length === 0) return [...findings];
  const used = new Set<Ignore>();
  const left = findings.filter((finding) => {
    const by = ignores.filter(({ file, ignore }) => silences(ignore, file, finding));
    for (const { ignore } of by) used.add(ignore);
    return by.length === 0;
  });
  const about = ignores.flatMap(({ file, ignore }): Finding[] => {
    const found = stage.isJudged(ignore.code) ? problemOf(ignore, file, used, stage) : undefined;
    return found ? [{ ...found, severity: "warning", file: file.path, span: ignore.span }] : [];
  });
  return [...left, ...about];
}

function silences({ code, line }: Ignore, { path, text }: SourceFile, finding: Finding): boolean {
  if (finding.severity === "error" || finding.code !== code || finding.file !== path) return false;
  return position(text, finding.span.start).line === line;
}

function problemOf(
  ignore: Ignore,
  file: SourceFile,
  used: ReadonlySet<Ignore>,
  { codes, isWhole }: Stage,
): { code: Code; message: string } | undefined {
  const { code, why, line } = ignore;
  if (code === "" || why === "") {
    const message = "this does not say why the finding is right here; write `# ringflow-ignore <code>: why`";
    return { code: "ignore-without-reason", message };
  }
  if (used.has(ignore) || !isWhole(file)) return undefined;
  return { code: "idle-ignore", message: idleBecause(code, line, codes) };
}

function idleBecause(code: string, line: number, codes: readonly string[]): string {
  if (codes.includes(code)) return `there is no \`${code}\` on line ${line}; remove this comment`;
  const meant = nearest(code, codes);
  return `there is no finding \`${code}\`; ${meant === undefined ? "remove this comment" : `did you mean ${meant}?`}`;
}
