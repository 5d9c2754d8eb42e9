/** `ringflow docs`: the pages and the schema that are generated from the code. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { calendarSchema, flowSchema } from "../../flow/shape/json-schema.ts";
import type { AnyKind } from "../../flow/steps/kind.ts";
import { kinds } from "../../flow/steps/registry.ts";
import { findingsPage } from "../docs/docs-findings.ts";
import { languagePage } from "../docs/docs-language.ts";
import { kindPage, kindsIndex } from "../docs/docs-steps.ts";
import { studioPage } from "../docs/docs-studio.ts";
import { twimlTable } from "../docs/docs-twiml.ts";

/** Where each step kind has its page. */
const STEPS = "docs/steps";

/** A generated file: its path from the project's root, and its text. */
export interface Page {
  path: string;
  text: string;
}

/**
 * Writes the generated files; with `check`, only reports the ones that are out of date.
 * @param generated all files that there should be
 * @returns the exit code: 1 if one is out of date and was not written
 */
export async function docs(options: { check: boolean }, generated = pages()): Promise<number> {
  const all = await generated;
  const stale: Page[] = [];
  for (const page of all) if ((await readOr(page.path, "")) !== page.text) stale.push(page);
  const left = await leftOver(all);
  if (options.check) {
    for (const { path } of stale) console.error(`${path} is out of date. Run: npm run docs`);
    for (const path of left) console.error(`${path} belongs to no step kind. Run: npm run docs`);
    return stale.length + left.length > 0 ? 1 : 0;
  }
  await mkdir(STEPS, { recursive: true });
  for (const { path, text } of stale) {
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
  for (const path of left) {
    await rm(path);
    console.log(`removed ${path}`);
  }
  if (stale.length + left.length === 0) console.log("All pages are up to date.");
  return 0;
}

/** Pages of kinds that no longer exist. */
async function leftOver(all: readonly Page[]): Promise<string[]> {
  const known = new Set(all.map(({ path }) => path));
  const files = await readdir(STEPS).catch(() => []);
  return files.map((file) => `${STEPS}/${file}`).filter((path) => !known.has(path));
}

async function pages(): Promise<readonly Page[]> {
  const page = async (kind: AnyKind) => ({ path: `${STEPS}/${kind.name}.md`, text: await kindPage(kind) });
  const [language, studio, ...steps] = await Promise.all([languagePage(), studioPage(), ...kinds.map(page)]);
  return [
    { path: "docs/language.md", text: language },
    { path: "docs/studio.md", text: studio },
    { path: `${STEPS}/README.md`, text: kindsIndex() },
    ...steps,
    { path: "docs/findings.md", text: findingsPage() },
    { path: "docs/twiml.md", text: twimlTable() },
    { path: "flow.schema.json", text: `${JSON.stringify(flowSchema(), null, 1)}\n` },
    { path: "calendar.schema.json", text: `${JSON.stringify(calendarSchema(), null, 1)}\n` },
  ];
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, "utf8").catch(() => otherwise);
}
