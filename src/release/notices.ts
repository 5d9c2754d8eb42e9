/** THIRD-PARTY.md: the licences of everything that the package's bundles hold. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { readPackage } from "./manifest.ts";

/** What is bundled without a metafile: it is listed by bundling it once more. */
const OTHERS = ["src/dev.ts", "src/worker/outgoing.ts", "src/phone/page/main.tsx"];

const INTRODUCTION = `# Third-party notices

The code of this package in \`dist/\` holds the libraries below, or parts of them. Everything else in it is Ringflow's own, under the
MIT licence in LICENSE. What \`npm install\` adds as a dependency has its own licence in its own folder.

Audio: `;

/** @param bundles what went into the bundles of the command line and of the Worker */
export async function notices(bundles: readonly Metafile[]): Promise<string> {
  const files = [...bundles, await listOthers()].flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap(folderOf));
  const parts = await Promise.all([...folders].sort().map(notice));
  const audio = await readFile("src/cli/templates/audio/README.md", "utf8");
  return `${INTRODUCTION}${audio}\n${parts.join("\n")}`;
}

async function listOthers(): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: OTHERS,
    bundle: true,
    write: false,
    outdir: "unwritten",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    external: ["cloudflare:*", "node:*", "*/programs.txt", "*/functions.js"],
    metafile: true,
    logLevel: "error",
  });
  return metafile;
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
