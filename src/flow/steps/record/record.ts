/** `record`: take a message. */
import type { Op } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Step } from "../../model/flow.ts";
import { addNoun } from "../../twiml/noun.ts";
import type { StepKind } from "../kind.ts";
import { Body, RECORD, type Record } from "./body.ts";
import { FINDINGS, lint } from "./lint.ts";
import { callbacks, least, notified, save, secondsBelow } from "./notify.ts";

function ask({ body }: Step<Record>, to: Compiler): Op {
  return to.twiml((response) => {
    if (body.prompt !== undefined) to.speak(response, body.prompt);
    addNoun(to, response, RECORD, body, { action: to.link("recorded"), ...callbacks(body, to) });
    // Where Twilio records nothing at all it goes on to the next verb instead of asking `action`.
    response.addChild("Redirect", {}).addText(to.link("silent"));
  });
}

function recorded(step: Step<Record>, to: Compiler): Op[] {
  const { body } = step;
  const nothing = silent(step, to);
  return [
    { op: "switch", on: { param: "RecordingUrl" }, cases: { "": nothing } },
    { op: "switch", on: { param: "RecordingDuration" }, cases: secondsBelow(least(body), nothing) },
    ...save(body),
    ...to.exit(step.next ?? "hangup"),
  ];
}

function silent(step: Step<Record>, to: Compiler): Op[] {
  return to.exit(step.body.empty ?? step.next ?? "hangup");
}

export const record: StepKind<Record> = {
  name: "record",
  does: "asks",
  asksBy: "prompt",
  doc: {
    summary: "Takes a message after a tone.",
    text:
      "`save` keeps it as a recording, with `url`, `seconds` and `transcript`. `empty` is taken when nothing was said, " +
      "or less than `minLength` seconds; `next` if it is left out.",
    example: `
variables:
  message: { type: recording }
steps:
  voicemail:
    record:
      prompt: Please leave a message after the tone.
      maxLength: 120
      save: message
      empty: bye
    next: thanks
  thanks:
    hangup: Your message of {{ vars.message.seconds }} seconds was saved.
  bye:
    hangup: Goodbye.
`,
    calls: `
flow: example
scenarios:
  - name: a message of twelve seconds
    script:
      - hear: leave a message
      - record: 12
      - hear: Your message of 12 seconds was saved.
      - end
  - name: no message
    script:
      - silence
      - hear: Goodbye.
      - end
`,
  },
  twiml: [RECORD],
  schema: Body,
  keys: {
    prompt: "What is heard before the tone.",
    save: "The variable that keeps the recording.",
    empty: "The exit when nothing was said.",
    notify:
      "The step that runs once the recording has arrived, with its transcript where `transcribe` asks for one; perhaps " +
      "after the call. Where nothing was said it does not run.",
    minLength: "Seconds below which a message counts as nothing said; 1 if left out.",
    maxLength: "Seconds after which the recording ends; Twilio's default is 3,600, or 120 when transcribing.",
    timeout: "Seconds of silence that end the recording; Twilio's default is 5, and 0 is none.",
    finishOnKey: "Keys that end the recording; any key if left out.",
    playBeep: "Whether the tone is heard; true if left out.",
    trim: "`trim-silence` (the default) or `do-not-trim`.",
    transcribe: "Whether Twilio writes down what was said (US English, up to 120 seconds).",
    transcribeCallback: "Where Twilio sends the words, by a webhook of its own.",
    recordingStatusCallback: "Where Twilio tells of the recording, by a webhook of its own.",
    recordingStatusCallbackMethod: "`GET` or `POST`; `POST` if left out.",
    recordingStatusCallbackEvent: "`in-progress`, `completed`, `absent`, or a list of these.",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
  },
  next: () => "required",
  resumes: "written",
  findings: FINDINGS,
  lint,
  compile: (step, to) => ({
    enter: [ask(step, to), { op: "wait", block: "recorded" }],
    recorded: recorded(step, to),
    silent: silent(step, to),
    ...notified(step, to),
  }),
};
