/** The phone of somebody who was rung: rings, is answered, hears the whisper, takes the call or does not. */
import { nameOf } from "../../noun.ts";
import type { Ask, CallView } from "../state.ts";
import { AnswerBar } from "./answer-bar.tsx";
import { Conversation } from "./conversation.tsx";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { Keypad } from "./keypad.tsx";
import { usePage } from "./use-page.ts";

/** While it rings, and once it was picked up; nothing at other times. */
export function SecondPhone({ call }: { call: CallView | undefined }) {
  const ring = call?.caller.ask?.kind === "ring" ? call.caller.ask : undefined;
  if (!call || !(ring || call.second)) return null;
  return (
    <section
      class={ring ? "phone second is-ringing" : "phone second"}
      aria-label="The called phone"
      data-side="callee"
    >
      {ring ? <Rings ring={ring} /> : <PickedUp call={call} />}
    </section>
  );
}

function Rings({ ring: { ringing, since } }: { ring: Extract<Ask, { kind: "ring" }> }) {
  const page = usePage();
  const { callees, timeout, callerId } = ringing;
  return (
    <>
      <div class="call-head">
        <p class="number">{callees.length === 1 ? callees.map(nameOf) : `${callees.length} phones`}</p>
        <p class="doing">
          Ringing. The display shows {callerId}.{" "}
          <Countdown since={since} seconds={timeout} isCounted={true} label="until nobody answers" />
        </p>
      </div>
      <div class="controls">
        {callees.map((callee, picksUp) => (
          <button
            key={nameOf(callee)}
            type="button"
            class="round is-green"
            onClick={() => page.answer("ring", { picksUp })}
          >
            <Icon name="call" />
            {callees.length === 1 ? "Answer" : `Answer at ${nameOf(callee)}`}
          </button>
        ))}
        <div class="choices">
          <button type="button" onClick={() => page.answer("ring", { status: "busy" })}>
            Busy
          </button>
          <button type="button" onClick={() => page.answer("ring", { status: "no-answer" })}>
            Nobody answers
          </button>
          <button type="button" onClick={() => page.answer("ring", { status: "failed" })}>
            Cannot be reached
          </button>
        </div>
      </div>
    </>
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
          {isTalking ? "Hang up" : "Refuse"}
        </button>
      </div>
    </>
  );
}
