/** One call of the page: the carrier, the two phones, and what of it the page shows. */
import { type CallInProgress, startCall } from "../../carrier.ts";
import type { Bridged, Moment, Ringing } from "../../moment.ts";
import type { PhoneState } from "../contract.ts";
import type { Action, Settings, Setup, Side } from "../state.ts";
import { type CallerPhone, callerPhone } from "./caller.ts";
import { newMessages } from "./messages.ts";
import { callOptions } from "./options.ts";
import { type PageClock, pageClock } from "./page-clock.ts";
import { pageLine } from "./page-line.ts";
import { performer } from "./performer.ts";
import { newPerson, type Person } from "./person.ts";
import { newTape, scriptOf } from "./tape.ts";
import { taped } from "./taped.ts";
import type { Tones } from "./tones.ts";

/** What a call needs of the page. */
export interface CallDeps {
  dispatch(action: Action): void;
  settings(): Settings;
  tones: Tones;
  account: Pick<PhoneState, "accountSid" | "token">;
}

/** A call that was begun, and what can be done with it. */
export interface PageCall {
  caller: Person;
  phone: CallerPhone;
  clock: PageClock;
  /** The caller leaves a message; `url` is where it can be played if it was really spoken. */
  leaveMessage(message: { seconds: number; words?: string; url?: string; key?: string }): void;
  /** The person at the second phone. */
  callee(): Person | undefined;
  hangUp(side: Side): void;
  ended: Promise<void>;
}

/** Makes a call; `begun` is the moment on its own clock, in milliseconds since 1970. */
export function pageCall(deps: CallDeps, setup: Setup, begun: number): PageCall {
  const { dispatch, settings, tones, account } = deps;
  const clock = pageClock(begun);
  const line = pageLine(location.origin, account, clock);
  const tape = newTape();
  const messages = newMessages();
  let second: { person: Person; isRefused: boolean } | undefined;
  let isTalking = false;

  const onWire = (moment: Moment): void => {
    if (moment.kind !== "webhook") return;
    const { kind: _, ...webhook } = moment;
    const turn = line.takeTurn();
    messages.named(webhook.params.RecordingUrl);
    dispatch({ type: "wire", entry: { ...webhook, id: nextId(), ...(turn && { turn }) } });
  };
  const personAt = (side: Side): Person =>
    newPerson({
      perform: performer({ side, dispatch, settings, tones, nextId, onWire, find: messages.find }),
      note: (text) => dispatch({ type: "line", side, line: noteLine("person", text) }),
      show: ({ hears, ask }) => {
        dispatch({ type: "hears", side, ...(hears && { hears }) });
        dispatch({ type: "ask", side, ...(ask && { ask }) });
      },
      tone: tones.key,
      skipped: clock.skip,
      isPatient: () => settings().isPatient,
    });

  const caller = personAt("caller");
  const phone = callerPhone(caller, {
    ask: (ask) => dispatch({ type: "ask", side: "caller", ...(ask && { ask }) }),
    waiting: (waiting) => dispatch({ type: "waiting", ...(waiting && { waiting }) }),
    pickUp: ({ callees }: Ringing, picksUp: number) => {
      const callee = callees[picksUp];
      if (callee) dispatch({ type: "second", second: { callee, state: "listens" } });
      second = { person: personAt("callee"), isRefused: false };
      return second.person.handset;
    },
    isRefused: () => second?.isRefused ?? false,
    talks: ({ callee }: Bridged) => {
      isTalking = true;
      dispatch({ type: "second", second: { callee, state: "talks" } });
    },
    putAway: () => {
      isTalking = false;
      if (second) dispatch({ type: "second" });
      second = undefined;
    },
    beep: tones.beep,
    ringback: tones.ring,
  });

  const handset = taped(phone.handset, tape);
  const progress: CallInProgress = startCall(line, callOptions(setup, location.origin), handset);
  const ended = progress.ended.then((end) => {
    second?.person.hangUp();
    dispatch({ type: "tape", script: scriptOf(tape), transcript: tape.transcript });
    dispatch({ type: "ended", ended: end });
  });

  return {
    caller,
    phone,
    clock,
    leaveMessage: ({ seconds, words, url, key }) => {
      const text = `A message of ${seconds} s${words === undefined ? "" : `: “${words}”`}`;
      dispatch({
        type: "line",
        side: "caller",
        line: { ...noteLine("person", text), ...(url !== undefined && { url }) },
      });
      if (url === undefined) clock.skip(seconds);
      else messages.spoken(url);
      phone.answer("record", {
        seconds,
        ...(words !== undefined && { words }),
        ...(key !== undefined && { key }),
      });
    },
    callee: () => second?.person,
    ended,
    hangUp: (side) => {
      if (side === "caller") {
        progress.hangUp();
        second?.person.hangUp();
        phone.hangUp();
        return;
      }
      if (isTalking) return phone.answer("talk", "callee");
      if (second) second.isRefused = true;
      second?.person.hangUp();
    },
  };
}

function noteLine(kind: "person" | "note", text: string) {
  return { id: nextId(), kind, text, shown: text.length, isGoing: false };
}

let lastId = 0;

function nextId(): number {
  lastId++;
  return lastId;
}
