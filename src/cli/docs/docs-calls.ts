/** Plays the calls to a step kind's example, so that its page shows what was really heard. */
import { documentOf } from "../../engine/document.ts";
import type { Turn } from "../../engine/turn.ts";
import { build, hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { type Config, NO_CONFIG } from "../../flow/config/config.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import type { AnyKind } from "../../flow/steps/kind.ts";
import { EXAMPLE, exampleFlows } from "../play/examples.ts";
import type { Sent } from "../play/fake-web.ts";
import { diagnosticOf, type Outcome } from "../play/outcome.ts";
import { playInForms } from "../play/said.ts";
import { Problem } from "../problem.ts";
import { formatFrames } from "../project/report.ts";
import { indented } from "./docs-xml.ts";

/** Monday, noon in New York: the time of a call that names none. */
const NOON = "2026-11-23T12:00:00-05:00";

/** An example's calls. */
export interface ExampleCalls {
  /** The flows that they need, the example first. */
  flows: readonly SourceFile[];
  built: readonly BuiltFlow[];
  test: SourceFile;
  /** The transcript of each, and what it sent to services. */
  calls: readonly { name: string; transcript: readonly string[]; sent: readonly Sent[] }[];
  /** The first document that the first call, or conversation, gets. */
  twiml: string;
}

/** Plays a kind's calls; throws a Problem if one cannot be read, or does not go as written. */
export async function playExample(kind: AnyKind, config: Config = NO_CONFIG): Promise<ExampleCalls> {
  const { name, doc } = kind;
  const flows = exampleFlows(kind);
  const test = { path: `flows/${EXAMPLE}.test.yaml`, text: doc.calls.trimStart() };
  const files = [...flows, test];
  const built = build(flows, doc.audio, {}, config);
  // A flow with an error has no Program, and the calls to it would only report that.
  refuse(name, built.diagnostics, files);
  const { scenarios, diagnostics } = readScenarios(
    test,
    built.programs.map(({ flow }) => flow),
  );
  refuse(name, diagnostics, files);
  const outcomes = await Promise.all(
    scenarios.map((one) => playInForms({ ...one, scenario: { at: NOON, ...one.scenario } }, built, {})),
  );
  refuse(name, outcomes.flatMap(diagnosticOf), files);
  return { flows, built: built.flows, test, calls: outcomes.map(callOf), twiml: firstAnswer(outcomes) };
}

function refuse(kind: string, diagnostics: readonly Finding[], files: readonly SourceFile[]): void {
  if (!hasError(diagnostics)) return;
  throw new Problem(
    `The example of \`${kind}\`, or a call to it, is wrong:\n\n${formatFrames(diagnostics, files)}`,
  );
}

function callOf({ written, transcript, sent }: Outcome): ExampleCalls["calls"][number] {
  return { name: written.scenario.name, transcript, sent };
}

function firstAnswer(outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  const turn = first?.turns[0] ?? first?.asides[0];
  return turn ? indented(xmlOf(turn)) : "";
}

/** A turn's document with short links: a reader needs no revision and no ticket. */
function xmlOf({ pieces, next }: Turn): string {
  return documentOf(pieces, ({ link }) => `…/${next?.step}/${link}`);
}
