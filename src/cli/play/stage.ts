/** Plays a scenario's call: the app with a store in memory, the carrier, and a scripted caller. */
import type { Turn } from "../../engine/turn.ts";
import type { Built } from "../../flow/build.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Handset } from "../../phone/leg/handset.ts";
import { type Line, simulatedClock } from "../../phone/leg/line.ts";
import { exchange } from "../../phone/leg/webhook.ts";
import { isPause, isSentStep, isText, stepText } from "../../phone/script/scenario.ts";
import { playScenario, type Stage } from "../../phone/script/script.ts";
import type { Json } from "../../program/json.ts";
import type { CallState } from "../../worker/deps.ts";
import { MOVED, sealStart } from "../../worker/start.ts";
import type { Store } from "../../worker/store.ts";
import {
  ACCOUNT,
  appFor,
  audioAt,
  CALLER,
  type Conversing,
  HOST,
  keptBefore,
  memoryStore,
  NUMBER,
  SEALING,
  sendTo,
  sign,
  standIns,
} from "./app.ts";
import { deliver } from "./deliver.ts";
import { addressesOf } from "./destination-addresses.ts";
import { type FakeWeb, fakeWeb, type Sent } from "./fake-web.ts";
import { type Outcome, unexpectedVariable, unknownParameter } from "./outcome.ts";
import { planFor } from "./plan.ts";
import { isMessage, type Latest, sentChecker, textIn } from "./sent.ts";

/** Twilio accepts every text message. */
const TWILIO = { "https://api.twilio.com/*/Messages.json": [{ status: 201, json: {} }] };

/** The Worker's part of a call: whether its states are stored, and a store to look at. */
interface Serving {
  callState?: CallState;
  /** Where its text conversations are. */
  conversing?: Conversing;
  /** Wraps the store in memory. */
  around?(store: Store): Store;
  /** Called for every webhook. */
  received?(url: string): void;
  /** Wraps the scripted caller. */
  caller?(scripted: Handset): Handset;
  /** Gets what was heard before each answer of the script, and how much was sent before it. */
  answered?(step: number, heard: readonly string[], sent: number): void;
}

/** Plays a scenario against the project's flows. */
export async function playWritten(
  written: WrittenScenario,
  { flows, audio }: Pick<Built, "flows" | "audio">,
  variables: Readonly<Record<string, string>>,
  {
    callState = "store",
    conversing = "objects",
    around = (store) => store,
    received = () => undefined,
    caller,
    answered,
  }: Serving = {},
): Promise<Outcome> {
  const { scenario } = written;
  const env = { ...standIns(flows), ...variables, ...scenario.env, ...scenario.secrets };
  const clock = simulatedClock(scenario.at === undefined ? Date.now() : Date.parse(scenario.at));
  // The first pattern that fits answers, and a key keeps its first place: the test's own come before Twilio's.
  const services = fakeWeb({ ...scenario.requests, ...TWILIO, ...scenario.requests });
  const record: Seen = { turns: [], asides: [], paths: [], kept: new Map() };
  const moves = movesIn(services);
  const plan = planFor(scenario.script);
  const late: Promise<unknown>[] = [];
  const { app, passes } = appFor(
    flows,
    clock,
    {
      waitUntil: (work) => void late.push(work),
      store: around(memoryStore(keptBefore(written.flow, scenario))),
      callState,
      web: moves.web,
      env,
      outbound: plan.outbound,
      watch: (turned, isAside) => note(record, turned, isAside),
    },
    conversing,
  );
  const line = {
    send: sendTo(app, services.page, received, late),
    sign,
    accountSid: ACCOUNT,
    clock,
    cookies: new Map(),
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
      ...(caller && { around: caller }),
      ...(answered && { answered: (step, heard) => answered(step, heard, services.sent.length) }),
      passes: async (seconds) => {
        const before = services.sent.length;
        await passes(seconds);
        return services.sent.slice(before).filter(isMessage).map(textIn);
      },
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
  const end = {
    last: endsByText(scenario.script) ? record.asides.at(-1) : record.turns.at(-1),
    kept: record.kept,
    env,
  };
  const wrong =
    unknownParameter(written, built?.program) ?? failure ?? unexpectedVariable(written, built?.program, end);
  const { turns, asides, paths } = record;
  return { written, transcript, paths, turns, asides, sent: services.sent, ...(wrong && { failure: wrong }) };
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

/** Whether what comes last is a text message, or the time after one. */
function endsByText(script: WrittenScenario["scenario"]["script"]): boolean {
  const last = script.findLast((step) => !isSentStep(step));
  return isText(last) || isPause(last);
}

/** What a call did, noted turn by turn. */
interface Seen {
  turns: Turn[];
  asides: Turn[];
  paths: string[][];
  kept: Map<string, Json | undefined>;
}

function note(record: Seen, turned: Turn, isAside: boolean): void {
  const { turns, asides, paths, kept } = record;
  paths.push(turned.path);
  for (const one of turned.effects) if (one.effect === "persist") kept.set(one.name, one.value);
  if (isAside) asides.push(turned);
  else turns.push(turned);
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
  let latest: Latest | undefined;
  return {
    line,
    url: `${HOST}/voice/${flow}`,
    messageUrl: `${HOST}/sms/${flow}`,
    replied: ({ from, to, body }) => void sent.push(textSent(from, to, body)),
    from: CALLER,
    to: NUMBER,
    resolve,
    follows: (step) => {
      latest = { sent: sent.length, line: stepText(step) };
    },
    happened: sentChecker(sent, resolve, taken, () => latest),
    delivered: (step) => deliver(line, taken, step),
    wrong: () => missingAnswer(unanswered),
  };
}

function missingAnswer([url]: readonly string[]): string | undefined {
  if (url === undefined) return undefined;
  return `The flow requests ${url}, but the test has no answer for it under \`requests\`.`;
}

/** A text message that replies to another, in the form of a message sent on its own. */
function textSent(From: string, To: string, Body: string): Sent {
  const body = new URLSearchParams({ From, To, Body }).toString();
  return { method: "POST", url: "the answer/Messages.json", body };
}
