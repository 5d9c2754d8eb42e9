/** Destinations, hours and variables that a flow declares and never uses. */
import { expressionsOf } from "../../analysis/expressions.ts";
import { variableKept } from "../../analysis/facts.ts";
import { yaml } from "../../language/example.ts";
import type { MarkName } from "../../language/mark.ts";
import type { Node } from "../../language/node.ts";
import { type Flow, marksOf } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";

const SETTINGS = ["destinations", "hours", "variables"] as const;

export const unused: Advice = {
  doc: {
    code: "unused",
    severity: "advice",
    summary: "A destination, hours or a variable is declared and never used.",
    wrong:
      "A flow whose receivers are computed can dial any of its destinations, so none of them is reported there. What is kept for later can say so.",
    bad: yaml`
      destinations:
        desk: +14155550100
        sales: +14155550101
      steps:
        connect:
          dial: { to: desk, status: { else: bye } }
          next: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      destinations:
        desk: +14155550100
      steps:
        connect:
          dial: { to: desk, status: { else: bye } }
          next: bye
        bye:
          hangup: Goodbye.
    `,
  },
  check({ flow }, advise) {
    const used = usedIn(flow);
    for (const setting of SETTINGS) {
      const node = flow.root.pairs.find(({ key }) => key.text === setting)?.value;
      if (setting === "destinations" && used.isComputed) continue;
      for (const { key } of node?.type === "map" ? node.pairs : []) {
        if (used.names.has(key.text)) continue;
        advise(key, `nothing in this flow uses "${key.text}" of \`${setting}\`; remove it`);
      }
    }
  },
};

interface Used {
  names: ReadonlySet<string>;
  /** Whether a receiver is computed. */
  isComputed: boolean;
}

/** The values that name no declaration, although they can be the same word: a step "sales" beside a destination "sales". */
const NEVER_NAMES: ReadonlySet<MarkName> = new Set([
  "exit",
  "retry",
  "side",
  "flow",
  "prompt",
  "spoken",
  "promised",
]);

/** Every name that a flow reads, stores or dials: rather one too many. */
function usedIn(flow: Flow): Used {
  const marks = marksOf(flow);
  const named = marks.filter(({ mark }) => !NEVER_NAMES.has(mark));
  const dialled = named.filter(({ mark, key }) => mark === "destination" || key?.text === "to");
  const { takes = [], gives = [] } = flow.settings;
  const names = new Set([
    ...expressionsOf(flow).flatMap(({ text }) => [
      ...(text.match(/[\w-]+/g) ?? []),
      ...(text.match(/\w+/g) ?? []),
    ]),
    ...marks.flatMap((mark) => variableKept(mark) ?? []),
    ...marks.flatMap(({ mark, key }) => (mark === "value" || mark === "argument" ? (key?.text ?? []) : [])),
    ...named.flatMap(({ node }) => scalarsIn(node)),
    ...takes,
    ...gives,
  ]);
  return {
    names,
    isComputed: dialled.flatMap(({ node }) => scalarsIn(node)).some((text) => text.includes("{{")),
  };
}

function scalarsIn(node: Node): string[] {
  if (node.type === "scalar") return [node.text];
  const inner = node.type === "list" ? node.items : node.pairs.map(({ value }) => value);
  return inner.flatMap(scalarsIn);
}
