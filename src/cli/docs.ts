/** `ringflow docs`: the pages and the schema that are made from the code. */
import { readFile, writeFile } from "node:fs/promises";
import { flowSchema } from "../flow/json-schema.ts";
import { findingsPage } from "./docs-findings.ts";
import { languagePage } from "./docs-language.ts";
import { twimlTable } from "./docs-twiml.ts";

/** A generated file: its path from the project's root, and what has to be in it. */
interface Page {
  path: string;
  text: string;
}

/**
 * Writes the generated files; with `check`, only tells which of them are not up to date.
 * @returns the exit code: 1 where one was not up to date and has not been written
 */
export async function docs(options: { check: boolean }): Promise<number> {
  const stale: Page[] = [];
  for (const page of await pages()) if ((await readOr(page.path, "")) !== page.text) stale.push(page);
  if (options.check) {
    for (const { path } of stale) console.error(`${path} is not up to date. Run: npm run docs`);
    return stale.length > 0 ? 1 : 0;
  }
  for (const { path, text } of stale) {
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
  return 0;
}

async function pages(): Promise<Page[]> {
  return [
    { path: "docs/language.md", text: await languagePage() },
    { path: "docs/findings.md", text: findingsPage() },
    { path: "docs/twiml.md", text: twimlTable() },
    { path: "flow.schema.json", text: `${JSON.stringify(flowSchema(), null, 2)}\n` },
  ];
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, "utf8").catch(() => otherwise);
}
