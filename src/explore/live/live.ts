/** The part of a call's state that can still matter, as a set of keys. */
import type { Scope } from "../../program/program.ts";

/**
 * What can still matter, by key, and whether its value decides something; if not, it matters only whether it is empty.
 * `vars.…`, `slot.…` and `trail` are of the flow that runs there, all other keys of the call.
 */
export type Live = ReadonlyMap<string, boolean>;

/** Whether a key is of the flow that runs, and not of the call. */
export function isLocal(key: string): boolean {
  return key.startsWith("vars.") || key.startsWith("slot.") || key === "trail" || key === "vars";
}

/** Adds what is live elsewhere to what is live here. */
export function addLive(
  to: Map<string, boolean>,
  from: Live,
  keep: (key: string) => boolean = () => true,
): void {
  for (const [key, decides] of from) if (keep(key)) to.set(key, decides || to.get(key) === true);
}

/** The name of a block in the whole program. */
export function blockName(step: string, block: string): string {
  return `${step} ${block}`;
}

/** The key of a persistent variable, which all flows share; undefined for other keys. */
export function persistentKey(key: string, { variables }: Scope): string | undefined {
  const keep = key.startsWith("vars.") ? variables[key.slice("vars.".length)]?.keep : undefined;
  return keep === undefined ? undefined : `kept.${keep}`;
}
