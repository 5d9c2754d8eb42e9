/** The caller's phone: before, during and after a call. */
import { useRef } from "preact/hooks";
import { ENDINGS } from "../../script/describe.ts";
import { ringingNow } from "../call/placed.ts";
import type { CallView, State } from "../state.ts";
import { clockText } from "../text/time.ts";
import { AnswerBar } from "./answer-bar.tsx";
import { Conversation } from "./conversation.tsx";
import { Icon } from "./icon.tsx";
import { IncomingCall } from "./incoming-call.tsx";
import { Keypad } from "./keypad.tsx";
import { SaveTestForm } from "./save-test-form.tsx";
import { Sessions } from "./sessions.tsx";
import { SetupForm } from "./setup-form.tsx";
import { SoundSettings } from "./sound-settings.tsx";
import { TextForm } from "./text-form.tsx";
import { usePage, useTick } from "./use-page.ts";
import { useFocusOnChange } from "./use-phone-focus.ts";

/** The phone. Keyboard focus follows from one of its views to the next, and back from the other phone. */
export function CallerPhone({ state }: { state: State }) {
  const { call, settings, server, setup } = state;
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  const rings = ringingNow(state);
  const face = rings ? "ring" : !call ? "setup" : call.ended ? "ended" : "call";
  const phone = useRef<HTMLElement>(null);
  const isAlone = call?.second === undefined && call?.caller.question?.kind !== "ring";
  useFocusOnChange(phone, isAlone ? face : "other phone");
  return (
    <section
      class={rings ? "phone is-ringing" : "phone"}
      aria-label="The caller's phone"
      data-side="caller"
      tabIndex={-1}
      ref={phone}
    >
      {rings ? (
        <IncomingCall key={rings.sid} placed={rings} />
      ) : call ? (
        <InCall call={call} state={state} />
      ) : (
        <SetupForm state={state} />
      )}
      {!call && !rings && <TextForm key={setup.flow} state={state} />}
      <SoundSettings settings={settings} language={flow?.languages[0] ?? "en-US"} />
    </section>
  );
}

function InCall({ call, state }: { call: CallView; state: State }) {
  const page = usePage();
  const { caller, ended, waiting } = call;
  const isBusy = caller.question !== undefined && !["keys", "record", "ring"].includes(caller.question.kind);
  const isSmall = waiting !== undefined || caller.question?.kind === "record";
  return (
    <>
      <CallHead call={call} />
      <Conversation lines={caller.lines} />
      {ended ? (
        <AfterCall call={call} state={state} />
      ) : (
        <div class="controls">
          <Sessions call={call} others={state.others ?? []} />
          <AnswerBar side="caller" phone={caller} />
          {!isBusy && <Keypad side="caller" isSmall={isSmall} />}
          <button type="button" class="round is-red" onClick={() => page.hangUp("caller")}>
            <Icon name="hangup" />
            {call.second ? "Hang up as the caller" : "Hang up"}
          </button>
        </div>
      )}
    </>
  );
}

function CallHead({ call: { setup, since, ended, caller, second, requests } }: { call: CallView }) {
  const now = useTick(!ended);
  // A test can consist of text messages alone.
  const isTexts = requests.length > 0 && requests.every(({ params }) => params.CallSid === undefined);
  const over = isTexts ? "The text messages are sent" : undefined;
  const doing = ended
    ? (over ?? `Ended after ${clockText(ended.seconds)}: ${ENDINGS[ended.by]}`)
    : doingOf(isTexts ? "text" : caller.question?.kind);
  return (
    <div class="call-head">
      {second && <p class="who">The caller</p>}
      <p class="number">{setup.direction ? setup.from : setup.to}</p>
      <p class="doing">
        {setup.flow} · {doing}
        {!ended && <span class="timer"> {clockText((now - since) / 1000)}</span>}
      </p>
    </div>
  );
}

function doingOf(asked: string | undefined): string {
  if (asked === "ring") return "ringing";
  if (asked === "text") return "texting";
  return asked === "talk" ? "connected" : "on the line";
}

function AfterCall({ call, state }: { call: CallView; state: State }) {
  const page = usePage();
  return (
    <div class="controls after">
      {!call.setup.placed && <Again call={call} state={state} />}
      <button type="button" class="text" onClick={() => page.dispatch({ type: "clear call" })}>
        New call
      </button>
    </div>
  );
}

// What a placed call begins with is sealed in its URL, so neither a test nor another call can have it.
function Again({ call, state }: { call: CallView; state: State }) {
  const page = usePage();
  return (
    <>
      <SaveTestForm
        key={call.since}
        call={call}
        what="call"
        save={page.saveTest}
        savedTest={state.savedTest}
      />
      <button type="button" onClick={() => void page.replay()}>
        <Icon name="again" />
        Replay and compare
      </button>
      <button type="button" class="round is-green" onClick={page.call}>
        <Icon name="call" />
        Call again
      </button>
    </>
  );
}
