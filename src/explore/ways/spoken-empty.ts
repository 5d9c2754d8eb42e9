/** Variables that are spoken although they are empty on some way. */
import { scopeAt } from "../../engine/scope.ts";
import type { Op, Source, Template } from "../../program/op.ts";
import { innerOf } from "../../program/ops.ts";
import type { Program } from "../../program/program.ts";
import type { Edge, Exploration } from "../exploration.ts";
import { isEmpty } from "../fold.ts";
import { readingOf } from "../told/compared.ts";

/** A variable that a step speaks while it is empty, and the first edge on which it does. */
interface SpokenEmpty {
  step: string;
  variable: string;
  edge: Edge;
}

/** Finds them. A variable counts by its value at the end of the turn. */
export function spokenEmpty({ program, nodes, edges }: Exploration): SpokenEmpty[] {
  const spoken = new Map(Object.keys(program.steps).map((step) => [step, spokenIn(program, step)]));
  const found = new Map<string, SpokenEmpty>();
  for (const edge of edges) {
    const node = nodes[edge.to];
    // Of a node that others lead to as well, only the first call is known.
    if (!node || node.via !== edge.id || edge.event.kind === "hangup") continue;
    const last = edge.path.filter((step) => step in program.steps).at(-1) ?? program.start;
    for (const step of edge.path.slice(edge.from === undefined ? 0 : 1)) {
      const scope = scopeAt(program, step);
      if (scope !== scopeAt(program, last)) continue;
      for (const variable of spoken.get(step) ?? []) {
        const { default: otherwise = "", keep } = scope.variables[variable] ?? {};
        const held = keep === undefined ? node.call.vars[variable] : node.call.kept?.[keep];
        const key = `${step} ${variable}`;
        if (isEmpty(held ?? otherwise) && !found.has(key)) found.set(key, { step, variable, edge });
      }
    }
  }
  return [...found.values()];
}

/** The variables that a step speaks as they are. One in a condition is not: the condition can be that it has a value. */
function spokenIn(program: Program, step: string): string[] {
  const holes = Object.values(program.steps[step]?.blocks ?? {}).flatMap(holesOf);
  return [...new Set(holes)];
}

function holesOf(ops: readonly Op[]): string[] {
  return ops.flatMap((op) => (op.op === "twiml" ? variablesIn(op.parts) : innerOf(op).flatMap(holesOf)));
}

function variablesIn(parts: Template): string[] {
  let before = "";
  return parts.flatMap((part) => {
    if (typeof part === "string") before += part;
    else if ("pick" in part) return [...Object.values(part.cases), part.else].flatMap(variablesIn);
    else if ("hole" in part && isSpeech(before)) return variableIn(part.hole);
    return [];
  });
}

/** Whether a text ends within a `<Say>`. */
function isSpeech(text: string): boolean {
  return text.lastIndexOf("<Say") > text.lastIndexOf("</Say>");
}

function variableIn(hole: Source): string[] {
  if (!("expr" in hole)) return [];
  const { expr } = hole;
  const isSpelled = expr !== null && typeof expr === "object" && SPELLED.has(String(expr[0]));
  const key = readingOf(isSpelled ? (expr[1] ?? null) : expr)?.key ?? "";
  return key.startsWith("vars.") ? [key.slice("vars.".length)] : [];
}

const SPELLED: ReadonlySet<string> = new Set(["digits", "spell"]);
