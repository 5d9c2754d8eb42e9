/** The environment variables on this machine: `[vars]` of wrangler.toml, overridden by `.dev.vars`. */
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { parse, type TomlTable } from "smol-toml";
import { messageOf } from "../../program/message-of.ts";
import { Problem } from "../problem.ts";

/** Variables by name; empty if neither file exists. Throws Problem if wrangler.toml is not valid TOML. */
export async function workerVariables(): Promise<Record<string, string>> {
  return { ...(await deployedVariables()), ...(await developmentVariables()) };
}

/** What a deploy sets: the texts under `[vars]` of wrangler.toml. The Worker passes no other values to flows. */
export async function deployedVariables(): Promise<Record<string, string>> {
  const { vars } = parseToml(await readOr("wrangler.toml", ""));
  if (typeof vars !== "object") return {};
  const entries = Object.entries(vars);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** What only development has: `.dev.vars`, with its secrets. */
export async function developmentVariables(): Promise<Record<string, string>> {
  const variables = parseEnv(await readOr(".dev.vars", ""));
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? ""]));
}

function parseToml(text: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    throw new Problem(`wrangler.toml is not valid TOML. ${messageOf(error).trimEnd()}`);
  }
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, "utf8").catch(() => otherwise);
}
