/** The Worker's text variables as they are set locally: `[vars]` of wrangler.toml, then `.dev.vars` over them. */
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { parse } from "smol-toml";

/** Variables by name; empty where neither file is there. Throws where wrangler.toml is no TOML. */
export async function workerVariables(): Promise<Record<string, string>> {
  return { ...(await deployedVariables()), ...(await developmentVariables()) };
}

/** What a deploy sets: `[vars]` of wrangler.toml. */
export async function deployedVariables(): Promise<Record<string, string>> {
  const { vars } = parse(await readOr("wrangler.toml", ""));
  if (typeof vars !== "object") return {};
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, String(value)]));
}

/** What only development has: `.dev.vars`, secrets among it. */
export async function developmentVariables(): Promise<Record<string, string>> {
  const variables = parseEnv(await readOr(".dev.vars", ""));
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? ""]));
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, "utf8").catch(() => otherwise);
}
