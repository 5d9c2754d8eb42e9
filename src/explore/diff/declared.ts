/** What the declarations of a flow change for callers, though no call of a comparison shows it. */
import { scopesOf } from "../../engine/scope.ts";
import type { Program } from "../../program/program.ts";
import type { Begin } from "../exploration.ts";
import type { Moves } from "../moves.ts";
import type { Change } from "./change.ts";
import { type NameOf, targetOf } from "./target.ts";

/** A flow, and what moves its calls. */
interface Side {
  program: Program;
  moves: Moves;
}

/** Changes of side roads, of what follows a failure, and of the names that values are stored under. */
export function declaredChanges(was: Side, now: Side, begin: Begin | undefined, nameOf: NameOf): Change[] {
  const failure = begin ? afterFailure(was, now, begin, nameOf) : [];
  const [before, after] = [was.program, now.program];
  return [
    ...roadChanges(before, after),
    ...answerChanges(before, after),
    ...failure,
    ...keptChanges(before, after),
  ];
}

/** How long the answer to a question by text message is awaited. */
function answerChanges(was: Program, now: Program): Change[] {
  return Object.entries(now.steps).flatMap(([step, { asks }]) => {
    const before = was.steps[step]?.asks;
    if (!asks || !before || asks.timeout === before.timeout) return [];
    const has = ({ timeout }: typeof asks): string => `has ${inWords(timeout)} to come`;
    return change("setting", `the answer to "${step}"`, has(before), has(asks));
  });
}

const UNITS = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
] as const;

/** A duration in its largest whole unit. */
function inWords(seconds: number): string {
  const [length, unit] = UNITS.find(([one]) => seconds % one === 0) ?? [1, "second"];
  const count = seconds / length;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const ROADS = {
  onMessage: "text messages to the number",
  onMachine: "answering machines",
  onUnanswered: "placed calls that nobody answers",
} as const;

function roadChanges(was: Program, now: Program): Change[] {
  return (["onMessage", "onMachine", "onUnanswered"] as const).flatMap((road) => {
    const [before, after] = [was[road] !== undefined, now[road] !== undefined];
    if (before === after) return [];
    const does = (isSet: boolean): string => (isSet ? `run \`${road}\`` : "run nothing");
    return change("setting", ROADS[road], does(before), does(after));
  });
}

function afterFailure(was: Side, now: Side, begin: Begin, nameOf: NameOf): Change[] {
  const does = ({ program: { onError }, moves }: Side): string => {
    if (onError === undefined) return "ends with the apology";
    const [first] = moves.at({ step: onError, block: "enter" }, begin);
    return first ? targetOf(first, nameOf).does : "";
  };
  const [before, after] = [does(was), does(now)];
  return before === after ? [] : [change("exit", "a call in which a step fails", before, after)];
}

/** Values that are stored already are read under their old names only. */
function keptChanges(was: Program, now: Program): Change[] {
  const [before, after] = [keptOf(was), keptOf(now)];
  return [...before]
    .filter((name) => !after.has(name))
    .map((name) => change("kept", `the stored value of ${name}`, "is read", "is not read"));
}

function keptOf(program: Program): Set<string> {
  return new Set(
    scopesOf(program).flatMap(({ variables }) => Object.values(variables).flatMap(({ keep }) => keep ?? [])),
  );
}

function change(kind: Change["kind"], where: string, was: string, now: string): Change {
  const message = `${where} now ${now} (before: ${was})`;
  return { kind, message, where, was, now, when: "", steps: { was: [], now: [] }, way: [] };
}

/** Whether texts are matched by other patterns: of each pattern, one text is compared. */
export function hasOtherPatterns(was: Program, now: Program): boolean {
  const patternsOf = ({ steps }: Program): string =>
    [...new Set(JSON.stringify(steps).match(/"matches"[:,](?:[^"]*|\["[^\]]*\],)"(?:[^"\\]|\\.)*"/g))]
      .sort()
      .join();
  return patternsOf(was) !== patternsOf(now);
}
