/** Imports flows of Studio: texts or values of definitions → files, and a report for each flow. */
import { convert, type Draft } from "./convert.ts";
import { type Definition, textIn, type Widget } from "./definition.ts";
import { graphOf, reachedFrom } from "./graph.ts";
import { kebab, Taken } from "./names.ts";
import { stubOf } from "./part.ts";
import { readDefinition, readText } from "./read/read.ts";
import { reportOf, summaryOf } from "./report.ts";
import { type Scenario, scenariosOf } from "./scenarios/scenarios.ts";
import { writeFlow } from "./write.ts";

/** A definition to import. */
export interface Input {
  /** The name that the flow would like to have; that of its description if empty. */
  name: string;
  /** The flow's SID, by which others run it; empty if unknown. */
  sid: string;
  /** A file's text, or a value from Twilio's API. */
  content: unknown;
}

/** A flow that was imported. */
export interface Imported {
  name: string;
  draft: Draft;
  definition: Definition;
  /** The text of the flow's file. */
  flow: string;
  /** Calls of the original, for the flow's tests. */
  scenarios: Scenario[];
  /** The report, as Markdown. */
  report: string;
  /** The report in a sentence. */
  summary: string;
}

/** What an import makes. */
export interface Import {
  flows: Imported[];
  /** Files of sub-flows that were not part of it, by name. */
  stubs: Map<string, string>;
  /** Inputs that are not definitions, and why. */
  problems: { name: string; problem: string }[];
}

/** Imports definitions that can run each other. */
export function importStudio(inputs: readonly Input[], { exact = false }: { exact?: boolean } = {}): Import {
  const problems: Import["problems"] = [];
  const taken = new Taken();
  const read = inputs.flatMap(({ name, sid, content }) => {
    const one = typeof content === "string" ? readText(content) : readDefinition(content);
    if ("problem" in one) {
      problems.push({ name, problem: one.problem });
      return [];
    }
    const { definition } = one;
    const lines = typeof content === "string" ? content.trimEnd().split("\n").length : 0;
    return [{ definition, sid, lines, name: taken.take(kebab(nameOf(name, definition))) }];
  });
  const flows = new Map(read.flatMap(({ sid, name }) => (sid === "" ? [] : [[sid, name] as const])));
  const run = new Set(read.flatMap(({ definition }) => subflowsOf(definition)));
  const forText = textPartsIn(read.map(({ definition }) => definition));
  const drafts = read.map((one) => ({
    ...one,
    draft: convert(one.definition, {
      exact,
      flows,
      isRun: run.has(one.sid),
      isForText: forText.has(one.sid),
    }),
  }));
  const needed = drafts.flatMap(({ draft }) => draft.parts);
  const stubs = new Map<string, string>();
  for (const part of needed) if (!flows.has(part.sid)) part.name = taken.take(part.name);
  for (const part of needed) if (!flows.has(part.sid)) stubs.set(part.name, stubOf(part));
  const imported = drafts.map(({ draft: alone, ...one }) => {
    const wanted = needed.filter(({ sid }) => sid !== "" && sid === one.sid);
    const draft = wanted.length === 0 ? alone : asPart(alone, wanted);
    const flow = writeFlow(draft, `${one.name}.yaml`);
    const reported = { ...one, draft, flow };
    const scenarios = scenariosOf(one.definition, draft);
    return { ...reported, scenarios, report: reportOf(reported), summary: summaryOf(reported) };
  });
  return { flows: imported, stubs, problems };
}

/** The SIDs of the flows that a definition runs. */
function subflowsOf({ widgets }: Definition): string[] {
  return widgets.flatMap(subflowOf);
}

function subflowOf(widget: Widget): string[] {
  return widget.type === "run-subflow" ? [textIn(widget, "flow_sid")] : [];
}

/** The SIDs of the flows that only text conversations run. */
function textPartsIn(definitions: readonly Definition[]): Set<string> {
  const [text, others] = [new Set<string>(), new Set<string>()];
  for (const { roads, widgets } of definitions.map(graphOf))
    for (const [event, first] of roads) {
      const sids = event === "incomingMessage" || event === "incomingConversationMessage" ? text : others;
      const reached = [...reachedFrom(first, widgets)].flatMap((name) => widgets.get(name) ?? []);
      for (const sid of reached.flatMap(subflowOf)) sids.add(sid);
    }
  return new Set([...text].filter((sid) => !others.has(sid)));
}

/** A file called `flow.json` says less than the flow's description. */
function nameOf(name: string, { description }: Definition): string {
  const isPlain = name === "" || /^(?:studio|flow|definition|index|main|state)s?$/i.test(name);
  return isPlain && description !== "" ? description : name || "imported";
}

/** A flow that takes and gives what others want of it. */
function asPart(draft: Draft, wanted: readonly Draft["parts"][number][]): Draft {
  const known = new Set(draft.variables.map(({ name }) => name));
  const takes = new Set(wanted.flatMap((part) => [...part.takes]));
  const gives = new Set(wanted.flatMap((part) => [...part.gives]));
  const variables = draft.variables.map((one) => (takes.has(one.name) ? { ...one, isTaken: true } : one));
  const missing = [...new Set([...takes, ...gives])].filter((name) => !known.has(name));
  const added = missing.map((name) => ({ name, type: "string" as const, isTaken: takes.has(name) }));
  return { ...draft, gives: [...gives], variables: [...variables, ...added] };
}
