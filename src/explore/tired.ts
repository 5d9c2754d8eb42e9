/** Where a caller can be silent forever: the engine ends that, after so many questions in a row. */
import { MOST_UNANSWERED } from "../engine/turn.ts";
import type { Call, Program } from "../program/program.ts";
import type { CallEvent, Edge, Node } from "./exploration.ts";

/** The call that has been silent for as long as it can be, once the caller is silent again. */
export function almostTired(call: Call): Call {
  return { ...call, unanswered: MOST_UNANSWERED - 1 };
}

/** The last of these silences. */
export function tiredEvent({ unanswered = 0 }: Call): CallEvent {
  const left = Math.max(1, MOST_UNANSWERED - unanswered);
  return {
    kind: "silence",
    label: `silence, ${MOST_UNANSWERED} questions in a row`,
    params: { Digits: "" },
    lines: Array.from({ length: left }, () => "silence" as const),
  };
}

/** The nodes that ask, and come back to asking, without any answer of the caller. */
export function endlessNodes({ steps }: Program, nodes: readonly Node[], edges: readonly Edge[]): Node[] {
  const silent = edges.filter(({ event }) => event.kind === "silence" || event.kind === "outcome");
  const after = new Map<number, number[]>();
  for (const { from, to } of silent)
    if (from !== undefined) after.set(from, [...(after.get(from) ?? []), to]);
  const asking = silent.flatMap(({ event, from }) => {
    const node = from === undefined ? undefined : nodes[from];
    const { step = "", block } = node?.place ?? {};
    const isQuestion = event.kind === "silence" && block !== undefined && steps[step]?.listens === block;
    return node && isQuestion ? [node] : [];
  });
  return [...new Set(asking)].filter(({ id }) => comesBack(id, after));
}

function comesBack(id: number, after: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set(after.get(id) ?? []);
  for (const one of seen) for (const next of after.get(one) ?? []) seen.add(next);
  return seen.has(id);
}

/** How many things the caller or others do in an event: one, but for the last of many silences. */
export function answersIn({ kind, lines }: CallEvent): number {
  return kind === "silence" ? Math.max(1, lines.length) : 1;
}
