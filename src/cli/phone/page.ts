/** The phone's page, bundled in memory from `src/phone/page`. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { messageOf } from "../../program/message-of.ts";

/** A file for the browser. */
export interface PageFile {
  type: string;
  body: Buffer;
  gzipped: Buffer;
  etag: string;
}

/** Files by their paths. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const FOLDER = fileURLToPath(new URL("../../phone/page", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  map: "application/json",
};

/** Bundles the page. Never throws: if bundling fails, the page says why. */
export async function bundlePage(): Promise<PageFiles> {
  try {
    const [html, bundled] = await Promise.all([readFile(`${FOLDER}/index.html`, "utf8"), bundleScript()]);
    const scripts = bundled.map(({ path, contents }): [string, PageFile] => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return [`/phone/${name}`, fileOf(name, contents)];
    });
    return new Map([["/", fileOf("index.html", Buffer.from(html))], ...scripts]);
  } catch (error) {
    return new Map([["/", fileOf("index.html", Buffer.from(sorry(error)))]]);
  }
}

async function bundleScript(): Promise<{ path: string; contents: Uint8Array }[]> {
  const { outputFiles } = await build({
    entryPoints: [`${FOLDER}/main.tsx`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    outdir: "phone",
    write: false,
    logLevel: "silent",
  });
  return outputFiles;
}

function fileOf(name: string, contents: Uint8Array): PageFile {
  const body = Buffer.from(contents);
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { type, body, gzipped: gzipSync(body), etag: `"${hash}"` };
}

function sorry(error: unknown): string {
  const why = messageOf(error).replace(/[<&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<!doctype html><html lang="en"><title>Ringflow</title><h1>The phone's page cannot be shown</h1>
<p>It could not be bundled. The flows still answer calls: <code>npx ringflow call</code>.</p><pre>${why}</pre></html>`;
}
