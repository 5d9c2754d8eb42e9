/** `ringflow check --fix`. */
import { writeFile } from "node:fs/promises";
import { build } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { NO_AUDIO } from "../../flow/language/audio.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { applyFixes } from "../../flow/yaml/fix.ts";
import { loadConfig } from "./config.ts";
import { readFiles } from "./files.ts";

/**
 * Applies the automatic fixes of flows and test files, and returns a note for each file that changes.
 * @param known the names of the flows that tests can name
 */
export async function fixFiles(
  flows: readonly string[],
  tests: readonly string[],
  known: readonly string[],
): Promise<string[]> {
  const config = await loadConfig();
  return [
    ...(await writeFixes(await readFiles(flows), (file) => build([file], NO_AUDIO, {}, config).diagnostics)),
    ...(await writeFixes(await readFiles(tests), (file) => readScenarios(file, known).diagnostics)),
  ];
}

/** The findings of one file on its own. */
type Look = (file: SourceFile) => readonly Finding[];

/** Writes every file that a fix changes, and returns a note for each. */
async function writeFixes(files: readonly SourceFile[], look: Look): Promise<string[]> {
  const notes: string[] = [];
  for (const file of files) {
    const fixed = fixedText(file, look);
    if (fixed === file.text) continue;
    await writeFile(file.path, fixed);
    notes.push(`Fixed ${file.path}.`);
  }
  return notes;
}

// A fix can reveal another finding; five rounds are more than that has ever taken.
const ROUNDS = 5;

function fixedText(file: SourceFile, look: Look): string {
  let text = file.text;
  for (let round = 0; round < ROUNDS; round++) {
    const fixed = applyFixes(text, look({ ...file, text }));
    if (fixed === text) break;
    text = fixed;
  }
  return text;
}
