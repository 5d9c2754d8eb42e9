/** A call's variables, and the changes of each. */
import type { TurnView } from "../contract/turn.ts";
import type { Value } from "../contract/value.ts";

/** A variable that the call has, or had. */
export interface VariableRow {
  flow: string;
  name: string;
  value: Value;
  /** Each change, oldest first, with the step that the turn stopped at or ended in. */
  changes: { before: Value; after: Value; turn: number; step: string }[];
}

/**
 * The variables of all flows that the call has been in, in the order in which they were met.
 * @param turns one for each request, undefined for a request without a turn. What an aside sets shows up in the call's
 * own variables once the call continues
 */
export function variablesOf(turns: readonly (TurnView | undefined)[]): VariableRow[] {
  const rows = new Map<string, VariableRow>();
  turns.forEach((turn, index) => {
    if (!turn || turn.aside) return;
    for (const { flow, values } of turn.scopes) {
      for (const [name, value] of Object.entries(values)) {
        const row = rows.get(`${flow} ${name}`);
        if (!row) rows.set(`${flow} ${name}`, { flow, name, value, changes: [] });
        else if (!isSame(row.value, value)) {
          const step = turn.path[0] ?? "";
          row.changes.push({ before: row.value, after: value, turn: index + 1, step });
          row.value = value;
        }
      }
    }
  });
  return [...rows.values()];
}

/** The variables that a turn changed, compared with the turns before it; none for the first turn. */
export function setIn(turn: TurnView, before: readonly TurnView[]): { name: string; value: Value }[] {
  const last = before.at(-1);
  return turn.scopes.flatMap(({ flow, values }) => {
    const held = last?.scopes.find((scope) => scope.flow === flow)?.values;
    if (!held) return [];
    const entries = Object.entries(values).map(([name, value]) => ({ name, value }));
    return entries.filter(({ name, value }) => !isSame(held[name] ?? null, value));
  });
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
