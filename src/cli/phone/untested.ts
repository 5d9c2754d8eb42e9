/** The exits of a flow that calls take, and no test does. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { WaysView } from "../../phone/page/contract/found.ts";
import { exitText } from "../paths/text.ts";
import { type CoveredExit, coverageOf, type Walked } from "../play/coverage.ts";
import type { FlowWays } from "./ways.ts";

/** The ways of a flow for the page, with the exits that its tests leave. */
export function withUntested(
  built: BuiltFlow,
  { view, taken }: FlowWays,
  tested: readonly Walked[],
): WaysView {
  const own = tested.filter(({ written }) => written.flow === built.flow.name);
  const exits = coverageOf([built], own, new Set()).flatMap((one) => one.exits);
  const covered = new Set(exits.filter((exit) => exit.taken).map(keyOf));
  const untested = taken.filter((exit) => !covered.has(keyOf(exit)));
  return { ...view, untested: untested.map((exit) => ({ step: exit.from, text: exitText(exit) })) };
}

function keyOf({ from, to }: Pick<CoveredExit, "from" | "to">): string {
  return `${from} ${to}`;
}
