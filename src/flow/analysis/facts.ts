/** Facts about a whole flow that rules and compiler need: variables, hours and languages, computed once. */

import { isMap } from "../../program/is-map.ts";
import type { Json } from "../../program/json.ts";
import type { OwnFunction } from "../../program/own-function.ts";
import type { Hours, Variable, VariableType } from "../../program/program.ts";
import type { Audio } from "../language/audio.ts";
import { mapValues } from "../language/map-values.ts";
import type { Mark } from "../language/mark.ts";
import { IDENTIFIER, isEnv, type Literal } from "../language/schema.ts";
import type { Flow, Step } from "../model/flow.ts";
import type { VariableSetting } from "../model/settings.ts";
import { calendarsIn, type ReadCalendars } from "./calendars.ts";
import { environmentOf } from "./environment.ts";
import { hoursOf } from "./opening.ts";

/** The default maximum length of a text variable. */
const MAX_LENGTH = 200;
const DEFAULT_LANGUAGE = "en-US";

/** Facts of one flow. */
export interface Facts {
  variables: Record<string, Variable>;
  /** The zone of dates and times: the flow's own, else that of its first hours. */
  timezone: string | undefined;
  hours: Record<string, Hours>;
  /** What expressions see. */
  environment: ReturnType<typeof environmentOf>;
  /** The project's own functions. */
  functions: readonly OwnFunction[];
  language: string;
  /** Every language that the call can be in; the flow's own first. */
  languages: readonly string[];
  /** Sensitive variables, and whether `input` is sensitive. */
  secrets: { variables: ReadonlySet<string>; input: boolean };
  audio: Audio;
  calendars: ReadCalendars;
  /** The date of the build; undefined if no finding depends on it. */
  today: string | undefined;
}

/** What the facts of all flows have in common. */
type SharedFacts = Pick<Facts, "audio" | "calendars" | "functions" | "today">;

/** Computes a flow's facts. Invalid values are left at their defaults: the rules report them. */
export function factsOf(flow: Flow, shared: SharedFacts): Facts {
  const variables = variablesOf(flow);
  const language = languageOf(flow);
  const hours = hoursIn(flow, shared.calendars);
  return {
    variables,
    timezone: flow.settings.timezone ?? Object.values(hours)[0]?.timezone,
    hours,
    environment: environmentOf(variables, shared.functions),
    language,
    languages: languagesOf(flow),
    secrets: {
      variables: new Set(Object.keys(variables).filter((name) => variables[name]?.sensitive)),
      input: flow.steps.some((step) => entersSecret(step, variables)),
    },
    ...shared,
  };
}

/** The initial value of each type: there is no null. */
export function emptyOf(type: VariableType): Json {
  const empty: Record<VariableType, Json> = {
    string: "",
    int: 0,
    number: 0,
    bool: false,
    list: [],
    map: {},
    recording: { url: "", seconds: 0, transcript: "" },
  };
  return empty[type];
}

/** A literal converted to a variable's type; undefined if it does not fit. */
export function literalAs(type: VariableType, literal: Literal): Json | undefined {
  const { value } = literal;
  if (type === "string") return literal.text === "" && typeof value === "object" ? undefined : literal.text;
  const fits: Record<Exclude<VariableType, "string">, boolean> = {
    int: Number.isSafeInteger(value),
    number: Number.isFinite(value),
    bool: typeof value === "boolean",
    list: Array.isArray(value),
    map: isMap(value),
    recording: false,
  };
  return fits[type] ? value : undefined;
}

function variablesOf(flow: Flow): Record<string, Variable> {
  const declared = new Map(
    Object.entries(
      mapValues(flow.settings.variables ?? {}, (one, name) => declaredVariable(one, `${flow.name}.${name}`)),
    ),
  );
  const marked = [
    ...flow.steps.map((step) => ({ marks: step.marks, isSecret: isSensitive(step) })),
    ...flow.broken.map(({ marks }) => ({ marks, isSecret: false })),
  ];
  for (const { marks, isSecret } of marked) {
    for (const mark of marks) {
      const name = variableKept(mark);
      // Invalid names are reported by the schema.
      if (name === undefined || !new RegExp(IDENTIFIER).test(name)) continue;
      const variable = declared.get(name) ?? newVariable(capturedType(mark));
      declared.set(name, variable);
      if (isSecret) variable.sensitive = true;
    }
  }
  return Object.fromEntries(declared);
}

/** Whether a step's input is sensitive, by its own key or by the variable that captures it. */
export function entersSecret(step: Step, variables: Facts["variables"]): boolean {
  const kept = step.marks.flatMap((mark) => variableKept(mark) ?? []);
  return isSensitive(step) || kept.some((name) => variables[name]?.sensitive);
}

/** The variable that a marked value captures an answer in, if any. */
export function variableKept({ mark, value, path }: Mark): string | undefined {
  if (mark === "saved") return path.at(-1);
  return mark === "variable" && typeof value === "string" ? value : undefined;
}

/** The type of what a marked value captures. */
export function capturedType({ schema, value }: Mark): VariableType {
  const result = typeof value === "string" ? schema["x-results"]?.[value] : undefined;
  return result ?? (schema["x-type"] === "recording" ? "recording" : "string");
}

function isSensitive({ kind, body }: Step): boolean {
  return kind.isSensitive?.(body) ?? false;
}

function newVariable(type: VariableType): Variable {
  return { type, default: emptyOf(type), ...(type === "string" ? { maxLength: MAX_LENGTH } : {}) };
}

function declaredVariable(setting: VariableSetting, fullName: string): Variable {
  const variable = newVariable(setting.type);
  const constant = setting.default?.value;
  if (isEnv(constant)) variable.env = constant.env;
  else if (setting.default) variable.default = literalAs(setting.type, setting.default) ?? variable.default;
  if (setting.maxLength !== undefined && setting.type === "string") variable.maxLength = setting.maxLength;
  if (setting.sensitive) variable.sensitive = true;
  if (setting.keep) variable.keep = `${setting.keep}:${fullName}`;
  return variable;
}

/** The hours of a flow, with the calendars that they name. */
function hoursIn(flow: Flow, calendars: ReadCalendars): Record<string, Hours> {
  const named = calendarsIn(flow);
  return mapValues(flow.settings.hours ?? {}, (setting, name) => {
    const paths = named.flatMap(({ hours, path }) => (hours === name ? (path ?? []) : []));
    const from = paths.flatMap((path) => calendars.files.get(path)?.setting ?? []);
    return hoursOf([...from, setting], flow.settings.timezone);
  });
}

function languageOf({ settings }: Flow): string {
  return settings.language ?? DEFAULT_LANGUAGE;
}

const collected = new WeakMap<Flow, readonly string[]>();

/** The flow's own language, and those that a choice or a `set` can change to. Collected once. */
export function languagesOf(flow: Flow): readonly string[] {
  const known = collected.get(flow);
  if (known) return known;
  const chosen = flow.steps.flatMap(({ marks }) => marks.filter(({ mark }) => mark === "language"));
  const tags = chosen.flatMap(({ value }) =>
    typeof value === "string" && !value.includes("{{") ? [value] : [],
  );
  const languages = [...new Set([languageOf(flow), ...tags])];
  collected.set(flow, languages);
  return languages;
}
