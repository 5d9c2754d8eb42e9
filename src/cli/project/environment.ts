/**
 * The environment of wrangler.toml that a command is about: `[env.staging]`, or the settings at the top. It is where wrangler
 * looks for it, so that each wrangler that a command runs has the same.
 */
import { existsSync } from "node:fs";

const VARIABLE = "CLOUDFLARE_ENV";
/** What the command was started with. */
const given = process.env[VARIABLE] ?? "";

/** Takes the environment of the option `--env`; without one, that of wrangler's own variable. */
export function chooseEnvironment(name = given): void {
  process.env[VARIABLE] = name;
}

/** Its name; empty for the settings at the top. */
export function environment(): string {
  return process.env[VARIABLE] ?? "";
}

/** The table of wrangler.toml with its variables. */
export function varsTable(): string {
  return environment() === "" ? "[vars]" : `[env.${environment()}.vars]`;
}

/** The file with its secrets on this machine, as wrangler chooses it: an environment can have one of its own. */
export function devVarsFile(): string {
  const own = `.dev.vars.${environment()}`;
  return environment() !== "" && existsSync(own) ? own : ".dev.vars";
}

/** How to run a command of Ringflow's for the same environment. */
export function npxRingflow(command: string): string {
  return `npx ringflow ${command}${environmentOption()}`;
}

/** How to set a secret of the deployed Worker. */
export function secretPut(name: string): string {
  return `npx wrangler secret put ${name}${environmentOption()}`;
}

/** The option that passes it on; empty for the settings at the top. */
export function environmentOption(): string {
  return environment() === "" ? "" : ` --env ${environment()}`;
}
