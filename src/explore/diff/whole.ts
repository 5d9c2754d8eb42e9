/** What changes for the flow as a whole: the destinations that calls reach, and the way to the first person. */
import type { Edge, Exploration } from "../exploration.ts";
import { scenarioOf } from "../ways/scenario.ts";
import type { Change } from "./change.ts";
import { destinationsOf, firstPerson } from "./facts.ts";
import type { NameOf } from "./target.ts";

/** A difference of as many seconds is one that callers notice. */
const LEAST_SECONDS = 2;

/** Both versions, explored. */
interface Explored {
  was: Exploration;
  now: Exploration;
}

/** The changes that belong to no step. */
export function wholeChanges(explored: Explored, nameOf: NameOf): Change[] {
  return [...destinationChanges(explored, nameOf), ...personChanges(explored, nameOf)];
}

function destinationChanges({ was, now }: Explored, nameOf: NameOf): Change[] {
  const [before, after] = [destinationsOf(was, nameOf), destinationsOf(now, nameOf)];
  const added = [...after].flatMap(([address, one]) => (before.has(address) ? [] : [one]));
  const gone = [...before].flatMap(([address, one]) => (after.has(address) ? [] : [one]));
  return [
    ...gone.map(
      ({ name, way }): Change => ({
        ...changeOn(way),
        kind: "destination",
        message: `no call reaches ${name} any more`,
        where: "no longer reached",
        was: name,
        now: "",
      }),
    ),
    ...added.map(
      ({ name, way }): Change => ({
        ...changeOn(way),
        kind: "destination",
        message: `calls can reach ${name} now`,
        where: "newly reached",
        was: "",
        now: name,
        call: scenarioOf(now, way),
      }),
    ),
  ];
}

function personChanges({ was, now }: Explored, nameOf: NameOf): Change[] {
  const [before, after] = [firstPerson(was, nameOf), firstPerson(now, nameOf)];
  if (!before || !after) return [];
  const isOtherTime = Math.abs(before.seconds - after.seconds) >= LEAST_SECONDS;
  if (before.answers === after.answers && !isOtherTime) return [];
  const [text, nowText] = [effortOf(before), effortOf(after)];
  return [
    {
      ...changeOn(after.way),
      kind: "person",
      message: `the first person is reached after ${nowText} (before: ${text})`,
      where: "the first person",
      was: text,
      now: nowText,
      call: scenarioOf(now, after.way),
    },
  ];
}

/** What it takes a caller to reach a person. */
function effortOf({ answers, seconds }: { answers: number; seconds: number }): string {
  return `${answers} ${answers === 1 ? "answer" : "answers"} and ${Math.round(seconds)} s`;
}

function changeOn(way: readonly Edge[]): Pick<Change, "when" | "steps" | "way"> {
  return { when: "", steps: { was: [], now: [] }, way: way.slice(1).map(({ event }) => event.label) };
}
