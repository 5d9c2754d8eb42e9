/** Plays a scenario's call: the app with a store in memory, the carrier, and a scripted caller. */
import { createHmac } from "node:crypto";
import { personAt } from "../../engine/caller.ts";
import type { Turn } from "../../engine/turn.ts";
import { secretReads } from "../../flow/analysis/worker-reads.ts";
import type { Built, BuiltFlow } from "../../flow/build.ts";
import type { ServedAudio } from "../../flow/language/audio.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { type Line, simulatedClock } from "../../phone/leg/line.ts";
import { exchange } from "../../phone/leg/webhook.ts";
import { numbersOf } from "../../phone/script/scenario.ts";
import { playScenario, type Stage } from "../../phone/script/script.ts";
import { overloadsOf } from "../../program/own-function.ts";
import type { Json } from "../../program/program.ts";
import { escapeXml } from "../../program/template.ts";
import { createApp } from "../../worker/app.ts";
import type { CallState, Deps } from "../../worker/deps.ts";
import { indexPrograms } from "../../worker/programs.ts";
import { MOVED, sealStart } from "../../worker/start.ts";
import type { Store } from "../../worker/store.ts";
import { nameOfServed } from "../project/assets.ts";
import { deliver } from "./deliver.ts";
import { addressesOf } from "./destination-addresses.ts";
import { type FakeWeb, fakeWeb, type Sent } from "./fake-web.ts";
import { nodeCipher } from "./node-cipher.ts";
import { type Outcome, unexpectedVariable, unknownParameter } from "./outcome.ts";
import { planFor } from "./plan.ts";
import { sentChecker } from "./sent.ts";

const TOKEN = "a token for tests only";
const SEALING = { secrets: [TOKEN], cipher: nodeCipher };
const ACCOUNT = `AC${"0".repeat(32)}`;
const HOST = "https://ringflow.test";
/** Twilio accepts every text message. */
const TWILIO = { "https://api.twilio.com/*/Messages.json": [{ status: 201, json: {} }] };
const CALLER = "+14155550111";
const NUMBER = "+14155550100";

/** Signs as Twilio does, synchronously: faster than WebCrypto for thousands of calls. */
function sign(text: string): string {
  return createHmac("sha1", TOKEN).update(text).digest("base64");
}

/** The Worker's part of a call: whether its states are stored, and a store to look at. */
export interface Serving {
  callState?: CallState;
  /** Wraps the store in memory. */
  around?(store: Store): Store;
  /** Called for every webhook. */
  received?(url: string): void;
}

/** Plays a scenario against the project's flows. */
export async function playWritten(
  written: WrittenScenario,
  { flows, audio }: Pick<Built, "flows" | "audio">,
  variables: Readonly<Record<string, string>>,
  { callState = "store", around = (store) => store, received = () => undefined }: Serving = {},
): Promise<Outcome> {
  const { scenario } = written;
  const env = { ...standIns(flows), ...variables, ...scenario.env, ...scenario.secrets };
  const clock = simulatedClock(scenario.at === undefined ? Date.now() : Date.parse(scenario.at));
  const services = fakeWeb({ ...TWILIO, ...scenario.requests });
  const record: Seen = { turns: [], paths: [], kept: new Map() };
  const moves = movesIn(services);
  const plan = planFor(scenario.script);
  const late: Promise<unknown>[] = [];
  const app = appFor(flows, {
    waitUntil: (work) => void late.push(work),
    store: around(memoryStore(keptBefore(written))),
    callState,
    web: moves.web,
    env,
    outbound: plan.outbound,
    callTime: clock.now,
    watch: (turned, isAside) => note(record, turned, isAside),
  });
  const line = {
    send: sendTo(app, services, received, late),
    sign,
    accountSid: ACCOUNT,
    clock,
    audio: audioAt(audio),
  };
  const built = flows.find(({ flow }) => flow.name === written.flow);
  const stage = stageFor(line, services, built, written.flow, env);
  const { parameters: set = {} } = scenario;
  // A call that moves continues at a revision that its turns never reach, as the Worker has it.
  const ticket = (step?: string) =>
    sealStart(SEALING, written.flow, { set, ...(step !== undefined && { step, rev: MOVED }) });
  const { failure, transcript } = await playScenario(
    {
      ...stage,
      placesAgain: plan.next,
      statusUrl: `${HOST}/status/${written.flow}?t=${await ticket()}`,
      async machine(sid, AnsweredBy) {
        const step = built?.program.onMachine;
        if (step === undefined) return undefined;
        const url = `${HOST}/machine/${written.flow}?t=${await ticket(step)}`;
        const params = { CallSid: sid, AccountSid: ACCOUNT, AnsweredBy };
        await exchange(line, { url, method: "POST", params }, sid, () => undefined);
        return moves.last();
      },
    },
    scenario,
  );
  const end = { last: record.turns.at(-1), kept: record.kept, env };
  const wrong =
    unknownParameter(written, built?.program) ?? failure ?? unexpectedVariable(written, built?.program, end);
  const { turns, paths } = record;
  return { written, transcript, paths, turns, sent: services.sent, ...(wrong && { failure: wrong }) };
}

/** Takes the moves of calls out of what is sent: those are Twilio's business, not a service's. */
function movesIn({ web }: FakeWeb): { web: FakeWeb["web"]; last(): string | undefined } {
  let last: string | undefined;
  const fetch: FakeWeb["web"]["fetch"] = async (url, init) => {
    if (!/\/Calls\/CA\w+\.json$/.test(url)) return web.fetch(url, init);
    last = new URLSearchParams(String(init.body)).get("Url") ?? undefined;
    return Response.json({});
  };
  return { web: { ...web, fetch }, last: () => last };
}

/** What a call did, noted turn by turn. */
interface Seen {
  turns: Turn[];
  paths: string[][];
  kept: Map<string, Json | undefined>;
}

function note({ turns, paths, kept }: Seen, turned: Turn, isAside: boolean): void {
  paths.push(turned.path);
  for (const one of turned.effects) if (one.effect === "persist") kept.set(one.name, one.value);
  if (!isAside) turns.push(turned);
}

function appFor(
  flows: readonly BuiltFlow[],
  deps: Pick<Deps, "store" | "callState" | "web" | "env" | "outbound" | "callTime" | "watch" | "waitUntil">,
) {
  return createApp({
    ...deps,
    programs: indexPrograms(flows.map(({ program }) => program)),
    // All flows of a project have the same ones.
    functions: overloadsOf(flows[0]?.facts.functions ?? []),
    tokens: [TOKEN],
    sealing: SEALING,
    outgoing: () => import("../../worker/outgoing.ts"),
    log: () => undefined,
  });
}

function sendTo(
  app: ReturnType<typeof createApp>,
  { page }: FakeWeb,
  received: NonNullable<Serving["received"]>,
  late: Promise<unknown>[],
): Line["send"] {
  return async (url, init) => {
    if (!url.startsWith(`${HOST}/`)) return elsewhere(url, page(url));
    received(url);
    const response = await app.fetch(new Request(url, init));
    // A script can ask at once for what is sent after the reply.
    await Promise.all(late.splice(0));
    return response;
  };
}

function stageFor(
  line: Line,
  { sent, unanswered }: FakeWeb,
  built: BuiltFlow | undefined,
  flow: string,
  env: Readonly<Record<string, string>>,
): Stage {
  const resolve = (name: string): string[] => (built ? addressesOf(built.flow, name, env) : []);
  const taken = new Set<Sent>();
  return {
    line,
    url: `${HOST}/voice/${flow}`,
    messageUrl: `${HOST}/sms/${flow}`,
    replied: ({ from, to, body }) => void sent.push(textSent(from, to, body)),
    from: CALLER,
    to: NUMBER,
    resolve,
    happened: sentChecker(sent, resolve, taken),
    delivered: (step) => deliver(line, taken, step),
    wrong: () => missingAnswer(unanswered),
  };
}

function missingAnswer([url]: readonly string[]): string | undefined {
  if (url === undefined) return undefined;
  return `The flow requests ${url}, but the test has no answer for it under \`requests\`.`;
}

/** What the line knows about the files that the Worker would serve. */
function audioAt(audio: readonly ServedAudio[]): NonNullable<Line["audio"]> {
  const served = new Map(audio.map(({ url, seconds }) => [`${HOST}${url}`, seconds]));
  return (url) => {
    const [name, seconds] = [nameOfServed(url), served.get(url)];
    return name === undefined || seconds === undefined ? undefined : { name, seconds };
  };
}

/** Values for secrets that neither the test nor `.dev.vars` sets: only services read them, so any text will do. */
function standIns(flows: readonly BuiltFlow[]): Record<string, string> {
  const names = flows.flatMap(({ flow }) => secretReads(flow).map(({ name }) => name));
  return Object.fromEntries(names.map((name) => [name, `the secret ${name}`]));
}

/** What earlier calls have stored, by the variable's name, prefixed with its flow's. */
function keptBefore({ flow, scenario }: WrittenScenario): Map<string, string> {
  const full = (name: string): string => (name.includes(".") ? name : `${flow}.${name}`);
  const person = personAt(numbersOf(scenario, CALLER, NUMBER).person);
  return new Map(
    Object.entries(scenario.kept ?? {}).flatMap(([name, value]): [string, string][] => [
      [`keep:flow:${full(name)}`, JSON.stringify(value)],
      [`keep:caller:${person}:${full(name)}`, JSON.stringify(value)],
    ]),
  );
}

/** A text message that replies to another, in the form of a message sent on its own. */
function textSent(From: string, To: string, Body: string): Sent {
  const body = new URLSearchParams({ From, To, Body }).toString();
  return { method: "POST", url: "the answer/Messages.json", body };
}

function memoryStore(values: Map<string, string>): Store {
  return {
    get: async (key: string) => values.get(key) ?? null,
    put: async (key: string, value: string) => {
      values.set(key, value);
    },
  };
}

/**
 * Another application, as far as a test goes: it answers every webhook with the document that the test has for it, or an
 * empty one. `{{ back }}` is the URL that the call can come back by.
 */
function elsewhere(url: string, page = "<Response/>"): Response {
  const back = new URL(url).searchParams.get("back") ?? "";
  const document = page.replaceAll(/\{\{\s*back\s*\}\}/g, () => escapeXml(back));
  return new Response(document, { headers: { "content-type": "text/xml" } });
}
