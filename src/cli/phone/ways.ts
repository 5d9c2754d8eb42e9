/** The ways of calls through each flow that can be called, for the page: as `ringflow paths` shows them, with calls to play. */
import type { Edge, Exploration } from "../../explore/exploration.ts";
import { scenarioOf } from "../../explore/ways/scenario.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { FoundWay, WaysView } from "../../phone/page/contract/found.ts";
import { exploreFlow } from "../paths/explored.ts";
import { type Measured, pathsReport, type ShownExit } from "../paths/report.ts";
import {
  choiceText,
  countsOf,
  exitText,
  mostAnswersText,
  mostSecondsText,
  personText,
} from "../paths/text.ts";
import type { Project } from "../project/project.ts";
import { foundCall } from "./found-call.ts";

/** The ways through a flow. */
export interface FlowWays {
  view: Omit<WaysView, "untested">;
  /** The exits that calls take. */
  taken: ShownExit[];
}

/** A flow of a thousand steps takes about as long. */
const MOST_MILLISECONDS = 4000;

/** Explores a flow. */
export function waysOfCalls(
  built: BuiltFlow,
  { audio }: Pick<Project, "audio">,
  env: Readonly<Record<string, string>>,
  now: number,
): FlowWays {
  const options = { now, env, mostMilliseconds: MOST_MILLISECONDS };
  const exploration = exploreFlow(built, audio, options);
  // Without any test, they are all exits that calls take. The page plays the tests, which change more often than flows.
  const measured = pathsReport(built, exploration, []);
  return { view: viewOf(built, exploration, measured), taken: measured.report.untested };
}

function viewOf(built: BuiltFlow, exploration: Exploration, { report, notable }: Measured): FlowWays["view"] {
  const found = (name: string, text: string, way: readonly Edge[] | undefined): FoundWay => {
    const call = way && foundCall(built.flow.name, scenarioOf(exploration, way, { name }));
    return { text, ...(call && { call }) };
  };
  const { longest, person } = notable;
  return {
    counts: countsOf(report),
    choice: choiceText(report.choice),
    person: found("the soonest person", personText(report.person), person?.way),
    mostAnswers: found("the most answers", mostAnswersText(report.longest.answers), longest.answers),
    mostSeconds: found("the most speech", mostSecondsText(report.longest.seconds), longest.seconds),
    unreached: report.unreachedExits.map(exitView),
    cut: report.cut,
  };
}

function exitView(exit: ShownExit): WaysView["unreached"][number] {
  return { step: exit.from, text: exitText(exit) };
}
