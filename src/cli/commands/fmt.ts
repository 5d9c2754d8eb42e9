/** `ringflow fmt`: orders keys and formats flows, test files and calendars, without losing a comment. */
import { writeFile } from "node:fs/promises";
import { format } from "../../flow/format/format.ts";
import { formOf } from "../../flow/format/forms.ts";
import { isCalendarPath } from "../../flow/language/calendar.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { Kinds } from "../../flow/steps/registry.ts";
import { Problem } from "../problem.ts";
import { loadConfig } from "../project/config.ts";
import { isTest, readFiles, yamlFiles } from "../project/files.ts";
import { plural } from "../project/report.ts";

/** Options of `ringflow fmt`. */
export interface FmtOptions {
  /** Write nothing, and fail if a file is not formatted. */
  check?: boolean;
  out: NodeJS.WritableStream;
}

/**
 * Formats files, and those in folders.
 * @returns the exit code: 1 if a file cannot be read, or with `check`, if one is not formatted
 * @throws Problem if there is nothing to format
 */
export async function fmt(paths: readonly string[], { check = false, out }: FmtOptions): Promise<number> {
  const files = await readFiles(await yamlFiles(paths));
  if (files.length === 0) throw new Problem(`No flows found in ${paths.join(", ")}.`);
  const { kinds } = await loadConfig();
  const say = (line: string) => void out.write(`${line}\n`);
  const results = files.map((file) => ({ file, text: formatted(file, kinds) }));
  const unread = results.filter(({ text }) => text === undefined);
  for (const { file } of unread)
    say(`Not formatted: ${file.path} is not a flow that can be read; run ringflow check.`);
  const changed = results.flatMap(({ file, text }) =>
    text === undefined || text === file.text ? [] : [{ file, text }],
  );
  for (const { file, text } of changed) {
    if (!check) await writeFile(file.path, text);
    say(check ? `Not formatted: ${file.path}` : `Formatted ${file.path}.`);
  }
  say(`${plural(files.length, "file")}, ${changed.length} ${check ? "to format" : "formatted"}.`);
  return unread.length > 0 || (check && changed.length > 0) ? 1 : 0;
}

function formatted(file: SourceFile, kinds: Kinds): string | undefined {
  const name = isTest(file.path)
    ? "test"
    : isCalendarPath(file.path.replaceAll("\\", "/"))
      ? "calendar"
      : "flow";
  return format(file, formOf(name, kinds));
}
