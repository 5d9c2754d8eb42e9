/** What differs between two versions of a flow. */
import { canonical } from "../../program/hash.ts";
import type { Program } from "../../program/program.ts";

/** A line for each step that is new (`+`), gone (`-`) or changed (`~`), and one for the flow's settings. */
export function changedParts(before: Program, after: Program): string[] {
  const names = [...new Set([...Object.keys(before.steps), ...Object.keys(after.steps)])];
  const lines = names.flatMap((name) => {
    const [old, now] = [before.steps[name], after.steps[name]];
    if (!old) return [`+ ${name}`];
    if (!now) return [`- ${name}`];
    return canonical(old) === canonical(now) ? [] : [`~ ${name}`];
  });
  const settings = ({ steps: _, hash: _hash, ...rest }: Program): string => canonical(rest);
  return [...lines, ...(settings(before) === settings(after) ? [] : ["~ the flow's settings"])];
}
