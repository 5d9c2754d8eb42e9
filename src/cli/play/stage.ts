/** One scenario's call: the app with a store in memory, the carrier, and a scripted caller between them. */
import { createHmac } from "node:crypto";
import type { Turn } from "../../engine/turn.ts";
import { defaultOf } from "../../engine/values.ts";
import { secretReads } from "../../flow/analysis/worker-reads.ts";
import type { Built, BuiltFlow } from "../../flow/build.ts";
import type { ServedAudio } from "../../flow/language/audio.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { type Line, simulatedClock } from "../../phone/leg/line.ts";
import { playScenario } from "../../phone/script/script.ts";
import type { TextMessage } from "../../phone/text-message.ts";
import type { Json, Program } from "../../program/program.ts";
import { createApp } from "../../worker/app.ts";
import { indexPrograms } from "../../worker/programs.ts";
import { nameOfServed } from "../project/assets.ts";
import { addressesOf } from "./destination-addresses.ts";
import { fakeWeb, type Sent } from "./fake-web.ts";
import { holds, sentChecker } from "./sent.ts";

/** What first went otherwise: at which line of the script, or of which variable that it expects something of. */
export interface Wrong {
  step: number;
  message: string;
  variable?: string;
}

/** How a scenario went. */
export interface Outcome {
  written: WrittenScenario;
  failure?: Wrong;
  transcript: readonly string[];
  /** The steps of each turn and of each side road, in order. */
  paths: string[][];
  /** The call's own turns, in order. */
  turns: readonly Turn[];
  /** What it sent to services, in order. */
  sent: readonly Sent[];
}

const TOKEN = "a token for tests only";
const ACCOUNT = `AC${"0".repeat(32)}`;
const HOST = "https://ringflow.test";
/** Twilio takes every text message. */
const TWILIO = { "https://api.twilio.com/*/Messages.json": [{ status: 201, json: {} }] };
const CALLER = "+14155550111";
const NUMBER = "+14155550100";

/** Signs as Twilio does, at once: quicker than WebCrypto where thousands of calls are made. */
function sign(text: string): string {
  return createHmac("sha1", TOKEN).update(text).digest("base64");
}

/** Plays a scenario against the flows that there are. */
export async function playWritten(
  written: WrittenScenario,
  { flows, audio }: Pick<Built, "flows" | "audio">,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { scenario } = written;
  const env = { ...standIns(flows), ...variables, ...scenario.env, ...scenario.secrets };
  const clock = simulatedClock(scenario.at === undefined ? Date.now() : Date.parse(scenario.at));
  const turns: Turn[] = [];
  const paths: string[][] = [];
  const kept = new Map<string, Json | undefined>();
  const services = fakeWeb({ ...TWILIO, ...scenario.requests });
  const app = createApp({
    programs: indexPrograms(flows.map(({ program }) => program)),
    tokens: [TOKEN],
    store: memoryStore(keptBefore(written)),
    web: services.web,
    env,
    now: clock.now,
    log: () => undefined,
    watch: (turned, beside) => {
      paths.push(turned.path);
      for (const name of turned.keeps) kept.set(name, turned.call.kept?.[name]);
      if (!beside) turns.push(turned);
    },
    later: () => undefined,
  });
  const line = {
    send: (url: string, init: RequestInit) =>
      url.startsWith(`${HOST}/`) ? app.fetch(new Request(url, init)) : elsewhere(),
    sign,
    accountSid: ACCOUNT,
    clock,
    audio: audioAt(audio),
  };
  const built = flows.find(({ flow }) => flow.name === written.flow);
  const resolve = (name: string): string[] => (built ? addressesOf(built.flow, name, env) : []);
  const stage = {
    line,
    url: `${HOST}/voice/${written.flow}`,
    statusUrl: `${HOST}/status/${written.flow}`,
    messageUrl: `${HOST}/sms/${written.flow}`,
    replied: ({ from, to, body }: TextMessage) => services.sent.push(textSent(from, to, body)),
    from: CALLER,
    to: NUMBER,
    resolve,
    happened: sentChecker(services.sent, resolve),
  };
  const {
    expect: expected,
    requests: _answers,
    secrets: _secrets,
    env: _env,
    kept: _kept,
    ...plain
  } = scenario;
  const { failure, transcript } = await playScenario(stage, plain);
  const [unanswered] = services.unanswered;
  const wrong =
    failure ??
    (unanswered === undefined
      ? undefined
      : {
          step: 0,
          message: `The flow asks ${unanswered}, and the test has no answer for it under \`requests\`.`,
        }) ??
    unexpectedState(built?.program, { last: turns.at(-1), kept }, env, {
      expected,
      step: plain.script.length,
    });
  return { written, transcript, paths, turns, sent: services.sent, ...(wrong && { failure: wrong }) };
}

/** What the line knows of the files that the Worker would serve. */
function audioAt(audio: readonly ServedAudio[]): NonNullable<Line["audio"]> {
  const served = new Map(audio.map(({ url, seconds }) => [`${HOST}${url}`, seconds]));
  return (url) => {
    const [name, seconds] = [nameOfServed(url), served.get(url)];
    return name === undefined || seconds === undefined ? undefined : { name, seconds };
  };
}

/** Secrets that neither the test nor `.dev.vars` sets: where only a service reads them, any text will do. */
function standIns(flows: readonly BuiltFlow[]): Record<string, string> {
  const names = flows.flatMap(({ flow }) => secretReads(flow).map(({ name }) => name));
  return Object.fromEntries(names.map((name) => [name, `the secret ${name}`]));
}

/** What earlier calls have left: by the variable's name, with its flow's where that is a part. */
function keptBefore({ flow, scenario }: WrittenScenario): Map<string, string> {
  const full = (name: string): string => (name.includes(".") ? name : `${flow}.${name}`);
  return new Map(
    Object.entries(scenario.kept ?? {}).flatMap(([name, value]): [string, string][] => [
      [`keep:flow:${full(name)}`, JSON.stringify(value)],
      [`keep:caller:${scenario.from ?? CALLER}:${full(name)}`, JSON.stringify(value)],
    ]),
  );
}

/** A text message that was the answer to another, as it would be sent by itself. */
function textSent(From: string, To: string, Body: string): Sent {
  const body = new URLSearchParams({ From, To, Body }).toString();
  return { method: "POST", url: "the answer/Messages.json", body };
}

function memoryStore(values: Map<string, string>) {
  return {
    get: async (key: string) => values.get(key) ?? null,
    put: async (key: string, value: string) => {
      values.set(key, value);
    },
  };
}

/** Another application, as far as a test goes: it takes every webhook, and has nothing to say. */
function elsewhere(): Response {
  return new Response("<Response/>", { headers: { "content-type": "text/xml" } });
}

function unexpectedState(
  program: Program | undefined,
  { last, kept }: { last: Turn | undefined; kept: ReadonlyMap<string, Json | undefined> },
  env: Readonly<Record<string, string>>,
  { expected = {}, step }: { expected: Readonly<Record<string, Json>> | undefined; step: number },
): Wrong | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const variable = program?.variables[name];
    if (!variable)
      return {
        step,
        variable: name,
        message: `The scenario expects ${name}, and the flow has no such variable.`,
      };
    // The flow's own variables, also where the call ended in a part of it.
    const { keep = "" } = variable;
    const left = kept.get(keep) ?? last?.call.kept?.[keep];
    const vars = last?.call.frames?.find(({ waits }) => waits)?.waits?.vars ?? last?.call.vars;
    const held = left ?? vars?.[name] ?? defaultOf(variable, env);
    if (holds(held, value)) continue;
    return {
      step,
      variable: name,
      message: `${name} is ${JSON.stringify(held)} at the end, not ${JSON.stringify(value)}.`,
    };
  }
  return undefined;
}
