/** A flow's diagram as a PNG, by resvg: it needs no browser. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Problem } from "../problem.ts";

/** 4 MB, native, and few need it: the project installs it. */
const RESVG = "@resvg/resvg-js";
/** Twice the size, for screens with many pixels and for print; wider pictures than this are shrunk. */
const SCALE = 2;
const WIDEST = 12_000;

interface Resvg {
  Resvg: new (
    svg: string,
    options: {
      fitTo: { mode: "zoom"; value: number };
      font: { loadSystemFonts: boolean; defaultFontFamily: string };
    },
  ) => { render(): { asPng(): Uint8Array } };
}

/**
 * @param width the width of the SVG, in pixels
 * @throws Problem if the library is not installed
 */
export async function pngOf(svg: string, width: number): Promise<Uint8Array> {
  const { Resvg } = await load();
  const value = Math.min(SCALE, WIDEST / width);
  const font = { loadSystemFonts: true, defaultFontFamily: "Liberation Sans" };
  return new Resvg(svg, { fitTo: { mode: "zoom", value }, font }).render().asPng();
}

async function load(): Promise<Resvg> {
  const found = await importFrom(import.meta.url).catch(() =>
    importFrom(pathToFileURL(join(process.cwd(), "package.json")).href).catch(() => undefined),
  );
  if (isResvg(found)) return found;
  throw new Problem(
    `A PNG needs the library ${RESVG} (4 MB): npm install --save-dev ${RESVG}. An SVG and an HTML page need nothing.`,
  );
}

async function importFrom(place: string): Promise<unknown> {
  return import(pathToFileURL(createRequire(place).resolve(RESVG)).href);
}

function isResvg(found: unknown): found is Resvg {
  return typeof found === "object" && found !== null && "Resvg" in found && typeof found.Resvg === "function";
}
