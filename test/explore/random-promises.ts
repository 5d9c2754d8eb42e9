/** Random flows with random promises: small enough to be gone through, and full of what is easily overlooked. */
import type { Random } from "../../src/cli/play/fuzz/random.ts";

/** A flow, the part that it can run, and the answers that its service gives. */
export interface RandomFlow {
  main: string;
  part: string;
  answers: readonly [
    url: string,
    answers: readonly { json: Record<string, string | number | boolean | null> }[],
  ][];
}

type Body = Record<string, unknown>;

const SERVICE = "https://crm.example.com/tier";
const CONDITIONS = [
  "vars.n > 1",
  "vars.n == 2",
  "vars.n * 2 == 4",
  "vars.n + vars.m == 3",
  "vars.n < vars.m",
  'vars.t == "12"',
  'vars.t == ""',
  'vars.t.startsWith("1")',
  'vars.t.matches("^[0-9]{2}$")',
  "size(vars.t) > 2",
  "vars.t == vars.u",
  'vars.u != ""',
  "vars.b",
  "!vars.b",
  'isOpen("office")',
  'vars.b && isOpen("office")',
  "caller.verified",
  'caller.country == "US"',
  'caller.name != ""',
  'input.digits == "3"',
  "vars.k > 0",
  'vars.t in ["12", "34", "gold"]',
  "vars.r.seconds > 5",
] as const;
const TEXTS = ["", "12", "gold", "{{ vars.u }}", "{{ input.digits }}", "{{ string(vars.n) }}"] as const;
const NUMBERS = [
  0,
  2,
  "{{ vars.n < 3 ? vars.n + 1 : 0 }}",
  "{{ vars.m }}",
  "{{ vars.n == 0 ? 2 : 1 }}",
  "{{ size(vars.t) }}",
  "{{ vars.b ? 1 : 0 }}",
] as const;
const OUTCOMES = ["busy", "no-answer", "failed", "declined"] as const;

/** Draws a flow. */
export function randomFlow(random: Random, promises: number): RandomFlow {
  const names = Array.from({ length: random.int(3, 8) }, (_, index) => `s${index}`);
  const partNames = ["p0", "p1", "p2"];
  const runsPart = random.chance(0.4);
  const steps = stepsOf(random, names, ["hangup"], runsPart);
  const partSteps = stepsOf(random, partNames, ["return", "return", "hangup"], false);
  const hangsUp = random.chance(0.3);
  const watched = runsPart ? [...names, "part.p0", "part.p1"] : names;
  const settings = { hours: HOURS, variables: VARIABLES };
  const main = {
    ...settings,
    destinations: { desk: "+14155550100" },
    ...(random.chance(0.4) && { onError: random.any(names) ?? "s0" }),
    ...(hangsUp && { onHangup: "gone" }),
    promises: Array.from({ length: promises }, () => promiseOf(random, watched)),
    steps: { ...steps, ...(hangsUp && { gone: { set: { b: true }, next: "return" } }) },
  };
  const part = {
    ...settings,
    destinations: { desk: "+14155550100" },
    takes: ["n"],
    gives: ["n", "t"],
    steps: partSteps,
  };
  return { main: JSON.stringify(main), part: JSON.stringify(part), answers: [[SERVICE, ANSWERS]] };
}

const HOURS = { office: { timezone: "America/New_York", open: { "mon-fri": "08:00-18:00" } } };
const VARIABLES = {
  n: { type: "int" },
  m: { type: "int", default: 1 },
  t: { type: "string", maxLength: 6 },
  u: { type: "string", maxLength: 6 },
  b: { type: "bool" },
  k: { type: "int", keep: "caller" },
  r: { type: "recording" },
};
const ANSWERS = [
  { json: { tier: "gold", n: 2 } },
  { json: { tier: "12", n: 0 } },
  { json: { tier: "", n: 5 } },
  { json: { tier: null, n: 1 } },
  { json: { tier: "34" } },
];

/** Steps that ask lead anywhere, the others only on: nothing goes round without a question. */
function stepsOf(random: Random, names: readonly string[], ends: readonly string[], runsPart: boolean) {
  const runs = runsPart ? random.int(0, names.length - 1) : -1;
  return Object.fromEntries(
    names.map((name, at) => {
      const to = (all: readonly string[]): string => random.any(all) ?? "hangup";
      const exits = {
        any: () => to([...names, ...names, ...ends]),
        on: () => to([...names.slice(at + 1), ...ends]),
      };
      return [name, stepOf(random, exits, at === runs)];
    }),
  );
}

/** Draws exits. */
interface Exits {
  any(): string;
  on(): string;
}

function stepOf(random: Random, { any: exit, on }: Exits, isRun: boolean): Body {
  const prompt = random.pick(["Hello.", "Please press a key.", "{{ vars.t }} it is."]);
  const kinds: (() => Body)[] = [
    () => ({ gather: { prompt, choices: { 1: exit(), 2: exit(), 3: exit() }, otherwise: exit() } }),
    () => ({ gather: { prompt, attempts: 1, choices: { 1: exit(), "10-12": exit() }, otherwise: exit() } }),
    () => ({ gather: { prompt, save: "t", attempts: random.int(1, 2), otherwise: exit() }, next: exit() }),
    () => ({ gather: { prompt, save: "t", numDigits: 2, otherwise: exit() }, next: exit() }),
    () => ({ gather: { prompt, save: "n", numDigits: 1, otherwise: exit() }, next: exit() }),
    () => ({
      gather: {
        prompt,
        input: "dtmf speech",
        choices: {
          1: { speech: ["billing"], next: exit() },
          2: { speech: ["a person", "somebody"], next: exit() },
        },
        otherwise: exit(),
      },
    }),
    () => ({
      branch: [
        { when: random.pick(CONDITIONS), next: on() },
        { when: random.pick(CONDITIONS), next: on() },
        { next: on() },
      ],
    }),
    () => ({ branch: { on: "vars.t", cases: { 12: on(), gold: on() }, else: on() } }),
    () => ({ set: { n: random.pick<number | string>(NUMBERS) }, next: on() }),
    () => ({ set: { m: random.pick<number | string>(NUMBERS), b: random.chance(0.5) }, next: on() }),
    () => ({ set: { t: random.pick(TEXTS), u: random.pick(["x", "{{ vars.t }}"]) }, next: on() }),
    () => ({ set: { k: "{{ vars.k + 1 }}" }, next: on() }),
    () => ({ set: { n: "{{ 6 / vars.n }}" }, next: on() }),
    () => ({ say: prompt, next: on() }),
    () => ({ dial: { to: "desk", status: { [random.pick(OUTCOMES)]: exit(), else: exit() } }, next: exit() }),
    () => ({
      dial: { to: "desk", whisper: "A call.", accept: "1", status: { declined: exit(), else: exit() } },
      next: exit(),
    }),
    () => ({ record: { prompt, maxLength: 20, save: "r", empty: exit() }, next: exit() }),
    () => ({
      request: {
        url: SERVICE,
        save: random.pick<Body>([{ t: "tier" }, { n: "n" }, { t: "tier", n: "n" }]),
        status: { [random.pick(["404", "5xx", "invalid", "timeout"])]: on(), else: on() },
      },
      next: on(),
    }),
  ];
  const run = (): Body => ({
    run: { flow: "part", with: { n: "{{ vars.m }}" }, save: { n: "n", t: "t" } },
    next: on(),
  });
  return isRun ? run() : (random.any(kinds) ?? run)();
}

function promiseOf(random: Random, names: readonly string[]): Body {
  const step = (): string => random.any(names) ?? "s0";
  const condition = (): string => random.pick(CONDITIONS);
  const meanwhile = random.chance(0.5) ? { while: condition() } : {};
  const end = (): string => (random.chance(0.3) ? random.pick(["hangup", "apology"]) : step());
  return random.pick<() => Body>([
    () => ({ never: end(), ...meanwhile }),
    () => ({ never: random.chance(0.5) ? "apology" : end() }),
    () => ({ always: step(), before: end(), ...meanwhile }),
    () => ({ only: condition(), at: end() }),
    () => ({
      reach: end(),
      from: step(),
      ...(random.chance(0.5) && { within: { answers: random.int(0, 3) } }),
      ...meanwhile,
    }),
  ])();
}
