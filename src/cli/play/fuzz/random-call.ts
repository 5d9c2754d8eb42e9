/** One random call, and what must hold in every call. */
import { pendingRequest } from "../../../engine/effect.ts";
import type { Turn } from "../../../engine/turn.ts";
import type { Built } from "../../../flow/build.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { NewScenario } from "../../../flow/scenarios/scenario-file.ts";
import type { WrittenScenario } from "../../../flow/scenarios/scenarios.ts";
import { startCall, withQuery } from "../../../phone/carrier.ts";
import { type Line, simulatedClock } from "../../../phone/leg/line.ts";
import type { Moment } from "../../../phone/leg/moment.ts";
import { describe } from "../../../phone/script/describe.ts";
import {
  isPause,
  isText,
  numbersOf,
  type ScriptStep,
  secondsIn,
  stepText,
} from "../../../phone/script/scenario.ts";
import { sendText } from "../../../phone/text-message.ts";
import {
  ACCOUNT,
  appFor,
  audioAt,
  CALLER,
  HOST,
  keptBefore,
  memoryStore,
  NUMBER,
  type PlayedApp,
  sendTo,
  sign,
  standIns,
} from "../app.ts";
import { isMessage, textIn } from "../sent.ts";
import { type Beginning, beginningOf, optionsOf, scenarioOf } from "./begin.ts";
import { randomCaller } from "./caller.ts";
import { type Secrets, secretsOf } from "./leaks.ts";
import { type Draw, type Random, randomBy } from "./random.ts";
import { type Answers, type RandomWeb, randomStore, randomWeb } from "./services.ts";
import { converse } from "./texting.ts";

/** A flow to call, and the project that it is in. */
export interface Fuzzed {
  flow: BuiltFlow;
  project: Pick<Built, "flows" | "audio">;
  /** The flow's own tests: calls can begin as theirs do. */
  scenarios: readonly WrittenScenario[];
  answers: Answers;
  env: Readonly<Record<string, string>>;
  /** Called for every turn. */
  watch?(turned: Turn): void;
}

/** A random call. */
export interface RandomCall {
  /** What must not be, in a sentence; the first thing that was wrong. */
  wrong?: string;
  /** The call as a test has it. */
  scenario: NewScenario;
  transcript: string[];
  /** What was drawn. */
  choices: number[];
  /** The store lost something, which a test cannot say. */
  isStoreFaulty: boolean;
}

/** What is seen of a call while it lasts. */
interface Seen {
  wrong?: string;
  /** The step that asks. */
  asked?: string | undefined;
  /** The step that waits for a text message. */
  waits?: string | undefined;
  /** A state was lost: a flow then cannot but apologise. */
  degraded?: boolean;
  script: ScriptStep[];
  transcript: string[];
  secrets: Secrets;
}

/** Plays a call by what is drawn. */
export async function playRandom(fuzzed: Fuzzed, name: string, draw: Draw): Promise<RandomCall> {
  const choices: number[] = [];
  const random = randomBy((bound) => {
    const drawn = draw(bound);
    choices.push(drawn);
    return drawn;
  });
  const { flow, project } = fuzzed;
  const begins = beginningOf(random, fuzzed.scenarios);
  const web = randomWeb(random, fuzzed.answers, random.pick([0, 0, 0.2, 1]));
  const ofStore = random.pick([0, 0, 0, 0.3]);
  const seen: Seen = { script: [], transcript: [], secrets: secretsOf(flow, project.flows) };
  const played = lineFor(fuzzed, { begins, random, web, ofStore }, seen);
  const caller = randomCaller(random, {
    does: (step) => does(seen, step),
    moment: (moment, at) => hear(seen, moment, at),
    entered: (answer) => {
      if (flow.program.steps[seen.asked ?? ""]?.sensitive) seen.secrets.enter(answer);
    },
    hangUp: () => call.hangUp(),
  });
  await write(fuzzed, { begins, random, web, name }, played, seen);
  const call = startCall(played.line, optionsOf(flow.flow.name, name, begins), caller);
  const { by } = await call.ended;
  if (by === "problem") seen.wrong ??= "The call fails.";
  for (const one of web.sent.filter(isMessage))
    checkText(seen, new URLSearchParams(one.body).get("Body") ?? "");
  // A test that only writes makes no call.
  const isCall = seen.script.some((step) => !isText(step) && !isPause(step));
  // After what is written, `end` would be that of the conversation. A call that is over by itself passes `hangup`.
  const script: ScriptStep[] = isCall ? seen.script : [...seen.script, "hangup"];
  return {
    ...(seen.wrong !== undefined && { wrong: seen.wrong }),
    scenario: scenarioOf(name, begins, { requests: web.requests, script }),
    transcript: seen.transcript,
    choices,
    isStoreFaulty: ofStore > 0,
  };
}

/** Writes text messages before the call, to a flow that answers them. */
async function write(
  { flow }: Fuzzed,
  { begins, random, web, name }: Omit<Around, "ofStore"> & { name: string },
  { line, passes }: Played,
  seen: Seen,
): Promise<void> {
  const { person: from, line: to } = numbersOf(begins, CALLER, NUMBER);
  const url = withQuery(`${HOST}/sms/${flow.flow.name}`, begins.parameters);
  await converse(random, flow, {
    waits: () => seen.waits,
    does: async (step) => {
      const seed = `${name} ${seen.script.length}`;
      does(seen, step);
      if (!isText(step)) {
        const before = web.sent.length;
        await passes(secondsIn(step.wait));
        return texted(seen, web.sent.slice(before).filter(isMessage).map(textIn));
      }
      const message = { from, to, body: step.text, ...(step.media && { media: step.media }) };
      const { messages, problems } = await sendText(line, url, message, seed);
      texted(seen, messages);
      for (const { message: problem } of problems) seen.wrong ??= `The carrier reports a problem: ${problem}`;
    },
  });
}

function does(seen: Seen, step: ScriptStep): void {
  seen.script.push(step);
  seen.transcript.push(`> ${stepText(step)}`);
}

interface Around {
  begins: Beginning;
  random: Random;
  web: RandomWeb;
  ofStore: number;
}

/** A line to an app, and the time of its text conversations. */
interface Played extends Pick<PlayedApp, "passes"> {
  line: Line;
}

/** A line to an app of its own. */
function lineFor(
  { flow, project, env, watch }: Fuzzed,
  { begins, random, web, ofStore }: Around,
  seen: Seen,
): Played {
  const clock = simulatedClock(Date.parse(begins.at));
  const late: Promise<unknown>[] = [];
  const { fetch, passes } = appFor(project.flows, clock, {
    store: randomStore(random, memoryStore(keptBefore(flow.flow.name, begins)), ofStore),
    callState: "store",
    web: web.web,
    env: { ...standIns(project.flows), ...env, ...begins.env, ...begins.secrets },
    outbound: undefined,
    waitUntil: (work) => void late.push(work),
    log: ({ degraded }) => {
      if (degraded) seen.degraded = true;
    },
    watch: (turned, isAside) => {
      watch?.(turned);
      if (isAside) {
        seen.waits = turned.next?.step;
        if (flow.program.sorry && isApology(turned) && !seen.degraded)
          seen.wrong ??= `The sender gets the apology: ${turned.error}.`;
        return;
      }
      seen.asked = turned.next?.step;
      if (isApology(turned) && !seen.degraded)
        seen.wrong ??= `The caller hears the apology: ${turned.error}.`;
    },
  });
  const nothing = (): undefined => undefined;
  const send = sendTo(fetch, nothing, nothing, late);
  const cookies = new Map();
  return { passes, line: { send, sign, accountSid: ACCOUNT, clock, cookies, audio: audioAt(project.audio) } };
}

function hear(seen: Seen, moment: Moment, at?: string): void {
  const text = describe(moment);
  if (text) seen.transcript.push(at === undefined ? text : `  at ${at}: ${text}`);
  if (moment.kind === "problem") seen.wrong ??= `The carrier reports a ${text}.`;
  if (moment.kind === "said" && seen.secrets.isIn(moment.text))
    seen.wrong ??= `Something sensitive is spoken: ${moment.text}`;
}

function texted(seen: Seen, messages: readonly { to: string; body: string }[]): void {
  for (const { to, body } of messages) {
    seen.transcript.push(`texts ${to}: ${body}`);
    checkText(seen, body);
  }
}

function checkText(seen: Seen, text: string): void {
  if (seen.secrets.isIn(text)) seen.wrong ??= `Something sensitive is texted: ${text}`;
}

/** Whether nothing but the apology is left: the turn has failed, and neither ends nor asks. */
function isApology(turned: Turn): boolean {
  const { error, next, path } = turned;
  return error !== undefined && next === undefined && !pendingRequest(turned) && path.at(-1) !== "hangup";
}
