/** The environment variables on this machine: those of wrangler.toml, overridden by `.dev.vars`. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { parse, type TomlTable, type TomlValue } from "smol-toml";
import { nearest } from "../../flow/language/diagnostic.ts";
import { messageOf } from "../../program/message-of.ts";
import { Problem } from "../problem.ts";
import { devVarsFile, environment } from "./environment.ts";

const SETTINGS = "wrangler.toml";

/** Variables by name; empty if neither file exists. Throws Problem if wrangler.toml is wrong, or lacks the environment. */
export async function workerVariables(): Promise<Record<string, string>> {
  return { ...(await deployedVariables()), ...(await developmentVariables()) };
}

/** What a deploy sets: the texts under `vars` of wrangler.toml. The Worker passes no other values to flows. */
export async function deployedVariables(): Promise<Record<string, string>> {
  const { vars } = await settingsHere();
  if (!isTable(vars)) return {};
  const entries = Object.entries(vars);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** What only development has: `.dev.vars`, with its secrets. */
export async function developmentVariables(): Promise<Record<string, string>> {
  const variables = parseEnv(await readOr(devVarsFile(), ""));
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? ""]));
}

/**
 * Makes sure that the environment has the KV namespace that every call needs.
 * @throws Problem if it has none
 */
export async function requireNamespace(): Promise<void> {
  const { kv_namespaces: namespaces } = await settingsHere();
  const name = environment();
  const has = Array.isArray(namespaces) && namespaces.some((one) => isTable(one) && one.binding === "CALLS");
  if (name === "" || has) return;
  throw new Problem(
    `[env.${name}] of wrangler.toml has no KV namespace CALLS, and inherits none. Add it, and the Durable Objects that it should have:\n` +
      `[[env.${name}.kv_namespaces]]\nbinding = "CALLS"`,
  );
}

/** Whether the Worker has a Durable Object of this name; undefined without a wrangler.toml. */
export async function hasObject(name: string): Promise<boolean | undefined> {
  if (!existsSync(SETTINGS)) return undefined;
  const { durable_objects: objects } = await settingsHere();
  const bindings = isTable(objects) && Array.isArray(objects.bindings) ? objects.bindings : [];
  return bindings.some((one) => isTable(one) && one.name === name);
}

/** The settings of the environment that are not inherited: its variables and bindings. */
async function settingsHere(): Promise<TomlTable> {
  const settings = parseToml(await readOr(SETTINGS, ""));
  const name = environment();
  if (name === "") return settings;
  const environments = isTable(settings.env) ? settings.env : {};
  const found = environments[name];
  if (isTable(found)) return found;
  throw new Problem(
    `wrangler.toml has no environment [env.${name}].${adviceFor(name, Object.keys(environments))}`,
  );
}

function adviceFor(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return names.length > 0
    ? ` It has ${names.join(", ")}.`
    : ` Add it with its variables and bindings, from [env.${name}.vars] on.`;
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
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
