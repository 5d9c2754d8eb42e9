/** Flow → Program. */
import { hashOf } from "../../program/hash.ts";
import type { Op, Part, Program, Step as ProgramStep, Scope, VariableType } from "../../program/program.ts";
import type { Checked } from "../analysis/checked.ts";
import { expressionsOf, isOfPromise } from "../analysis/expressions.ts";
import { entersSecret, type Facts } from "../analysis/facts.ts";
import { targetOf } from "../analysis/graph.ts";
import { servedAudio } from "../analysis/played.ts";
import { secretReads } from "../analysis/worker-reads.ts";
import { mapValues } from "../language/map-values.ts";
import { isEnv } from "../language/schema.ts";
import { type Flow, marksOf, type Step } from "../model/flow.ts";
import { minutesIn, type OnUnanswered, type Retry } from "../model/settings.ts";
import { allowed } from "../numbers/allow.ts";
import { NUMBER } from "../twiml/callees.ts";
import { readableText } from "../twiml/prompt.ts";
import { type Compiler, compilerFor, type FlowFacts, HANG_UP } from "./compiler.ts";
import { constantsRung } from "./destination.ts";
import { lowerProgram, type TextProgram } from "./lower-program.ts";
import { numeralsFor } from "./numerals.ts";
import { withOffsets } from "./offsets.ts";

const APOLOGY = "We are sorry, something went wrong. Please call again later.";
const SORRY = "We are sorry, something went wrong. Please write again later.";

/** Lowers a step to its blocks, as its kind does. */
export type Lower = (step: Step, compiler: Compiler) => Record<string, Op[]>;

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
const UNANSWERED = "~unanswered";

/** A generated step for a side road of the whole call: `return` comes back to it. */
function sideStart(name: string, step: string | undefined, facts: FlowFacts): [string, ProgramStep][] {
  if (step === undefined) return [];
  const blocks = compilerFor(name, facts).side("enter", { step }, [{ op: "end" }]);
  return [[facts.prefix + name, { blocks }]];
}

/** The part of a Program that only placed calls read. */
function outboundOf({ settings }: Flow): Partial<TextProgram> {
  const { allow, onMachine, onUnanswered } = settings;
  const plan = typeof onUnanswered === "object" ? onUnanswered.retry : undefined;
  return {
    ...(allow && { allow: allowed(allow) }),
    ...(typeof onMachine === "string" && { onMachine }),
    ...(unansweredStep(onUnanswered) !== undefined && { onUnanswered: UNANSWERED }),
    ...(plan && { retry: retryOf(plan) }),
  };
}

function unansweredStep(setting: OnUnanswered | undefined): string | undefined {
  return typeof setting === "object" ? setting.step : setting;
}

/** A flow's plan in minutes. */
function retryOf({ after, until }: Retry): NonNullable<Program["retry"]> {
  const [hours = 0, minutes = 0] = until?.split(":").map(Number) ?? [];
  return { after: [after].flat().map(minutesIn), ...(until && { until: hours * 60 + minutes }) };
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

function compileStep(step: Step, compiler: Compiler, lower: Lower): ProgramStep {
  const { resumes, listens } = step.kind;
  const blocks = lower(step, compiler);
  const asides = asidesIn(blocks);
  // A destination's waiting room is declared outside the step that dials it.
  const runsBeside = Object.entries(blocks).some(([block, ops]) =>
    ops.some((op) => (op.op === "goto" && op.back !== undefined) || (asides.has(block) && setsVariable(op))),
  );
  return {
    ...(entersSecret(step, compiler.facts.variables) ? { sensitive: true } : {}),
    ...(runsBeside && resumes !== undefined ? { beside: resumes } : {}),
    ...(listens === undefined ? {} : { listens }),
    ...(step.kind.waitsForMessage && { asks: step.kind.waitsForMessage(step.body) }),
    blocks,
  };
}

function setsVariable(op: Op): boolean {
  return op.op === "set" && "variable" in op.to;
}

/** The blocks at which an aside begins. */
function asidesIn(blocks: Record<string, Op[]>): ReadonlySet<string> {
  const names = new Set<string>();
  eachObject(blocks, (one) => {
    if ("link" in one && typeof one.link === "string" && "road" in one && one.road === "aside")
      names.add(one.link);
  });
  return names;
}

/** Calls `visit` for every object and list inside a value. */
function eachObject(value: unknown, visit: (one: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  visit(value);
  for (const one of Object.values(value)) eachObject(one, visit);
}

function apology(flow: Flow, facts: FlowFacts): Part[] {
  const to = compilerFor("", facts);
  const ops: Op[] = [to.prompt(flow.settings.apology ?? APOLOGY), ...HANG_UP];
  return ops.flatMap((op) => (op.op === "twiml" ? [...op.parts] : []));
}

/** The answer to a text message if the flow fails: the apology, if that is a text without markup. */
function sorry(flow: Flow, facts: FlowFacts): readonly Part[] {
  const to = compilerFor("", facts);
  const { apology } = flow.settings;
  const words = (apology && readableText(apology)) ?? SORRY;
  const op = to.twiml((response) => {
    response
      .addChild("Message", {})
      .addChild("Body", {})
      .addText(to.text(words) ?? "");
  });
  return op.op === "twiml" ? op.parts : [];
}

function readsInput(flow: Flow): boolean {
  return expressionsOf(flow).some(({ text, mark }) => /\binput\b/.test(text) && !isOfPromise(mark));
}

/** All environment variables that a program reads. */
function envIn(value: unknown): string[] {
  const names = new Set<string>();
  eachObject(value, (one) => {
    if (isEnv(one)) names.add(one.env);
  });
  return [...names];
}

/** E.164: a plus, and 7 to 15 digits. */
const NUMBER_TEXT = "^\\+[1-9]\\d{6,14}$";
/** The texts that the engine can convert to each type. */
const TYPE_TEXTS: Partial<Record<VariableType, string>> = {
  int: "^-?\\d+$",
  number: "^-?\\d+(\\.\\d+)?$",
  bool: "^(true|false)$",
};

/** The form that environment variables must have to be dialled, or to be defaults. */
function wantsOf({ flow, facts }: Checked): Record<string, string> {
  const defaults = Object.values(facts.variables).flatMap(({ env, type }): [string, string][] => {
    const text = TYPE_TEXTS[type];
    return env === undefined || text === undefined ? [] : [[env, text]];
  });
  const rung = marksOf(flow).flatMap(constantsRung);
  const numbers = rung.flatMap(({ noun, env }): [string, string][] =>
    noun === NUMBER ? [[env, NUMBER_TEXT]] : [],
  );
  return Object.fromEntries([...defaults, ...numbers]);
}

/** The environment variables that are defaults of variables. */
function defaultsIn({ variables }: Facts): string[] {
  return Object.values(variables).flatMap(({ env }) => env ?? []);
}
