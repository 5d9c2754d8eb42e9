/** `ringflow check`: errors and warnings in flows and their test files, and automatic fixes. */
import type { BreakingCall } from "../../explore/promises/findings.ts";
import { advise } from "../../flow/advise.ts";
import { hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { findingDocs } from "../../flow/catalogue.ts";
import { hasOwn, ownFindings } from "../../flow/config/config.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { Problem } from "../problem.ts";
import { type BuiltFiles, buildFiles, checkFiles } from "../project/build-files.ts";
import { flowFiles, flowsFor, readFiles, testFiles } from "../project/files.ts";
import { formatGithub } from "../project/github.ts";
import { findUnwatched, findWrong } from "../project/project.ts";
import { countFindings, formatFrames, formatJson, formatSarif, plural } from "../project/report.ts";
import { writeReport } from "../project/report-file.ts";
import { writeSchema } from "../project/schema.ts";
import { workerVariables } from "../project/variables.ts";

/** Formats of the report; `github` is text, then annotations. */
type Format = "text" | "json" | "sarif" | "github";

/** Options of `ringflow check`. */
export interface CheckOptions {
  format: Format;
  /** Applies the automatic fixes, then reports what is left. */
  fix?: boolean;
  /** Whether promises are proved or refuted. */
  promises?: boolean;
  /** Appends the calls that break promises to the flows' tests. */
  writeTests?: boolean;
  /** Whether advice is given as well; it is, if left out. */
  advice?: boolean;
  /** A file for the report. The terminal then shows text. */
  file?: string;
  /** The report is written here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Checks flows and test files, and folders of both.
 * @returns the exit code: 1 if there is an error
 * @throws Problem if there is nothing to check
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const names = await flowFiles(paths);
  const testNames = await testFiles(paths);
  if (names.length === 0 && testNames.length === 0)
    throw new Problem(`No flows found in ${paths.join(", ")}. ${WHAT_IS_A_FLOW}`);
  // A flow with an error still exists: a test can name it.
  const known = (await flowsFor(testNames, names)).map(flowName);
  const notes = options.fix
    ? await (await import("../project/fix-files.ts")).fixFiles(names, testNames, known)
    : [];
  const [checked, tests] = await Promise.all([readFiles(names), readFiles(testNames)]);
  // Most checks need no Programs: they explore nothing.
  const built = options.promises ? await buildFiles(checked) : undefined;
  const { diagnostics: found, flows, calendars, config } = built ?? (await checkFiles(checked));
  if (hasOwn(config)) (await import("../play/examples.ts")).refuseExamples(config);
  await writeSchema(config);
  const sources = [...checked, ...calendars, ...tests];
  const promised = built && (await (await import("../promises/promised.ts")).promisesOf(built));
  const diagnostics = [
    ...found,
    ...(promised?.findings ?? []),
    ...findWrong(flows, await workerVariables()),
    ...(await findUnwatched(flows)),
    ...tests.flatMap((test) => readScenarios(test, known).diagnostics),
    ...(options.advice === false ? [] : advise(flows, config.advice)),
  ];
  const counted = [
    plural(checked.length, "flow"),
    ...(tests.length > 0 ? [plural(tests.length, "test file")] : []),
    ...(promised ? [plural(promised.count, "promise")] : []),
  ];
  const calls = promised ? await shownCalls(promised.calls, built, options) : [];
  const text: Report = (stream) =>
    [...notes, inText(diagnostics, sources, counted, stream, calls)].join("\n\n");
  const reports: Record<Format, Report> = {
    text,
    github: (stream) => inGithub(diagnostics, sources, text(stream)),
    json: () => formatJson(diagnostics, sources),
    sarif: () => formatSarif(diagnostics, sources, [...findingDocs, ...ownFindings(config)]),
  };
  await deliver(options, reports);
  return hasError(diagnostics) ? 1 : 0;
}

/** The calls that break promises, to paste; or that they were written. */
async function shownCalls(
  calls: readonly BreakingCall[],
  built: BuiltFiles,
  { writeTests }: CheckOptions,
): Promise<string[]> {
  if (!writeTests) return (await import("../promises/promised.ts")).inYaml(calls);
  // It plays the calls, and so loads the Worker and the scripted phone.
  const { writePromiseTests } = await import("../promises/write-tests.ts");
  return writePromiseTests(calls, built, await workerVariables());
}

const WHAT_IS_A_FLOW = "A flow is a .yaml file outside a folder `calendars`.";

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

function inGithub(diagnostics: readonly Finding[], files: readonly SourceFile[], text: string): string {
  return diagnostics.length > 0 ? `${text}\n${formatGithub(diagnostics, files)}` : text;
}

function inText(
  diagnostics: readonly Finding[],
  files: readonly SourceFile[],
  counted: readonly string[],
  stream: NodeJS.WritableStream | undefined,
  calls: readonly string[],
): string {
  const frames = diagnostics.length > 0 ? [formatFrames(diagnostics, files, stream)] : [];
  return [...frames, ...calls, [...counted, countFindings(diagnostics)].join(", ")].join("\n\n");
}
