/** The called phone: rings, is answered, hears the whisper, accepts or declines the call. */
import { useRef } from "preact/hooks";
import { isConference, nameOf } from "../../leg/noun.ts";
import type { CallView, Question } from "../state.ts";
import { AnswerBar } from "./answer-bar.tsx";
import { Conversation } from "./conversation.tsx";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { Keypad } from "./keypad.tsx";
import { usePage } from "./use-page.ts";
import { useFocusOnChange, useFocusOnRing } from "./use-phone-focus.ts";

/** While it rings, and once it was picked up; nothing at other times. */
export function SecondPhone({ call }: { call: CallView | undefined }) {
  const ring = call?.caller.question?.kind === "ring" ? call.caller.question : undefined;
  return call && (ring || call.second) ? <Called call={call} ring={ring} /> : null;
}

type Ring = Extract<Question, { kind: "ring" }>;

function Called({ call, ring }: { call: CallView; ring: Ring | undefined }) {
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
      {ring ? <Rings ring={ring} /> : <PickedUp call={call} />}
    </section>
  );
}

/** Other outcomes of ringing. A conference is joined or fails. */
const MISSES = [
  { status: "busy", label: "Busy" },
  { status: "no-answer", label: "No answer" },
  { status: "failed", label: "Unreachable" },
] as const;

function Rings({ ring }: { ring: Ring }) {
  const page = usePage();
  const { callees } = ring.ringing;
  const isRoom = callees.every(isConference);
  const misses = MISSES.filter(({ status }) => status === "failed" || !isRoom);
  return (
    <>
      <RingHead ring={ring} isRoom={isRoom} />
      <div class="controls">
        {callees.map((callee, picksUp) => (
          <button
            key={nameOf(callee)}
            type="button"
            class="round is-green"
            onClick={() => page.answer("ring", { picksUp })}
          >
            <Icon name="call" />
            {isRoom ? "Join" : "Answer"}
            {callees.length > 1 && ` at ${nameOf(callee)}`}
          </button>
        ))}
        <div class="choices">
          {misses.map(({ status, label }) => (
            <button key={status} type="button" onClick={() => page.answer("ring", { status })}>
              {label}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}

function RingHead({ ring: { ringing, since }, isRoom }: { ring: Ring; isRoom: boolean }) {
  const { callees, timeout, callerId } = ringing;
  return (
    <div class="call-head">
      <p class="number">{callees.length === 1 ? callees.map(nameOf) : `${callees.length} phones`}</p>
      {isRoom ? (
        <p class="doing">The caller is about to join.</p>
      ) : (
        <p class="doing">
          Ringing. Caller ID: {callerId}.{" "}
          <Countdown since={since} seconds={timeout} isCounted={true} label="until no answer" />
        </p>
      )}
    </div>
  );
}

function PickedUp({ call: { second } }: { call: CallView }) {
  const page = usePage();
  if (!second) return null;
  const { callee, state, phone } = second;
  const isTalking = state === "talks";
  return (
    <>
      <div class="call-head">
        <p class="number">{nameOf(callee)}</p>
        <p class="doing">{isTalking ? "Connected with the caller" : "Picked up"}</p>
      </div>
      <Conversation lines={phone.lines} />
      <div class="controls">
        {!isTalking && <AnswerBar side="callee" phone={phone} />}
        {!isTalking && <Keypad side="callee" isSmall={true} />}
        <button type="button" class="round is-red" onClick={() => page.hangUp("callee")}>
          <Icon name="hangup" />
          {isTalking ? "Hang up" : "Decline"}
        </button>
      </div>
    </>
  );
}
