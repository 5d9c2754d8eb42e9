/** The phone's page: bundled in memory from `src/phone/page`, or as the package has it. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { messageOf } from "../../program/message-of.ts";
import { isPackaged, ownPath } from "../installation.ts";

/** A file for the browser. */
export interface PageFile {
  type: string;
  body: Buffer;
  gzipped: Buffer;
  etag: string;
}

/** Files by their paths. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const FOLDER = ownPath("src/phone/page", "dist/page");
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  map: "application/json",
};

/** Bundles the page. Never throws: if bundling fails, the page says why. */
export async function bundlePage(): Promise<PageFiles> {
  try {
    const parts = isPackaged ? await readParts() : await bundleParts();
    return new Map(
      parts.map(({ name, contents }) => [name === HTML ? "/" : `/phone/${name}`, fileOf(name, contents)]),
    );
  } catch (error) {
    return new Map([["/", fileOf(HTML, Buffer.from(sorry(error)))]]);
  }
}

const HTML = "index.html";

/** A part of the page: its document, its script, or its style. */
interface Part {
  name: string;
  contents: Uint8Array;
}

async function readParts(): Promise<Part[]> {
  const names = await readdir(FOLDER);
  return Promise.all(names.map(async (name) => ({ name, contents: await readFile(join(FOLDER, name)) })));
}

/** Bundles the page's parts, as the package ships them. */
export async function bundleParts(): Promise<Part[]> {
  const [html, bundled] = await Promise.all([readFile(join(FOLDER, HTML)), bundleScript()]);
  return [
    { name: HTML, contents: html },
    ...bundled.map(({ path, contents }) => ({ name: basename(path), contents })),
  ];
}

async function bundleScript(): Promise<{ path: string; contents: Uint8Array }[]> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(FOLDER, "main.tsx")],
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
