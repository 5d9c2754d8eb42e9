/** The compiler that step kinds use: exits, prompts, links and TwiML of one step. */

import type { Json } from "../../program/json.ts";
import type { Op, Part, Road, Source } from "../../program/op.ts";
import type { Variable } from "../../program/program.ts";
import type { Exit } from "../language/exit-schema.ts";
import { type Prompt, type Side, sideStep } from "../language/prompt-schema.ts";
import { isEnv, type Literal, type Saved } from "../language/schema.ts";
import { textExpression, wholeHole } from "../language/text.ts";
import type { BasedUrl } from "../language/text-schema.ts";
import type { Element } from "../twiml/element.ts";
import type { Destination } from "../twiml/leg.ts";
import { markText } from "../twiml/marked-text.ts";
import { addressParts, markUrl } from "../twiml/marked-url.ts";
import { speak } from "../twiml/prompt.ts";
import { languageOf, type Speech } from "../twiml/speech.ts";
import { Holes } from "../twiml/twiml.ts";
import type { Writer } from "../twiml/writer.ts";

/** The part of the whole flow that a step's code depends on. */
export interface FlowFacts {
  speech: Speech;
  destinations: Readonly<Record<string, Destination>>;
  variables: Readonly<Record<string, Variable>>;
  /** Every language that the call can be in, in any flow of the Program. */
  languages: readonly string[];
  /** Variables whose default the author wrote. */
  defaulted: ReadonlySet<string>;
  /** Gathers that some exit asks again: their attempts outlive the step. */
  retried: ReadonlySet<string>;
  /** Whether any exit is `back`: then menus are marked. */
  usesBack: boolean;
  /** Whether the flow answers text messages. */
  answersMessages: boolean;
  /** The prefix of step names in a sub-flow: `identify.`. */
  prefix: string;
}

/** The name of the block where each step begins. */
export const ENTER = "enter";

/** Exits by outcome. */
type Exits = Readonly<Record<string, Exit | undefined>>;

/** One step's compiler. */
export interface Compiler extends Writer {
  facts: FlowFacts;
  /** The step's name in the Program. */
  step: string;
  /** The ops that take an exit. */
  exit(exit: Exit): Op[];
  /** The ops of an outcome: its own exit, otherwise `else`, otherwise a failure. */
  outcome(status: Exits | undefined, name: string): Op[];
  /** The ops of an outcome after a hang-up: its own exit, otherwise the end of the call. */
  gone(status: Exits | undefined, name: string): Op[];
  /** TwiML, as an op. */
  twiml(build: (response: Element) => void): Op;
  /** TwiML, as parts. */
  fragment(build: (response: Element) => void): Part[];
  /** Speaks a prompt into an element. */
  speak(parent: Element, prompt: Prompt): void;
  /** A prompt as an op. */
  prompt(prompt: Prompt): Op;
  /** The blocks of a side road: it begins at `block`, with its prompt or step, and ends with `after`. */
  side(block: string, side: Side, after: Op[]): Record<string, Op[]>;
  /** The URL of a request, its holes encoded. */
  address(url: string | { env: string } | BasedUrl): Part[];
  /** The language of recognition: the named one, otherwise the call's own. */
  language(tag: string | undefined): string | undefined;
  /** A part as the value of an attribute or an element. */
  mark(part: Part): string;
  /** The URL at which a block of this step resumes. */
  link(block: string, road?: Road): string;
  /** The URL at which a block resumes, as a query parameter of the URL right before it. */
  linkAs(parameter: string, block: string): string;
}

/** A compiler for one step of a flow. */
export function compilerFor(name: string, facts: FlowFacts): Compiler {
  const holes = new Holes();
  const step = facts.prefix + name;
  const { speech } = facts;
  const twiml = (build: (response: Element) => void): Op => ({ op: "twiml", parts: holes.fragment(build) });
  const say = (prompt: Prompt): Op => twiml((response) => speak(holes, response, prompt, speech));
  const exit = (to: Exit): Op[] => exitOps(step, to, facts.prefix);
  return {
    facts,
    step,
    exit,
    outcome: (status, name) => {
      const to = status?.[name] ?? status?.else;
      return to === undefined ? [{ op: "fail", why: `no exit for ${name}` }] : exit(to);
    },
    gone: (status, name) => {
      const to = status?.[name];
      // Never resumed: the caller has gone.
      return to === undefined ? [{ op: "wait", block: ENTER }] : exit(to);
    },
    twiml,
    fragment: (build) => holes.fragment(build),
    speak: (parent, prompt) => speak(holes, parent, prompt, speech),
    prompt: say,
    side: (block, side, after) => {
      const begin = sideStep(side);
      if (begin === undefined) return { [block]: [say(side), ...after] };
      const over = `${block}.over`;
      return { [block]: [{ op: "goto", step: facts.prefix + begin, back: over }], [over]: after };
    },
    text: (text) => markText(holes, text, speech.language),
    url: (url) => markUrl(holes, url, speech.language),
    address: (url) => addressParts(holes, url),
    language: (tag) => languageOf(holes, tag, speech),
    mark: (part) => holes.mark(part),
    link: (block, road = "voice") => holes.mark({ link: block, road }),
    linkAs: (parameter, block) => holes.mark({ link: block, road: "voice", parameter }),
  };
}

/** Ends the call. */
export const HANG_UP: readonly Op[] = [{ op: "twiml", parts: ["<Hangup/>"] }, { op: "end" }];

function exitOps(step: string, exit: Exit, prefix: string): Op[] {
  if (typeof exit !== "string") return [{ op: "goto", step: prefix + exit.retry, block: "retry" }];
  if (exit === "hangup") return [...HANG_UP];
  if (exit === "repeat") return [{ op: "goto", step }];
  if (exit === "back") return [{ op: "back" }];
  if (exit === "return") return [{ op: "return" }];
  return [{ op: "goto", step: prefix + exit }];
}

/** The source of an author's value: one whole `{{ }}` keeps its type, a text can hold several. */
export function sourceOf(literal: Literal, isText: boolean): Source {
  if (isEnv(literal.value)) return { env: literal.value.env };
  const hole = typeof literal.value === "string" || isText ? wholeHole(literal.text) : undefined;
  if (hole) return { expr: hole.expr };
  return { value: isText ? literal.text : literal.value };
}

/** A text that is sent: its holes are filled when the request is made. */
export function textSource(text: string | { env: string }): Source {
  if (isEnv(text)) return { env: text.env };
  const hole = wholeHole(text);
  if (hole) return { expr: hole.expr };
  return text.includes("{{") ? { expr: textExpression(text) } : { value: text };
}

/** A JSON value that is sent; a part without holes is one constant. */
export function jsonSource(value: Json): Source {
  if (typeof value === "string") return textSource(value);
  if (isEnv(value)) return { env: value.env };
  if (typeof value !== "object" || value === null || !holdsHole(value)) return { value };
  if (Array.isArray(value)) return { list: value.map(jsonSource) };
  return { map: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonSource(one)])) };
}

function holdsHole(value: Json): boolean {
  if (typeof value === "string") return value.includes("{{");
  if (typeof value !== "object" || value === null) return false;
  return isEnv(value) || Object.values(value).some(holdsHole);
}

/** Ops for an unset environment variable or an empty computed text; none for other texts. */
export function whenEmpty(text: unknown, then: Op[]): Op[] {
  const mayBe = isEnv(text) || (typeof text === "string" && wholeHole(text) !== undefined);
  return mayBe ? [{ op: "switch", on: textSource(text), cases: { "": then } }] : [];
}

/** Ops that fail the step in that case. */
export function failEmpty(text: unknown): Op[] {
  const why = isEnv(text) ? `the environment variable ${text.env} is not set` : "a computed value is empty";
  return whenEmpty(text, [{ op: "fail", why }]);
}

/**
 * The ops that capture parameters of the webhook, or a path into one that holds JSON, such as `HandoffData.reason`. If
 * the value is missing or does not fit its variable, the variable takes its default.
 */
export function captureParams(saved: Saved | undefined, { facts }: Compiler): Op[] {
  return Object.entries(saved ?? {}).map(([variable, place]): Op => {
    const [param = "", ...path] = place.split(".");
    const otherwise = [toDefault(variable, facts.variables[variable])];
    const set = { op: "set", to: { variable }, otherwise } as const;
    // A missing parameter reads as an empty text; a missing JSON value fits no variable.
    return path.length > 0 ? { ...set, from: { param, path } } : { ...set, from: { param }, matches: "[^]+" };
  });
}

/**
 * The ops that capture results of the step, by the name of each. A result that is missing, or does not fit its variable,
 * leaves the variable's default.
 */
export function captureResults(
  saved: Readonly<Record<string, string>> | undefined,
  results: Readonly<Record<string, Source>>,
  { facts }: Compiler,
): Op[] {
  return Object.entries(saved ?? {}).flatMap(([variable, result]): Op[] => {
    const from = Object.hasOwn(results, result) ? results[result] : undefined;
    if (from === undefined) return [];
    return [
      { op: "set", to: { variable }, from, otherwise: [toDefault(variable, facts.variables[variable])] },
    ];
  });
}

/** The recording that a webhook is about; one without a URL if it names none. */
export const RECORDED: Source = {
  map: { url: { param: "RecordingUrl" }, seconds: { param: "RecordingDuration" }, transcript: { value: "" } },
};

function toDefault(variable: string, declared: Pick<Variable, "default" | "env"> = { default: "" }): Op {
  const to = { variable };
  const written: Op = { op: "set", to, from: { value: declared.default } };
  if (declared.env === undefined) return written;
  return { op: "set", to, from: { env: declared.env }, otherwise: [written] };
}
