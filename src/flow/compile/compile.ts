/** Flow → Program. */
import { hashOf } from "../../program/hash.ts";
import type { Program, Step as ProgramStep, Scope } from "../../program/program.ts";
import type { Checked } from "../analysis/checked.ts";
import { expressionsOf, isOfPromise } from "../analysis/expressions.ts";
import { targetOf } from "../analysis/graph.ts";
import { servedAudio } from "../analysis/played.ts";
import { secretReads } from "../analysis/worker-reads.ts";
import { mapValues } from "../language/map-values.ts";
import type { Flow, Step } from "../model/flow.ts";
import { minutesIn } from "../model/settings.ts";
import { apology, sorry } from "./apologies.ts";
import { compilerFor, type FlowFacts } from "./compiler.ts";
import { defaultsIn, envIn, wantsOf } from "./environment-variables.ts";
import { lowerProgram, type TextProgram } from "./lower-program.ts";
import { numeralsFor } from "./numerals.ts";
import { withOffsets } from "./offsets.ts";
import { outboundOf, UNANSWERED, unansweredStep } from "./outbound.ts";
import { compileStep, type Lower } from "./step.ts";

/**
 * Compiles a flow without errors, and links the sub-flows that it can run; its hash identifies its content.
 * @param parts the flows that it can run, directly or through others, each once
 * @param lower compiles a step by its kind
 */
export function compile(entry: Checked, parts: readonly Checked[], lower: Lower): Program {
  const { flow, facts, graph } = entry;
  const { takes = [] } = flow.settings;
  const all = [entry, ...parts];
  const multilingual = all.some((one) => one.flow.steps.some(changesLanguage));
  const languages = [...new Set(all.flatMap((one) => one.facts.languages))];
  const answersMessages = flow.settings.onMessage !== undefined;
  const factsIn = (one: Checked, prefix: string): FlowFacts =>
    flowFactsOf(one, { multilingual, languages, prefix, answersMessages });
  const own = factsIn(entry, "");
  const steps = all.flatMap((one) =>
    stepsOf(one, one === entry ? own : factsIn(one, `${one.flow.name}.`), lower),
  );
  const written: TextProgram = {
    flow: flow.name,
    ...scopeOf(entry, ""),
    apology: apology(flow, own),
    ...(steps.some(([, { asks }]) => asks) && { sorry: sorry(flow, own) }),
    language: facts.language,
    ...(parts.length > 0 ? { parts: partsOf(parts) } : {}),
    env: [],
    ...numeralsFor(steps, all, languages),
    ...(all.some((one) => readsInput(one.flow)) ? { keepsInput: true } : {}),
    ...(flow.settings.onMessage === undefined ? {} : { onMessage: MESSAGE }),
    ...outboundOf(flow),
    ...(graph.isEntry ? {} : { isPart: true }),
    ...(graph.isEntry && takes.length > 0 ? { takes } : {}),
    steps: Object.fromEntries(steps),
  };
  const wants = Object.assign({}, ...all.map(wantsOf));
  if (Object.keys(wants).length > 0) written.wants = wants;
  const named = all.flatMap((one) => [
    ...secretReads(one.flow).map(({ name }) => name),
    ...defaultsIn(one.facts),
  ]);
  written.env = [...new Set([...envIn(written), ...named])].toSorted();
  const program = lowerProgram(written, facts.functions);
  return { ...program, hash: hashOf(program) };
}

function stepsOf({ flow, graph }: Checked, facts: FlowFacts, lower: Lower): [string, ProgramStep][] {
  const reached = flow.steps.filter(({ name }) => graph.reached.has(name));
  const { onHangup, onMessage, onUnanswered } = flow.settings;
  return [
    ...reached.map((step): [string, ProgramStep] => [
      facts.prefix + step.name,
      compileStep(step, compilerFor(step.name, facts), lower),
    ]),
    ...sideStart(HANGUP, onHangup, facts),
    ...sideStart(MESSAGE, onMessage, facts),
    ...sideStart(UNANSWERED, unansweredStep(onUnanswered), facts),
  ];
}

// No author's step has such a name.
const HANGUP = "~hangup";

const MESSAGE = "~message";

/** A generated step for a side road of the whole call: `return` comes back to it. */
function sideStart(name: string, step: string | undefined, facts: FlowFacts): [string, ProgramStep][] {
  if (step === undefined) return [];
  const blocks = compilerFor(name, facts).side("enter", { step }, [{ op: "end" }]);
  return [[facts.prefix + name, { blocks }]];
}

function partsOf(parts: readonly Checked[]): Record<string, Scope> {
  return Object.fromEntries(parts.map((part) => [part.flow.name, scopeOf(part, `${part.flow.name}.`)]));
}

function scopeOf({ flow, graph, facts }: Checked, prefix: string): Scope {
  const { onError, onHangup, gives, recordings } = flow.settings;
  return {
    start: prefix + (graph.start ?? ""),
    ...(typeof onError === "string" ? { onError: prefix + onError } : {}),
    ...(onHangup === undefined ? {} : { onHangup: `${prefix}${HANGUP}` }),
    ...(recordings && { recordings: minutesIn(recordings.keep) }),
    variables: facts.variables,
    ...(facts.timezone === undefined ? {} : withOffsets({ timezone: facts.timezone })),
    hours: mapValues(facts.hours, withOffsets),
    ...(gives ? { gives } : {}),
  };
}

function changesLanguage({ marks }: Step): boolean {
  return marks.some(({ mark }) => mark === "language");
}

function flowFactsOf(
  { flow, graph, facts }: Checked,
  {
    multilingual,
    languages,
    prefix,
    answersMessages,
  }: { multilingual: boolean } & Pick<FlowFacts, "languages" | "prefix" | "answersMessages">,
): FlowFacts {
  const edges = [...graph.edges.values()].flat();
  return {
    speech: {
      voice: flow.settings.voice,
      language: facts.language,
      named: flow.settings.language !== undefined,
      multilingual,
      audio: servedAudio(flow, facts.audio),
    },
    destinations: flow.settings.destinations ?? {},
    variables: facts.variables,
    languages,
    defaulted: new Set(
      Object.entries(flow.settings.variables ?? {}).flatMap(([name, one]) => (one.default ? [name] : [])),
    ),
    retried: new Set(edges.flatMap((edge) => (typeof edge.to === "string" ? [] : (targetOf(edge) ?? [])))),
    answersMessages,
    usesBack: edges.some(({ to }) => to === "back"),
    prefix,
  };
}

function readsInput(flow: Flow): boolean {
  return expressionsOf(flow).some(({ text, mark }) => /\binput\b/.test(text) && !isOfPromise(mark));
}
