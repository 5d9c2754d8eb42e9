/** The page at work: its state, and all that its buttons do. */

import type { QueueResult } from "../leg/handset.ts";
import { simulatedClock } from "../leg/line.ts";
import { type PageCall, pageCall, type VoiceMessage, type WatchedScript } from "./call/call.ts";
import type { Answers } from "./call/caller.ts";
import { incoming } from "./call/incoming.ts";
import { keptValues } from "./call/kept.ts";
import { joinTabs } from "./call/meeting.ts";
import { muteNow } from "./call/mute.ts";
import { addressesIn, addressOf, beginOf, scenarioOf, watchedSetup } from "./call/options.ts";
import { lineAccount, pageLine } from "./call/page-line.ts";
import { compare, rehearse } from "./call/rehearsal.ts";
import { conversationOf, saveTest, undoTest } from "./call/save-test.ts";
import { texting } from "./call/texting.ts";
import { newTones } from "./call/tones.ts";
import type { TestScenario } from "./contract/tests.ts";
import { reduce } from "./reduce.ts";
import { type Action, FIRST, type Settings, type Setup, type Side, type State } from "./state.ts";

/** What the views are given. */
export interface Page {
  state(): State;
  /** Calls back after every change; gives back how to end that. */
  subscribe(listener: () => void): () => void;
  dispatch(action: Action): void;
  /** Changes how prompts are heard, from now on. */
  set(settings: Partial<Settings>): void;
  call(): void;
  /** Answers the placed call that rings, as whom the carrier takes for the one who answers. */
  pickUp(answeredBy: string | undefined): Promise<void>;
  /** Does not answer it. */
  decline(status: "busy" | "no-answer"): Promise<void>;
  hangUp(side: Side): void;
  press(side: Side, key: string): void;
  say(side: Side, words: string, confidence?: number): void;
  /** Someone begins to type or speak: silence no longer counts. */
  pauseClock(side: Side): void;
  skip(side: Side): void;
  answer<K extends keyof Answers>(question: K, answer: Answers[K]): void;
  decide(result: QueueResult): void;
  passMinute(): void;
  /** A message, with the URL of its sound if it was spoken. */
  leaveMessage(message: VoiceMessage): void;
  /** Sets what a key press does while a message is recorded; undefined when no recording is active. */
  onRecordKey(end: ((key: string) => void) | undefined): void;
  /** Plays the same call against the current version. */
  replay(): Promise<void>;
  saveTest(name: string): Promise<void>;
  /** Takes the test that was saved last out of its file again. */
  undoTest(): Promise<void>;
  /** Plays a flow's test on the phones. */
  watch(flow: string, scenario: TestScenario): void;
  /** Writes a text message to the chosen flow, in the conversation that is under way; `picture` is the URL of one, or empty. */
  text(body: string, picture?: string): Promise<void>;
  /** Lets the time pass until the flow no longer waits for a text message. */
  passTime(): Promise<void>;
  /** The next text message begins another conversation. */
  renewTexts(): void;
  saveTexts(name: string): Promise<void>;
}

/** Makes the page. `load` gives the settings and the form of the last visit. */
export function newPage(first: Partial<State> = {}): Page {
  let state: State = { ...FIRST, ...first };
  let call: PageCall | undefined;
  let endMessage: ((key: string) => void) | undefined;
  const listeners = new Set<() => void>();
  const dispatch = (action: Action): void => {
    state = reduce(state, action);
    if (["server", "call", "ended"].includes(action.type)) placed.changed();
    meeting.changed();
    for (const listener of listeners) listener();
  };
  const meeting = joinTabs({
    state: () => state,
    dispatch: (action) => dispatch(action),
    bridge: () => call?.phone.decide("bridged"),
    leave: () => call?.phone.answer("talk", "callee"),
  });
  const tones = newTones(() => state.settings.isMuted);
  const begin = (setup: Setup, script?: WatchedScript): PageCall | undefined => {
    const { server, settings } = state;
    if (!server || (state.call && !state.call.ended)) return undefined;
    const begun = beginOf(setup, Date.now());
    dispatch({ type: "call", setup, since: performance.now(), begun });
    // A test asks no services.
    const flow = server.flows.find(({ name }) => name === setup.flow);
    const kept = keptValues(setup.kept, flow, server.flows);
    const account = { ...lineAccount(server, script ? FIRST.settings : settings, setup.standIn), kept };
    const deps = { dispatch, settings: () => state.settings, tones, account };
    call = pageCall(deps, setup, begun, script);
    return call;
  };
  const placed = incoming({ state: () => state, dispatch, tones, begin });
  const texts = texting(() => state, dispatch);
  const personAt = (side: Side) => (side === "caller" ? call?.caller : call?.callee());

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
    set: (settings) => {
      dispatch({ type: "settings", settings });
      if (settings.isMuted) muteNow();
      if (!settings.isPatient) return;
      call?.caller.pauseClock();
      call?.callee()?.pauseClock();
    },
    call: () => void begin(state.setup),
    pickUp: (answeredBy) => placed.take({ answeredBy }),
    decline: (unanswered) => placed.take({ unanswered }),
    hangUp: (side) => call?.hangUp(side),
    press: (side, key) => {
      const question = side === "caller" ? state.call?.caller.question : undefined;
      personAt(side)?.press(key);
      if (question?.kind === "record" && question.recording.finishOnKey.includes(key)) endMessage?.(key);
    },
    onRecordKey: (end) => {
      endMessage = end;
    },
    say: (side, words, confidence) => personAt(side)?.say(words, confidence),
    pauseClock: (side) => personAt(side)?.pauseClock(),
    skip: (side) => personAt(side)?.skip(),
    answer: (question, answer) => {
      const asked = state.call?.caller.question;
      const [callee] = asked?.kind === "ring" ? asked.ringing.callees : [];
      const isTaken = typeof answer === "object" && "picksUp" in answer;
      if (callee?.kind === "queue" && isTaken) meeting.take(callee.target);
      call?.phone.answer(question, answer);
    },
    decide: (result) => {
      const waiting = state.call?.waiting;
      if (waiting?.place === "conference" && result === "bridged") meeting.starts(waiting.name);
      call?.phone.decide(result);
    },
    passMinute: () => {
      call?.clock.skip(60);
      call?.phone.nextPass();
    },
    leaveMessage: (message) => call?.leaveMessage(message),
    replay: () => replay(state, dispatch),
    saveTest: async (name) => {
      const { server, call: last } = state;
      if (server && last?.ended)
        dispatch({ type: "saved test", savedTest: await saveTest(server, last, name) });
    },
    undoTest: async () => dispatch({ type: "saved test", savedTest: await undoTest() }),
    watch: (flow, scenario) => {
      const { server } = state;
      if (state.call?.ended) dispatch({ type: "clear call" });
      dispatch({ type: "setup", setup: { flow } });
      dispatch({ type: "tab", tab: "phone" });
      begin(watchedSetup(flow, FIRST.setup, scenario), {
        scenario,
        resolve: (name) => addressesIn(server, flow, name),
      });
    },
    text: texts.write,
    passTime: texts.pass,
    renewTexts: texts.renew,
    saveTexts: async (name) => {
      const { server, texted } = state;
      if (server && texted)
        dispatch({ type: "saved test", savedTest: await saveTest(server, conversationOf(texted), name) });
    },
  };
}

async function replay({ server, call, settings }: State, dispatch: Page["dispatch"]): Promise<void> {
  if (!server || !call?.ended) return;
  const { setup, begun, script, transcript } = call;
  const version = server.flows.find(({ name }) => name === setup.flow)?.version ?? "";
  dispatch({ type: "replay", replay: { version } });
  const account = lineAccount(server, settings, setup.standIn);
  const line = pageLine(location.origin, account, simulatedClock(begun));
  const stage = { line, ...addressOf(location.origin, setup.flow) };
  // Another name gives the call other identifiers: it is a call of its own.
  const again = await rehearse(stage, scenarioOf(crypto.randomUUID(), setup, script));
  dispatch({ type: "replay", replay: { version, comparison: compare(transcript, again) } });
}
