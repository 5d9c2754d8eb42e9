/** Where `back` and `return` lead: the menus and the places to return to of each flow. */
import { scopeAt, scopesOf } from "../../engine/scope.ts";
import { opsIn } from "../../program/ops.ts";
import type { Program, Scope } from "../../program/program.ts";
import { blockName } from "./live.ts";

/** What a flow can go back or return to. */
interface LeadsBack {
  /** The steps that `back` leads to. */
  menus: readonly string[];
  /** The blocks that `return` continues in; a side road returns to its own flow. */
  returns: readonly { block: string; isSideRoad: boolean }[];
}

/** Finds where each flow of a program leads back. */
export function leadsBack(program: Program): ReadonlyMap<Scope, LeadsBack> {
  const found = new Map(
    scopesOf(program).map((scope) => [
      scope,
      { menus: [] as string[], returns: [] as LeadsBack["returns"][number][] },
    ]),
  );
  for (const [step, { blocks }] of Object.entries(program.steps)) {
    const own = found.get(scopeAt(program, step));
    for (const op of opsIn(Object.values(blocks).flat())) {
      if (op.op === "mark") own?.menus.push(step);
      if (op.op === "goto" && op.back !== undefined)
        own?.returns.push({ block: blockName(step, op.back), isSideRoad: true });
      const part = op.op === "run" ? program.parts?.[op.flow] : undefined;
      if (part && op.op === "run")
        found.get(part)?.returns.push({ block: blockName(step, op.block), isSideRoad: false });
    }
  }
  return found;
}
