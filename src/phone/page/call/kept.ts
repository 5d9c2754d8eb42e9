/** Values of persistent variables that a call begins with, as typed in the form. */
import type { FlowView } from "../contract/flow.ts";
import type { Value } from "../contract/value.ts";

/** A typed text as a value of a variable's type; a text that is not one stays a text. */
function typedAs(type: string, text: string): Value {
  if (type === "string") return text;
  try {
    const value: Value = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** The persistent variables of a flow and its parts, by what they are stored under. */
export function keptVariables(flow: FlowView | undefined, flows: readonly FlowView[]) {
  const running = flows.filter((one) => one === flow || flow?.parts.includes(one.name));
  return running.flatMap(({ variables }) =>
    variables.flatMap(({ keep, ...variable }) => (keep === undefined ? [] : [{ ...variable, keep }])),
  );
}

/** The values that were typed, by what they are stored under; those of another flow do not count. */
export function keptValues(
  typed: Readonly<Record<string, string>> = {},
  flow: FlowView | undefined,
  flows: readonly FlowView[],
): Record<string, Value> {
  return Object.fromEntries(
    keptVariables(flow, flows).flatMap(({ keep, type }): [string, Value][] => {
      const text = typed[keep] ?? "";
      return text === "" ? [] : [[keep, typedAs(type, text)]];
    }),
  );
}
