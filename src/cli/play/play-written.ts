/** Plays a scenario's call: the app with a store in memory, the carrier, and a scripted caller. */

import type { Turn } from "../../engine/turn.ts";
import type { Built } from "../../flow/build.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Handset } from "../../phone/leg/handset.ts";
import { simulatedClock } from "../../phone/leg/line.ts";
import { isPause, isSentStep, isText } from "../../phone/script/scenario.ts";
import { playScenario } from "../../phone/script/script.ts";
import { isEndOfTexts } from "../../phone/script/texting.ts";
import type { Json } from "../../program/json.ts";
import type { CallState } from "../../worker/deps.ts";
import type { Store } from "../../worker/store.ts";
import {
  ACCOUNT,
  appFor,
  audioAt,
  type Conversing,
  keptBefore,
  memoryStore,
  sendTo,
  sign,
  standIns,
} from "./app.ts";
import { fakeWeb } from "./fake-web.ts";
import { type Outcome, unexpectedVariable, unknownParameter } from "./outcome.ts";
import { planFor } from "./plan.ts";
import { movesIn, stageFor } from "./stage.ts";

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
  const record: Seen = { turns: [], asides: [], paths: [], kept: new Map(), waits: undefined };
  const moves = movesIn(services);
  const plan = planFor(scenario.script);
  const late: Promise<unknown>[] = [];
  const { fetch, passes } = appFor(
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
      log: (line) => {
        if (line.event === "message" || line.event === "timeout")
          record.waits = "next" in line ? line.next : undefined;
      },
    },
    conversing,
  );
  const line = {
    send: sendTo(fetch, services.page, received, late),
    sign,
    accountSid: ACCOUNT,
    clock,
    cookies: new Map(),
    audio: audioAt(audio),
  };
  const built = flows.find(({ flow }) => flow.name === written.flow);
  const stage = await stageFor({ written, built, line, services, moves, plan, env, passes });
  const { failure, transcript } = await playScenario(
    {
      ...stage,
      waits: async () => record.waits,
      ...(caller && { around: caller }),
      ...(answered && { answered: (step, heard) => answered(step, heard, services.sent.length) }),
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

/** Whether what comes last is a text message, or the time after one. */
function endsByText(script: WrittenScenario["scenario"]["script"]): boolean {
  const last = script.findLast((step, at) => !isSentStep(step) && !isEndOfTexts({ script, at }));
  return isText(last) || isPause(last);
}

/** What a call did, noted turn by turn. */
interface Seen {
  turns: Turn[];
  asides: Turn[];
  paths: string[][];
  kept: Map<string, Json | undefined>;
  /** The step at which a text conversation waits. */
  waits: string | undefined;
}

function note(record: Seen, turned: Turn, isAside: boolean): void {
  const { turns, asides, paths, kept } = record;
  paths.push(turned.path);
  for (const one of turned.effects) if (one.effect === "persist") kept.set(one.name, one.value);
  if (isAside) asides.push(turned);
  else turns.push(turned);
}
