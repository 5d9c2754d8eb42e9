/** A turn as the page shows it: what it did to the call, without sensitive values, and short enough for a header. */

import type { Message } from "../engine/effect.ts";
import { scopeAt } from "../engine/scope.ts";
import type { Env } from "../engine/state.ts";
import type { Turn } from "../engine/turn.ts";
import type { MessageView, ServiceRequestView, TurnView } from "../phone/page/contract/turn.ts";
import { MASK, type Value } from "../phone/page/contract/value.ts";
import type { Json } from "../program/json.ts";
import type { Program, Scope } from "../program/program.ts";

/** The longest header, in characters: Node and most proxies take 16 kB of headers in all. */
const LONGEST_HEADER = 8000;
/** A shorter secret is masked only if it is the whole text: a single digit is part of many texts. */
const LEAST_SECRET = 4;
/** How much of a long text is left if the view is too long, in characters. */
const SHORT_TEXT = 60;

/**
 * A turn as the page shows it. Sensitive values are masked everywhere.
 * @param env the Worker's variables, some of which are secrets
 */
export function turnView(
  program: Program,
  turned: Turn,
  requests: readonly ServiceRequestView[],
  env: Env = {},
): TurnView {
  const { call, path, next, effects, error, cut } = turned;
  const messages = effects.filter((one) => one.effect === "message");
  const waiting = (call.frames ?? []).map(({ step }) => step);
  const scopes = scopesOf(program, turned);
  const secrets = [...scopes.flatMap(secretsIn), ...secretsOf(program, env)];
  const resumed = path[0] ?? "";
  return {
    flow: program.flow,
    version: program.hash,
    path,
    ...(next && { next: next.step }),
    waiting,
    scopes: scopes.map(({ flow, scope, vars }) => ({ flow, values: maskedValues(scope, vars) })),
    language: call.language ?? program.language,
    ...(program.steps[resumed]?.sensitive && { secret: true }),
    ...(requests.length > 0 && { serviceRequests: requests.map((one) => withoutSecrets(one, secrets)) }),
    ...(messages.length > 0 && { messages: messages.map((one) => messageView(one, secrets)) }),
    ...(error !== undefined && { error }),
    ...(cut.length > 0 && { cut }),
  };
}

/** An aside. If its document ends without a Hangup, the leg was not hung up: it has just heard a whisper. */
export function asideView(view: TurnView, { pieces }: Turn): TurnView {
  const { path } = view;
  const hangsUp = pieces.some((piece) => typeof piece === "string" && piece.includes("<Hangup"));
  return { ...view, aside: true, path: hangsUp || path.at(-1) !== "hangup" ? path : path.slice(0, -1) };
}

/** A running flow and its variables' values. */
interface Running {
  flow: string;
  scope: Scope;
  vars: Record<string, Json>;
}

function scopesOf(program: Program, { call, path }: Turn): Running[] {
  // A side road shares the memory of its flow: only a part has its own.
  const flows = (call.frames ?? []).flatMap(({ step, waits }) => (waits ? [{ step, vars: waits.vars }] : []));
  const last = path.findLast((step) => step !== "hangup") ?? program.start;
  // If no flow waits, the entry flow runs: an apology can come from the middle of a part.
  const running = { step: flows.length > 0 ? last : program.start, vars: call.vars };
  return [...flows, running].map(({ step, vars }) => {
    const scope = scopeAt(program, step);
    return { flow: flowOf(program, step), scope, vars: valuesOf(scope, vars, call.kept) };
  });
}

/** The value of each variable, persistent ones included. */
function valuesOf(
  { variables }: Scope,
  vars: Readonly<Record<string, Json>>,
  kept: Readonly<Record<string, Json>> = {},
): Record<string, Json> {
  const entries = Object.entries(variables).map(([name, { keep, default: otherwise }]): [string, Json] => [
    name,
    (keep === undefined ? vars[name] : kept[keep]) ?? otherwise,
  ]);
  return Object.fromEntries(entries);
}

function flowOf(program: Program, step: string): string {
  const dot = step.indexOf(".");
  return dot < 0 ? program.flow : step.slice(0, dot);
}

function maskedValues({ variables }: Scope, vars: Readonly<Record<string, Json>>): Record<string, Value> {
  const entries = Object.entries(vars).map(([name, value]): [string, Value] => {
    const variable = variables[name];
    const isShown = !variable?.sensitive || JSON.stringify(value) === JSON.stringify(variable.default);
    return [name, isShown ? value : MASK];
  });
  return Object.fromEntries(entries);
}

/** The texts and numbers in a flow's sensitive variables. */
function secretsIn({ scope, vars }: Running): string[] {
  const sensitive = Object.entries(vars).filter(([name]) => scope.variables[name]?.sensitive);
  return sensitive.flatMap(([, value]) => leavesOf(value)).filter((text) => text !== "");
}

/** A number, or a URL: what a flow reads of the Worker's variables and is not a secret. */
const OPEN = /^(\+\d+|(https?|wss|sips?|client):.*)$/;

function secretsOf(program: Program, env: Env): string[] {
  return program.env.flatMap((name) => env[name] ?? []).filter((value) => value !== "" && !OPEN.test(value));
}

function leavesOf(value: Json): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

function messageView({ form: { To = "", Body = "" } }: Message, secrets: readonly string[]): MessageView {
  return { to: hiddenIn(To, secrets, MASK), body: hiddenIn(Body, secrets, MASK) };
}

/** A text with its secrets masked. */
function hiddenIn(text: string, secrets: readonly string[], by: string): string {
  if (secrets.includes(text)) return by;
  const long = secrets.filter(({ length }) => length >= LEAST_SECRET);
  return long.reduce((rest, secret) => rest.replaceAll(secret, by), text);
}

function withoutSecrets(
  { url, body, answer, ...rest }: ServiceRequestView,
  secrets: readonly string[],
): ServiceRequestView {
  const hidden = (text: string, by: string): string => hiddenIn(text, secrets, by);
  const masked = (value: Value): Value => {
    if (typeof value === "string") return hidden(value, MASK);
    if (typeof value === "number") return secrets.includes(String(value)) ? MASK : value;
    if (Array.isArray(value)) return value.map(masked);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
  };
  const { status, json, text } = answer;
  return {
    ...rest,
    url: hidden(url, "*"),
    ...(body !== undefined && { body: masked(body) }),
    answer: {
      status,
      ...(json !== undefined && { json: masked(json) }),
      ...(text !== undefined && { text: hidden(text, MASK) }),
    },
  };
}

/** The header's text for a turn, the first that fits: everything; long texts shortened; no values at all. */
export function headerOf(view: TurnView): string | undefined {
  const { path, serviceRequests, messages } = view;
  const short: TurnView = {
    ...view,
    path: path.slice(-20),
    scopes: view.scopes.map(({ flow, values }) => ({ flow, values: shortened(values) })),
    ...(serviceRequests && {
      serviceRequests: serviceRequests.map(({ body: _, ...one }) => ({
        ...one,
        answer: { status: one.answer.status },
      })),
    }),
    ...(messages && { messages: messages.map(({ to, body }) => ({ to, body: shortText(body) })) }),
    shortened: true,
  };
  const bare: TurnView = { ...short, scopes: short.scopes.map(({ flow }) => ({ flow, values: {} })) };
  const { serviceRequests: _serviceRequests, messages: _messages, ...barest } = bare;
  const written = [view, short, bare, barest].map((one) => encodeURIComponent(JSON.stringify(one)));
  return written.find(({ length }) => length <= LONGEST_HEADER);
}

function shortened(values: Readonly<Record<string, Value>>): Record<string, Value> {
  const entries = Object.entries(values).map(([name, value]): [string, Value] => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [name, text.length > SHORT_TEXT ? shortText(text) : value];
  });
  return Object.fromEntries(entries);
}

function shortText(text: string): string {
  return text.length > SHORT_TEXT ? `${text.slice(0, SHORT_TEXT)}…` : text;
}
