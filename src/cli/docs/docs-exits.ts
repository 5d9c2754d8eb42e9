/** The exits of a step kind, for its page: `next`, the keys that hold exits, and its outcomes. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { AnyKind } from "../../flow/steps/kind.ts";
import { table } from "./docs-markdown.ts";
import { exitKeysOf } from "./docs-schema.ts";

/** The key of a step's outcomes. */
const STATUS = "status";

/**
 * The section of a kind's exits.
 * @param example the flows of the kind's example
 * @param language the page of the language, as seen from the kind's
 */
export function exitsSection(kind: AnyKind, example: readonly BuiltFlow[], language: string): string {
  const rows = [...nextRows(kind, example), ...keyRows(kind), ...outcomeRows(kind)];
  if (rows.length === 0) return "## Exits\n\nNone: the call does not continue from here.\n";
  const links = [`[How exits are written](${language}#steps-and-exits).`];
  if (kind.outcomes) links.push(`An outcome without an exit is a [failure](${language}#failures).`);
  return ["## Exits\n", table(["exit", "meaning"], rows), `${links.join(" ")}\n`].join("\n");
}

/** Whether the steps of the kind's own example have a `next`. */
function nextRows({ name }: AnyKind, flows: readonly BuiltFlow[]): string[][] {
  const steps = flows.flatMap(({ flow }) => flow.steps).filter(({ kind }) => kind.name === name);
  const ways = new Set(steps.map(({ kind, body }) => kind.next(body)));
  if (ways.size === 1 && ways.has("refused")) return [];
  return [
    [
      "`next`",
      ways.has("refused")
        ? "The step succeeded, and none of its other exits applies."
        : "The step succeeded.",
    ],
  ];
}

function keyRows({ schema, keys }: AnyKind): string[][] {
  return exitKeysOf(schema)
    .filter((key) => key !== STATUS)
    .map((key) => [`\`${key}\``, keys[key] ?? ""]);
}

function outcomeRows({ outcomes }: AnyKind): string[][] {
  if (!outcomes) return [];
  const named = Object.entries(outcomes).map(([outcome, text]) => [`\`${STATUS}\`: \`${outcome}\``, text]);
  return [...named, [`\`${STATUS}\`: \`else\``, "Any outcome without an exit of its own."]];
}
