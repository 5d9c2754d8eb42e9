/** One call of the page: connects the carrier, the two phones and the page's state. */
import { type CallInProgress, startCall } from "../../carrier.ts";
import type { Handset } from "../../leg/handset.ts";
import type { Moment } from "../../leg/moment.ts";
import type { Scenario } from "../../script/scenario.ts";
import type { PhoneState } from "../contract/state.ts";
import type { Action, Settings, Setup, Side } from "../state.ts";
import { type CallerDesk, type CallerPhone, callerPhone } from "./caller.ts";
import { newJournal, scriptOf } from "./journal.ts";
import { journaled } from "./journaled.ts";
import { entryOf, lineOf, nextId, textsLine } from "./lines.ts";
import { newVoiceMessages, type VoiceMessages } from "./messages.ts";
import { addressOf, callOptions } from "./options.ts";
import { type PageClock, pageClock } from "./page-clock.ts";
import { type LineAccount, type PageLine, pageLine } from "./page-line.ts";
import { performer } from "./performer.ts";
import { newPerson, type Person } from "./person.ts";
import { sendVerdict } from "./placed.ts";
import type { Tones } from "./tones.ts";
import { type Watching, watchScenario } from "./watched.ts";
import { watchedTexts } from "./watched-texts.ts";

/** What a call needs of the page. */
interface CallDeps {
  dispatch(action: Action): void;
  settings(): Settings;
  tones: Tones;
  account: LineAccount & Pick<PhoneState, "sendsTexts">;
}

/** A message of so many seconds; `words` is what a transcript would hold, `key` ended it. */
export interface VoiceMessage {
  seconds: number;
  words?: string;
  url?: string;
  key?: string;
}

/** A call that was begun, and what can be done with it. */
export interface PageCall {
  caller: Person;
  phone: CallerPhone;
  clock: PageClock;
  /** The caller leaves a message; `url` plays it if it was spoken. */
  leaveMessage(message: VoiceMessage): void;
  /** The person at the second phone. */
  callee(): Person | undefined;
  hangUp(side: Side): void;
  /** Continues at another webhook, as an update through Twilio's API does. */
  move(url: string): void;
  ended: Promise<void>;
}

/** What the parts of a call share. */
interface Running extends CallDeps {
  clock: PageClock;
  line: PageLine;
  messages: VoiceMessages;
  /** The person at the second phone. */
  second: { person: Person; isRefused: boolean } | undefined;
  isTalking: boolean;
}

/** A script that makes the call in the caller's place, and the addresses of the destinations that it names. */
export interface WatchedScript {
  scenario: Scenario;
  resolve(name: string): readonly string[];
}

/**
 * Makes a call; `begun` is the moment on its own clock, in milliseconds since 1970.
 * @param script answers in the person's place
 */
export function pageCall(deps: CallDeps, setup: Setup, begun: number, script?: WatchedScript): PageCall {
  const clock = pageClock(begun);
  const line = { ...pageLine(location.origin, deps.account, clock), cookies: new Map() };
  const run: Running = {
    ...deps,
    clock,
    line,
    messages: newVoiceMessages(),
    second: undefined,
    isTalking: false,
  };
  const caller = personAt(run, "caller");
  const phone = callerPhone(caller, deskOf(run));
  const journal = newJournal();
  const around = (handset: Handset): Handset => journaled(handset, journal);
  const progress = script
    ? watchScenario(
        {
          line,
          ...addressOf(location.origin, setup.flow),
          ...setup,
          resolve: script.resolve,
          ...watchedTexts(run, setup, {
            think: () => thinking(run),
            seen: (webhook) => noteRequest(run, webhook),
          }),
        },
        script.scenario,
        watchingOf(run, caller, phone),
        around,
      )
    : startCall(line, callOptions(setup, location.origin), around(phone.handset));
  const { placed, unanswered, answeredBy } = setup;
  const stopVerdict =
    placed && answeredBy && !unanswered
      ? sendVerdict(deps.account, clock, placed, answeredBy, (entry) =>
          deps.dispatch({ type: "request", entry }),
        )
      : undefined;
  const ended = progress.ended.then((end) => {
    stopVerdict?.();
    run.second?.person.hangUp();
    deps.dispatch({ type: "written", script: scriptOf(journal), transcript: journal.transcript });
    deps.dispatch({ type: "ended", ended: end });
  });
  return {
    caller,
    phone,
    clock,
    leaveMessage: (message) => leaveMessage(run, phone, message),
    callee: () => run.second?.person,
    ended,
    move: (url) => {
      progress.move(url);
      // What is heard or asked meanwhile is cut short.
      phone.nextPass();
    },
    hangUp: (side) => (side === "caller" ? hangUpCaller(run, phone, progress) : hangUpCallee(run, phone)),
  };
}

/** How long a question is shown before a script answers it, in milliseconds, at a pace that is normal. */
const THINKS = 1000;

/** The time that a script takes for an answer, for an eye to follow. */
function thinking({ settings }: Running): Promise<void> {
  return new Promise((passed) => setTimeout(passed, Math.max(150, THINKS / settings().rate)));
}

function watchingOf(run: Running, caller: Person, phone: CallerPhone): Watching {
  const { dispatch, clock } = run;
  return {
    phone,
    caller,
    callee: () => run.second?.person,
    leaveMessage: (message) => leaveMessage(run, phone, message),
    showWaiting: (waiting) => dispatch({ type: "waiting", ...(waiting && { waiting }) }),
    skip: clock.skip,
    pause: () => thinking(run),
    differs: (why) =>
      dispatch({ type: "line", side: "caller", line: lineOf(`The test fails: ${why}`, "problem") }),
  };
}

function personAt(run: Running, side: Side): Person {
  const { dispatch, settings, tones, clock, messages } = run;
  const onRequest = (moment: Moment): void => noteRequest(run, moment);
  return newPerson({
    perform: performer({ side, dispatch, settings, tones, nextId, onRequest, find: messages.find }),
    note: (text) => dispatch({ type: "line", side, line: lineOf(text) }),
    show: ({ hears, question }) => {
      dispatch({ type: "hears", side, ...(hears && { hears }) });
      dispatch({ type: "question", side, ...(question && { question }) });
    },
    tone: tones.key,
    skipped: clock.skip,
    isPatient: () => settings().isPatient,
  });
}

function noteRequest({ dispatch, line, messages, account }: Running, moment: Moment): void {
  if (moment.kind !== "webhook") return;
  const entry = entryOf(moment, line);
  const { RecordingUrl: recording } = moment.params;
  const url = recording === undefined ? undefined : messages.named(recording);
  if (recording !== undefined && url !== undefined) dispatch({ type: "spoken", recording, url });
  dispatch({ type: "request", entry });
  for (const message of entry.turn?.messages ?? [])
    dispatch({ type: "line", side: "caller", line: textsLine(account, message) });
}

function deskOf(run: Running): CallerDesk {
  const { dispatch, tones } = run;
  return {
    showQuestion: (question) => dispatch({ type: "question", side: "caller", ...(question && { question }) }),
    waiting: (waiting) => dispatch({ type: "waiting", ...(waiting && { waiting }) }),
    pickUp: ({ callees }, picksUp) => {
      const callee = callees[picksUp];
      if (callee) dispatch({ type: "second", second: { callee, state: "listens" } });
      run.second = { person: personAt(run, "callee"), isRefused: false };
      return run.second.person.handset;
    },
    isRefused: () => run.second?.isRefused ?? false,
    talks: ({ callee }) => {
      run.isTalking = true;
      dispatch({ type: "second", second: { callee, state: "talks" } });
    },
    hideCallee: () => {
      if (run.second || run.isTalking) dispatch({ type: "second" });
      run.isTalking = false;
      run.second = undefined;
    },
    beep: tones.beep,
    ringback: tones.ring,
  };
}

function leaveMessage(
  { dispatch, clock, messages }: Running,
  phone: CallerPhone,
  message: VoiceMessage,
): void {
  const { seconds, words, url, key } = message;
  const text = `A message of ${seconds} s${words === undefined ? "" : `: “${words}”`}`;
  dispatch({ type: "line", side: "caller", line: { ...lineOf(text), ...(url !== undefined && { url }) } });
  // A spoken one took its time already.
  if (url === undefined) clock.skip(seconds);
  else messages.spoken(url);
  phone.answer("record", {
    seconds,
    ...(words !== undefined && { words }),
    ...(key !== undefined && { key }),
  });
}

function hangUpCaller({ second }: Running, phone: CallerPhone, progress: CallInProgress): void {
  progress.hangUp();
  second?.person.hangUp();
  phone.hangUp();
}

function hangUpCallee({ isTalking, second }: Running, phone: CallerPhone): void {
  if (isTalking) {
    phone.answer("talk", "callee");
    return;
  }
  if (!second) return;
  second.isRefused = true;
  second.person.hangUp();
}
