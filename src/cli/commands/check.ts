/** `ringflow check`: errors and warnings in flows, and their automatic fixes. */
import { writeFile } from "node:fs/promises";
import { build, hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { findingDocs } from "../../flow/catalogue.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { applyFixes } from "../../flow/yaml/fix.ts";
import { Problem } from "../problem.ts";
import { buildFiles } from "../project/build-files.ts";
import { flowFiles, readFiles } from "../project/files.ts";
import { findWrong } from "../project/project.ts";
import { countFindings, formatFrames, formatJson, formatSarif, plural } from "../project/report.ts";
import { workerVariables } from "../project/variables.ts";

/** Formats of the report. */
export const FORMATS = ["text", "json", "sarif"] as const;
type Format = (typeof FORMATS)[number];

/** Options of `ringflow check`. */
export interface CheckOptions {
  format: Format;
  /** Applies the automatic fixes, then reports what is left. */
  fix?: boolean;
  /** A file for the report. The terminal then shows text. */
  file?: string;
  /** The report is written here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Checks flows, and folders with flows.
 * @returns the exit code: 1 if there is an error
 * @throws Problem if there is nothing to check
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const names = await flowFiles(paths);
  if (names.length === 0) throw new Problem(`No flows found in ${paths.join(", ")}. ${WHAT_IS_A_FLOW}`);
  const files = await readFiles(names);
  const notes = options.fix ? await writeFixes(files) : [];
  const checked = options.fix ? await readFiles(names) : files;
  const { diagnostics: found, flows, calendars } = await buildFiles(checked);
  const sources = [...checked, ...calendars];
  const diagnostics = [...found, ...findWrong(flows, await workerVariables())];
  const reports: Record<Format, Report> = {
    text: (stream) => [...notes, inText(diagnostics, sources, checked.length, stream)].join("\n\n"),
    json: () => formatJson(diagnostics, sources),
    sarif: () => formatSarif(diagnostics, sources, findingDocs),
  };
  await deliver(options, reports);
  return hasError(diagnostics) ? 1 : 0;
}

const WHAT_IS_A_FLOW = "A flow is a .yaml file; a .test.yaml file is a test.";

/** A report; coloured if its stream shows colours. */
type Report = (stream?: NodeJS.WritableStream) => string;

async function deliver({ format, file, out }: CheckOptions, reports: Record<Format, Report>): Promise<void> {
  if (file === undefined) {
    out.write(`${reports[format](out)}\n`);
    return;
  }
  await writeReport(file, reports[format]());
  out.write(`${reports.text(out)}\n`);
}

function inText(
  diagnostics: readonly Finding[],
  files: readonly SourceFile[],
  flows: number,
  stream?: NodeJS.WritableStream,
): string {
  const frames = diagnostics.length > 0 ? [formatFrames(diagnostics, files, stream)] : [];
  return [...frames, `${plural(flows, "flow")}, ${countFindings(diagnostics)}`].join("\n\n");
}

async function writeReport(path: string, report: string): Promise<void> {
  await writeFile(path, `${report}\n`).catch((error: Error) => {
    throw new Problem(`Cannot write the report to ${path}: ${error.message}`);
  });
}

/** Writes every file that a fix changes, and returns a note for each. */
async function writeFixes(files: readonly SourceFile[]): Promise<string[]> {
  const notes: string[] = [];
  for (const file of files) {
    const fixed = fixAll(file);
    if (fixed === file.text) continue;
    await writeFile(file.path, fixed);
    notes.push(`Fixed ${file.path}.`);
  }
  return notes;
}

// A fix can reveal another finding; five rounds are more than that has ever taken.
const ROUNDS = 5;

function fixAll(file: SourceFile): string {
  let text = file.text;
  for (let round = 0; round < ROUNDS; round++) {
    const fixed = applyFixes(text, build([{ ...file, text }]).diagnostics);
    if (fixed === text) break;
    text = fixed;
  }
  return text;
}
