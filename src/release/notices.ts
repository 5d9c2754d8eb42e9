/** THIRD-PARTY.md: the licences of everything that the package's bundles hold. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { readPackage } from "./package-json.ts";

const INTRODUCTION = `# Third-party notices

The code of this package in \`dist/\` holds the libraries below, or parts of them. Everything else in it is Ringflow's own, under the
MIT licence in LICENSE. What \`npm install\` adds as a dependency has its own licence in its own folder.

Audio: `;

/** @param bundles what went into the bundles */
export async function notices(bundles: readonly Metafile[]): Promise<string> {
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap(folderOf));
  const parts = await Promise.all([...folders].sort().map(notice));
  const audio = await readFile("src/cli/templates/audio/README.md", "utf8");
  return `${INTRODUCTION}${audio}\n${parts.join("\n")}`;
}

/** The folder of the package that a file belongs to, if it is a library's. */
function folderOf(path: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.slice(0, 1) ?? [];
}

async function notice(folder: string): Promise<string> {
  const found = await readPackage(folder);
  const text = (await licenceIn(folder)) ?? `${found.license}, as its package.json says.`;
  const source = `https://www.npmjs.com/package/${found.name}`;
  const head = `## ${found.name} ${found.version}\n\nLicence: ${found.license}. Source: ${source}`;
  return `${head}\n\n\`\`\`\n${text.trim()}\n\`\`\`\n`;
}

/** The text of a licence, from the file that has one. */
async function licenceIn(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((file) => /^(licen[cs]e|copying)/i.test(file));
  return name === undefined ? undefined : readFile(join(folder, name), "utf8");
}
