/** The called phone: rings, is answered, hears the whisper, accepts or declines the call. */
import { useRef } from "preact/hooks";
import type { Callee } from "../../leg/moment.ts";
import { isConference, nameOf } from "../../leg/noun.ts";
import type { CallView, Question, State } from "../state.ts";
import { destinationOf } from "../text/destination.ts";
import { AnswerBar } from "./answer-bar.tsx";
import { Conversation } from "./conversation.tsx";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { Keypad } from "./keypad.tsx";
import { Here } from "./sessions.tsx";
import { usePage } from "./use-page.ts";
import { useFocusOnChange, useFocusOnRing } from "./use-phone-focus.ts";

/** While it rings, and once it was picked up; nothing at other times. */
export function SecondPhone({ state }: { state: State }) {
  const { call } = state;
  const ring = call?.caller.question?.kind === "ring" ? call.caller.question : undefined;
  return call && (ring || call.second) ? <Called call={call} ring={ring} state={state} /> : null;
}

type Ring = Extract<Question, { kind: "ring" }>;

interface CalledProps {
  call: CallView;
  ring: Ring | undefined;
  state: State;
}

function Called({ call, ring, state }: CalledProps) {
  const phone = useRef<HTMLElement>(null);
  useFocusOnRing(phone);
  useFocusOnChange(phone, ring ? "rings" : (call.second?.state ?? ""));
  return (
    <section
      class={ring ? "phone second is-ringing" : "phone second"}
      aria-label="The called phone"
      data-side="callee"
      tabIndex={-1}
      ref={phone}
    >
      {ring ? <Rings ring={ring} call={call} state={state} /> : <PickedUp call={call} state={state} />}
    </section>
  );
}

/** Other outcomes of ringing. A conference is joined or fails. */
const MISSES = [
  { status: "busy", label: "Busy" },
  { status: "no-answer", label: "No answer" },
  { status: "failed", label: "Unreachable" },
] as const;

/** A queue does not ring: a caller waits in it, or none does. */
const NOBODY_WAITS = [{ status: "no-answer", label: "No caller waits" }] as const;

function missesOf(callees: readonly Callee[]): readonly { status: RingMiss; label: string }[] {
  if (callees.every(({ kind }) => kind === "queue")) return NOBODY_WAITS;
  return callees.every(isConference) ? MISSES.filter(({ status }) => status === "failed") : MISSES;
}

type RingMiss = (typeof MISSES)[number]["status"];

type RingProps = Omit<CalledProps, "ring"> & { ring: Ring };

function Rings({ ring, call, state }: RingProps) {
  const page = usePage();
  const { callees } = ring.ringing;
  return (
    <>
      <RingHead ring={ring} call={call} state={state} />
      <div class="controls">
        {callees.map((callee, picksUp) => (
          <button
            key={nameOf(callee)}
            type="button"
            class="round is-green"
            onClick={() => page.answer("ring", { picksUp })}
          >
            <Icon name="call" />
            {ANSWERS[callee.kind] ?? "Answer"}
            {callees.length > 1 && ` at ${shownName(callee, call, state)}`}
          </button>
        ))}
        <div class="choices">
          {missesOf(callees).map(({ status, label }) => (
            <button key={status} type="button" onClick={() => page.answer("ring", { status })}>
              {label}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}

const ANSWERS: Readonly<Partial<Record<Callee["kind"], string>>> = {
  queue: "Take the next caller",
  conference: "Join",
};

/** A callee by its destination's name, else by its address. */
function shownName(callee: Callee, { setup }: CallView, { server }: State): string {
  return destinationOf(callee, setup.flow, server?.flows) ?? nameOf(callee);
}

function RingHead({ ring: { ringing, since }, call, state }: RingProps) {
  const { callees, timeout, callerId } = ringing;
  const [callee] = callees;
  const others = state.others ?? [];
  const isRoom = callee?.kind === "queue" || callee?.kind === "conference";
  return (
    <div class="call-head">
      {callee && callees.length === 1 ? (
        <CalleeName callee={callee} call={call} state={state} />
      ) : (
        <p class="number">{callees.length} phones</p>
      )}
      {callee && isRoom ? (
        <>
          <p class="doing">
            {callee.kind === "queue"
              ? "The next caller of the queue is asked for."
              : "The caller is about to join."}
          </p>
          <Here
            place={callee.kind === "queue" ? "queue" : "conference"}
            name={callee.target}
            others={others}
          />
        </>
      ) : (
        <p class="doing">
          Ringing. Caller ID: {callerId}.{" "}
          <Countdown since={since} seconds={timeout} isCounted={true} label="until no answer" />
        </p>
      )}
    </div>
  );
}

interface NameProps {
  callee: Callee;
  call: CallView;
  state: State;
}

/** The destination's name, with its address below. */
function CalleeName({ callee, call, state }: NameProps) {
  const name = shownName(callee, call, state);
  return (
    <>
      <p class="number">{name}</p>
      {name !== nameOf(callee) && <p class="who">{nameOf(callee)}</p>}
    </>
  );
}

function PickedUp({ call, state: all }: Omit<CalledProps, "ring">) {
  const page = usePage();
  const { second } = call;
  if (!second) return null;
  const { callee, state, phone } = second;
  const isTalking = state === "talks";
  const name = shownName(callee, call, all);
  return (
    <>
      <div class="call-head">
        <CalleeName callee={callee} call={call} state={all} />
        <p class="doing">{isTalking ? "Connected with the caller" : "Picked up"}</p>
      </div>
      <Conversation lines={phone.lines} />
      <div class="controls">
        {!isTalking && <AnswerBar side="callee" phone={phone} />}
        {!isTalking && <Keypad side="callee" isSmall={true} />}
        <button type="button" class="round is-red" onClick={() => page.hangUp("callee")}>
          <Icon name="hangup" />
          {isTalking ? `Hang up as ${name}` : "Decline"}
        </button>
      </div>
    </>
  );
}
