/** `ringflow`: checks and compiles flows from code. */
import { buildFiles } from "../cli/project/build-files.ts";
import { hasError } from "../flow/build.ts";
import { position, type Severity } from "../flow/language/diagnostic.ts";
import { isMap } from "../program/is-map.ts";

/** A flow as text. Audio files and calendars are looked for next to its path. */
export interface FlowFile {
  /** The flow is named after the file: `flows/front-desk.yaml` is `front-desk`. */
  path: string;
  /** The YAML. */
  text: string;
}

/** What is wrong in a file. Lines and columns count from 1, columns in UTF-16 units. */
export interface FlowFinding {
  /** A code of docs/findings.md, such as `unknown-step`. */
  code: string;
  /** An error keeps flows from being compiled. */
  severity: Severity;
  file: string;
  line: number;
  column: number;
  message: string;
  hint?: string;
}

/** The result of building flows. */
export interface BuiltFlows {
  findings: FlowFinding[];
  /** The compiled flows, for `worker` of `ringflow/worker`; undefined if there is an error. */
  programs: string | undefined;
}

/**
 * Checks flows, and compiles them. Never throws for the content of a file: every error in it is a finding.
 * @throws TypeError if it gets something else than files
 */
export async function buildFlows(files: readonly FlowFile[]): Promise<BuiltFlows> {
  // JavaScript can pass anything.
  if (!Array.isArray(files) || !files.every(isFile)) throw new TypeError(NO_FILES);
  const { diagnostics, programs, calendars } = await buildFiles(files);
  const texts = new Map([...files, ...calendars].map(({ path, text }) => [path, text]));
  const findings = diagnostics.map(({ code, severity, file, span, message, hint }): FlowFinding => {
    const { line, column } = position(texts.get(file) ?? "", span.start);
    return { code, severity, file, line, column, message, ...(hint !== undefined && { hint }) };
  });
  return { findings, programs: hasError(diagnostics) ? undefined : JSON.stringify(programs) };
}

function isFile(file: unknown): boolean {
  return isMap(file) && typeof file.path === "string" && typeof file.text === "string";
}

const NO_FILES = 'buildFlows takes a list of files, such as [{ path: "flows/menu.yaml", text }].';
