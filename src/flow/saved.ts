/** What a step keeps of the webhook that answers it. */
import type { Op } from "../program/program.ts";
import type { Compiler } from "./compiler.ts";
import type { Saved } from "./schema.ts";

/**
 * The ops that keep parameters of the webhook, or what stands in one that is JSON: `HandoffData.reason`. Where there is
 * nothing, or it does not fit its variable, that takes its default.
 */
export function keepParams(saved: Saved | undefined, { facts }: Compiler): Op[] {
  return Object.entries(saved ?? {}).map(([variable, place]): Op => {
    const [param = "", ...path] = place.split(".");
    const to = { variable };
    const from = { value: facts.variables[variable]?.default ?? "" };
    const otherwise: Op[] = [{ op: "set", to, from }];
    return { op: "set", to, from: path.length > 0 ? { param, path } : { param }, otherwise };
  });
}
