/** What a step keeps of the webhook that answers it. */
import type { Op, Variable } from "../program/program.ts";
import type { Compiler } from "./compile/compiler.ts";
import type { Saved } from "./language/schema.ts";

/**
 * The ops that keep parameters of the webhook, or what stands in one that is JSON: `HandoffData.reason`. Where there is
 * nothing, or it does not fit its variable, that takes its default.
 */
export function keepParams(saved: Saved | undefined, { facts }: Compiler): Op[] {
  return Object.entries(saved ?? {}).map(([variable, place]): Op => {
    const [param = "", ...path] = place.split(".");
    const otherwise = [toDefault(variable, facts.variables[variable])];
    const set = { op: "set", to: { variable }, otherwise } as const;
    // A parameter that is not there reads as an empty text; what is not in JSON fits no variable.
    return path.length > 0 ? { ...set, from: { param, path } } : { ...set, from: { param }, matches: "[^]+" };
  });
}

function toDefault(variable: string, declared: Pick<Variable, "default" | "env"> = { default: "" }): Op {
  const to = { variable };
  const written: Op = { op: "set", to, from: { value: declared.default } };
  if (declared.env === undefined) return written;
  return { op: "set", to, from: { env: declared.env }, otherwise: [written] };
}
