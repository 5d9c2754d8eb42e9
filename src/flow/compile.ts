/** Flow → Program. */
import { createHash } from "node:crypto";
import {
  FORMAT,
  type Json,
  type Op,
  type Part,
  type Program,
  type Step as ProgramStep,
  type Source,
} from "../program/program.ts";
import { type Compiler, compilerFor, type FlowFacts, HANG_UP } from "./compiler.ts";
import { expressionsOf } from "./expressions.ts";
import { entersSecret, type Facts } from "./facts.ts";
import { type Graph, targetOf } from "./graph.ts";
import type { Flow, Step } from "./steps/kind.ts";

const APOLOGY = "We are sorry, something went wrong. Please call again later.";

/** Compiles a flow without errors; its hash names exactly what it does. */
export function compile(flow: Flow, graph: Graph, facts: Facts): Program {
  const flowFacts = flowFactsOf(flow, graph, facts);
  const steps = flow.steps.filter(({ name }) => graph.reached.has(name));
  const compiled = steps.map((step): [string, ProgramStep] => [
    step.name,
    compileStep(step, compilerFor(step.name, flowFacts)),
  ]);
  const program: Omit<Program, "hash"> = {
    format: FORMAT,
    flow: flow.name,
    start: graph.start ?? "",
    ...(typeof flow.settings.onError === "string" ? { onError: flow.settings.onError } : {}),
    apology: apology(flow, flowFacts),
    language: facts.language,
    variables: facts.variables,
    hours: facts.hours,
    env: [],
    ...(readsInput(flow) ? { keepsInput: true } : {}),
    steps: Object.fromEntries(compiled),
  };
  program.env = [...new Set([...envIn(program), ...secretsIn(flow)])].toSorted();
  return { ...program, hash: hashOf(program) };
}

function flowFactsOf(flow: Flow, graph: Graph, facts: Facts): FlowFacts {
  const edges = [...graph.edges.values()].flat();
  return {
    speech: {
      voice: flow.settings.voice,
      language: facts.language,
      named: flow.settings.language !== undefined,
      multilingual: flow.steps.some(({ marks }) => marks.some(({ mark }) => mark === "language")),
    },
    destinations: flow.settings.destinations ?? {},
    variables: facts.variables,
    defaulted: new Set(
      Object.entries(flow.settings.variables ?? {}).flatMap(([name, one]) => (one.default ? [name] : [])),
    ),
    retried: new Set(edges.flatMap((edge) => (typeof edge.to === "string" ? [] : (targetOf(edge) ?? [])))),
    usesBack: edges.some(({ to }) => to === "back"),
  };
}

function compileStep(step: Step, to: Compiler): ProgramStep {
  const blocks = step.kind.compile(step, to);
  return entersSecret(step, to.facts.variables) ? { sensitive: true, blocks } : { blocks };
}

function apology(flow: Flow, facts: FlowFacts): Part[] {
  const to = compilerFor("", facts);
  const ops: Op[] = [to.prompt(flow.settings.apology ?? APOLOGY), ...HANG_UP];
  return ops.flatMap((op) => (op.op === "twiml" ? [...op.parts] : []));
}

function readsInput(flow: Flow): boolean {
  return expressionsOf(flow).some(({ text }) => /\binput\b/.test(text));
}

/** The Worker's variables that a program reads, wherever they stand. */
function envIn(value: unknown): string[] {
  const names = new Set<string>();
  const look = (inner: unknown): void => {
    if (typeof inner !== "object" || inner === null) return;
    if (isEnvSource(inner)) names.add(inner.env);
    for (const one of Object.values(inner)) look(one);
  };
  look(value);
  return [...names];
}

/** The secrets that a flow's expressions name. */
function secretsIn(flow: Flow): string[] {
  return expressionsOf(flow).flatMap(({ text }) =>
    [...text.matchAll(/\bsecrets\.([A-Za-z_]\w*)/g)].map(([, name = ""]) => name),
  );
}

function isEnvSource(value: object): value is Extract<Source, { env: string }> {
  return "env" in value && typeof value.env === "string" && Object.keys(value).length === 1;
}

/** Ten hexadecimal digits of the SHA-256 of a program in canonical order: the same flow has the same name. */
export function hashOf(program: Omit<Program, "hash">): string {
  return createHash("sha256").update(canonical(program)).digest("hex").slice(0, 10);
}

/** JSON with the keys of every map in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: Json) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
