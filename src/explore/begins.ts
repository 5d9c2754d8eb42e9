/** How calls begin: at each moment that matters, and with each side of what is unknown before a call. */
import { scopesOf } from "../engine/scope.ts";
import type { Json, Program } from "../program/program.ts";
import { momentsOf, readsClock } from "./clocks.ts";
import type { Begin, Cut, ExploreOptions } from "./exploration.ts";
import { matching } from "./sample.ts";
import { valuesOf, numbersOf as wholeNumbersOf, written } from "./sides.ts";
import { timesCompared } from "./times.ts";
import type { ToldApart } from "./told-apart.ts";
import { variableKey } from "./value-keys.ts";

/** The numbers of a test's call. */
export const CALLER = "+14155550111";
export const NUMBER = "+14155550100";

const MOST_BEGINS = 48;
const MINUTE = 60_000;

type Change = (begin: Omit<Begin, "id">) => Omit<Begin, "id">;

/** One unknown: what it can be, the most ordinary first. */
type Unknown = readonly { label: string; change: Change }[];

/** The ways in which a call can begin. */
export function beginsOf(
  program: Program,
  told: ToldApart,
  options: ExploreOptions,
): { begins: Begin[]; cut: Cut[] } {
  const {
    now,
    env = {},
    mostBegins = MOST_BEGINS,
    moments = momentsOf(program, now, timesCompared(program, told)),
  } = options;
  const standIns = standInsFor(program, env);
  const first: Omit<Begin, "id"> = {
    label: "",
    at: Math.floor(now / MINUTE) * MINUTE,
    kept: {},
    env: { ...secretsOf(program), ...standIns, ...env },
    params: {},
    scenario: Object.keys(standIns).length > 0 ? { env: standIns } : {},
  };
  const unknowns: Unknown[] = [
    moments.map(({ at, label }) => ({
      label: moments.length > 1 ? label : "",
      change: (begin) => ({ ...begin, at }),
    })),
    ...variablesOf(program, told),
    ...callerOf(told),
  ];
  const all = unknowns.reduce((count, { length }) => count * length, 1);
  const chosen = (all <= mostBegins ? everyWay(unknowns) : oneByOne(unknowns)).slice(0, mostBegins);
  const begins = chosen.map((way, id) => ({
    ...way.reduce((begin, { change }) => change(begin), first),
    id,
    label: labelOf(way),
  }));
  const cut: Cut[] = [];
  if (readsClock(program)) {
    const message = `The flow reads the time itself, and was explored at ${moments.length === 1 ? "one moment" : `${moments.length} moments`} only.`;
    cut.push({ what: "clock", message });
  }
  if (JSON.stringify(program.steps).includes('["random"'))
    cut.push({ what: "random", message: "The flow draws random numbers, and each was drawn once only." });
  const message = `Calls can begin in ${all} ways, and ${begins.length} of them were explored.`;
  if (all > begins.length) cut.push({ what: "begins", message });
  return { begins, cut };
}

function everyWay(unknowns: readonly Unknown[]): Unknown[] {
  return unknowns.reduce<Unknown[]>(
    (ways, unknown) => ways.flatMap((way) => unknown.map((one) => [...way, one])),
    [[]],
  );
}

function oneByOne(unknowns: readonly Unknown[]): Unknown[] {
  const usual = unknowns.flatMap((unknown) => unknown.slice(0, 1));
  return [usual, ...unknowns.flatMap((unknown, at) => unknown.slice(1).map((one) => usual.with(at, one)))];
}

function labelOf(way: Unknown): string {
  return way
    .map(({ label }) => label)
    .filter((label) => label !== "")
    .join(", ");
}

/** Persistent variables, and those that the first webhook sets. */
function variablesOf(program: Program, told: ToldApart): Unknown[] {
  const unknowns = new Map<string, Unknown>();
  for (const scope of scopesOf(program)) {
    for (const [name, variable] of Object.entries(scope.variables)) {
      const key = variableKey(scope, program, name);
      const isTaken = scope === program && program.takes?.includes(name);
      if ((variable.keep === undefined && !isTaken) || unknowns.has(key)) continue;
      const sides = told.of(key);
      const values = sides.length === 0 ? [] : valuesOf(sides, variable.type);
      const others = values.filter((value) => value !== undefined && !isSame(value, variable.default));
      const change = (value: Json): Change =>
        variable.keep === undefined ? withParameter(name, value) : withKept(name, variable.keep, value);
      const set = others.map((value = "") => ({ label: `${name} ${written(value)}`, change: change(value) }));
      if (set.length > 0) unknowns.set(key, [{ label: "", change: (begin) => begin }, ...set]);
    }
  }
  return [...unknowns.values()];
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withKept(name: string, keep: string, value: Json): Change {
  return (begin) => ({
    ...begin,
    kept: { ...begin.kept, [keep]: value },
    scenario: withSetting(begin.scenario, "kept", keep.replace(/^\w+:/, "") || name, value),
  });
}

function withParameter(name: string, value: Json): Change {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (begin) => ({
    ...begin,
    params: { ...begin.params, [name]: text },
    scenario: withSetting(begin.scenario, "parameters", name, text),
  });
}

function withSetting(
  scenario: Begin["scenario"],
  setting: string,
  name: string,
  value: unknown,
): Begin["scenario"] {
  const before = scenario[setting];
  return { ...scenario, [setting]: { ...(typeof before === "object" ? before : {}), [name]: value } };
}

/** What Twilio knows of the caller, by the names of expressions, parameters and scenarios. */
const PLACES: readonly [field: string, parameter: string][] = [
  ["name", "CallerName"],
  ["city", "FromCity"],
  ["state", "FromState"],
  ["zip", "FromZip"],
  ["country", "FromCountry"],
];

/** The sides of what is known of the caller and the call. */
function callerOf(told: ToldApart): Unknown[] {
  const usual = { label: "", change: (begin: Omit<Begin, "id">) => begin };
  const places = PLACES.map(([field, parameter]) =>
    textsOf(told, `caller.${field}`).map((value) => ({
      label: `${field} ${written(value)}`,
      change: (begin: Omit<Begin, "id">) => ({
        ...begin,
        params: { ...begin.params, [parameter]: value },
        scenario: withSetting(begin.scenario, "caller", field, value),
      }),
    })),
  );
  const attested = textsOf(told, "caller.attestation").filter((one) => /^[BC]$/.test(one));
  const verified = ["caller.verified", "caller.attestation"].some((key) => told.of(key).length > 0);
  return [
    numbersOf(told),
    answeredBy(told),
    [...(verified ? [{ label: "verified", change: verify }] : []), ...attested.map(attest)],
    calledOf(told),
    forwardedOf(told),
    ...queueOf(told),
    ...places,
  ]
    .filter(({ length }) => length > 0)
    .map((all) => [usual, ...all]);
}

const verify: Change = (begin) => ({
  ...begin,
  params: { ...begin.params, StirVerstat: "TN-Validation-Passed-A" },
  scenario: withSetting(begin.scenario, "caller", "verified", true),
});

function attest(attestation: string): { label: string; change: Change } {
  return {
    label: `attestation ${attestation}`,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, StirVerstat: `TN-Validation-Passed-${attestation}` },
      scenario: withSetting(begin.scenario, "caller", "attestation", attestation),
    }),
  };
}

/** The numbers of this line that the flow knows. */
function calledOf(told: ToldApart): { label: string; change: Change }[] {
  return knownNumbers(told, "call.to", "call.number").map((to) => ({
    label: `to ${to}`,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, To: to },
      scenario: { ...begin.scenario, to },
    }),
  }));
}

function forwardedOf(told: ToldApart): { label: string; change: Change }[] {
  return textsOf(told, "call.forwardedFrom").map((from) => ({
    label: `forwarded from ${from}`,
    change: withParameter("ForwardedFrom", from),
  }));
}

/** Places in queues, by the names of scenarios and parameters. */
const QUEUE: readonly [field: string, parameter: string][] = [
  ["position", "QueuePosition"],
  ["size", "CurrentQueueSize"],
  ["average", "AvgQueueTime"],
];

function queueOf(told: ToldApart): { label: string; change: Change }[][] {
  return QUEUE.map(([field, parameter]) =>
    wholeNumbersOf(told.of(`queue.${field}`))
      .filter((one) => one > 0)
      .map((one) => ({
        label: `${field} ${one} in the queue`,
        change: (begin) => ({
          ...begin,
          queue: { ...begin.queue, [parameter]: `${one}` },
          scenario: withSetting(begin.scenario, "queue", field, one),
        }),
      })),
  );
}

function textsOf(told: ToldApart, key: string): string[] {
  return told.of(key).flatMap(({ side }) =>
    // Usually nothing is known: what is compared with that is told apart from something.
    "value" in side && typeof side.value === "string" ? [side.value || "something"] : [],
  );
}

const USUAL_DIGITS = "2025550123";

/** The numbers that the flow compares with; those that begin with them if they are only a prefix. */
function knownNumbers(told: ToldApart, ...keys: readonly string[]): string[] {
  const texts = keys.flatMap((key) => textsOf(told, key)).filter((text) => /^\+\d{1,15}$/.test(text));
  return [...new Set(texts)].map((text) => (text.length > 7 ? text : text + USUAL_DIGITS));
}

/** A hidden number, and the numbers that the flow knows. */
function numbersOf(told: ToldApart): { label: string; change: Change }[] {
  const numbers = told.of("caller.number").length + told.of("caller.hidden").length > 0 ? ["anonymous"] : [];
  return [...new Set([...numbers, ...knownNumbers(told, "caller.number")])].map((from) => ({
    label: from === "anonymous" ? "a hidden number" : from,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, From: from },
      scenario: { ...begin.scenario, from },
    }),
  }));
}

/** A call that Twilio places, and what its detection of machines says. */
function answeredBy(told: ToldApart): { label: string; change: Change }[] {
  const values = [...textsOf(told, "call.answeredBy"), ...(told.of("call.direction").length > 0 ? [""] : [])];
  return values.map((AnsweredBy) => ({
    label: AnsweredBy === "" ? "placed by Twilio" : `answered by ${AnsweredBy}`,
    change: (begin) => ({
      ...begin,
      params: {
        ...begin.params,
        From: NUMBER,
        To: CALLER,
        Direction: "outbound-api",
        ...(AnsweredBy !== "" && { AnsweredBy }),
      },
      scenario: {
        ...begin.scenario,
        direction: "outbound",
        ...(AnsweredBy !== "" && { answeredBy: AnsweredBy }),
      },
    }),
  }));
}

/** Values for environment variables that must have a form, such as a number. */
function standInsFor({ wants = {} }: Program, env: Readonly<Record<string, string>>): Record<string, string> {
  const unset = Object.entries(wants).filter(([name]) => !env[name]);
  let numbers = 0;
  return Object.fromEntries(
    unset.map(([name, pattern]) => {
      const number = `+1415555${String(200 + numbers++).padStart(4, "0")}`;
      return [name, new RegExp(pattern, "u").test(number) ? number : (matching(pattern) ?? "")];
    }),
  );
}

/** Secrets that only services read: any text will do, as in tests. */
function secretsOf({ env, steps }: Program): Record<string, string> {
  const text = JSON.stringify(steps);
  const read = env.filter((name) => text.includes(JSON.stringify(["$", "secrets", name])));
  return Object.fromEntries(read.map((name) => [name, `the secret ${name}`]));
}
