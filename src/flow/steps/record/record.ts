/** `record`: take a message. */

import type { Op } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import type { Step } from "../../model/flow.ts";
import { addNoun } from "../../twiml/noun.ts";
import type { StepKind } from "../kind.ts";
import { Body, RECORD, type Record } from "./body.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint } from "./lint.ts";
import { callbacks, least, notified, save, secondsBelow } from "./notify.ts";

function ask({ body }: Step<Record>, compiler: Compiler): Op {
  return compiler.twiml((response) => {
    if (body.prompt !== undefined) compiler.speak(response, body.prompt);
    addNoun(compiler, response, RECORD, body, {
      action: compiler.link("recorded"),
      ...callbacks(body, compiler),
    });
    // If Twilio records nothing at all, it continues with the next verb instead of requesting `action`.
    response.addChild("Redirect", {}).addText(compiler.link("silent"));
  });
}

function recorded(step: Step<Record>, compiler: Compiler): Op[] {
  const { body } = step;
  const nothing = silent(step, compiler);
  return [
    { op: "switch", on: { param: "RecordingUrl" }, cases: { "": nothing } },
    { op: "switch", on: { param: "RecordingDuration" }, cases: secondsBelow(least(body), nothing) },
    ...save(body, compiler),
    ...compiler.exit(step.next ?? "hangup"),
  ];
}

function silent(step: Step<Record>, compiler: Compiler): Op[] {
  return compiler.exit(step.body.empty ?? step.next ?? "hangup");
}

export const record: StepKind<Record, Code> = {
  name: "record",
  does: "asks",
  role: "records",
  handsOver: true,
  messageAfter: "prompt",
  asksBy: "prompt",
  listens: "silent",
  isSilent: ([key], { empty }) => key === (empty === undefined ? "next" : "empty"),
  doc: {
    summary: "Takes a message after a tone.",
    text:
      '`save` captures the recording, with `url`, `seconds` and `transcript`. `link(vars.message, "7d")` is a URL that [plays it](#recordings-of-callers). ' +
      "As a map it captures several results: `save: { message: recording, ended: key }` with " +
      "`recording`, `url`, `seconds` and `key`, the key that ended the message (`hangup` if the caller hung up). `empty` is taken if the message is shorter " +
      "than `minLength` seconds; if `empty` is left out, `next` is.",
    example: yaml`

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
    prompt: "The prompt before the tone.",
    save: "The variable that captures the recording; or variables, and the result that each captures.",
    empty: "The exit for an empty message.",
    notify:
      "The step that runs once the recording has arrived, with its transcript if `transcribe` is set; possibly after " +
      "the call. It does not run for an empty message.",
    minLength: "Seconds below which a message counts as empty; 1 if left out.",
    maxLength: "Seconds after which the recording ends; Twilio's default is 3,600, or 120 when transcribing.",
    timeout: "Seconds of silence that end the recording; Twilio's default is 5, and 0 turns it off.",
    finishOnKey: "Keys that end the recording; any key if left out.",
    playBeep: "Whether a tone is played; true if left out.",
    trim: "`trim-silence` (the default) or `do-not-trim`.",
    transcribe: "Whether Twilio transcribes the message (English, from 3 to 120 seconds).",
    transcribeCallback: "The URL to which Twilio sends the transcript.",
    recordingStatusCallback: "The URL to which Twilio reports the recording.",
    recordingStatusCallbackMethod: "`GET` or `POST`; `POST` if left out.",
    recordingStatusCallbackEvent: "`in-progress`, `completed`, `absent`, or a list of these.",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
  },
  next: () => "required",
  resumes: "written",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({
    enter: [ask(step, compiler), { op: "wait", block: "recorded" }],
    recorded: recorded(step, compiler),
    silent: silent(step, compiler),
    ...notified(step, compiler),
  }),
};
