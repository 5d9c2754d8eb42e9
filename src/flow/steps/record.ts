/** `record`: take a message. */
import Type, { type Static } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compiler.ts";
import { Exit, Keys, OneOf, Prompt, Shaped, VariableName, Whole } from "../schema.ts";
import { attributesOf } from "../twiml.ts";
import type { Flow, Report, Step, StepKind } from "./kind.ts";

/** TwiML Record: transcriptions are made of recordings between 2 and 120 seconds. */
const MOST_TRANSCRIBED = 120;

const Body = Keys({
  prompt: Type.Optional(Prompt),
  save: Type.Optional(VariableName("recording")),
  empty: Type.Optional(Exit),
  minLength: Type.Optional(Whole(1, 30)),
  maxLength: Type.Optional(Whole(2, 14400)),
  timeout: Type.Optional(Whole(0, 600)),
  finishOnKey: Type.Optional(Shaped("^[0-9#*]*$", "keys of 0-9, * and #")),
  playBeep: Type.Optional(Type.Boolean()),
  trim: Type.Optional(OneOf("trim-silence", "do-not-trim")),
  transcribe: Type.Optional(Type.Boolean()),
  recordingConfigurationId: Type.Optional(Type.String({ minLength: 1 })),
});
type Record = Static<typeof Body>;

function ask({ body }: Step<Record>, to: Compiler): Op {
  return to.twiml((response) => {
    if (body.prompt !== undefined) to.speak(response, body.prompt);
    response.addChild(
      "Record",
      attributesOf({
        action: to.link("recorded"),
        timeout: body.timeout,
        finishOnKey: body.finishOnKey,
        maxLength: body.maxLength,
        playBeep: body.playBeep,
        trim: body.trim,
        transcribe: body.transcribe,
        recordingConfigurationId: body.recordingConfigurationId,
      }),
    );
    // Where Twilio records nothing at all it goes on to the next verb instead of asking `action`.
    response.addChild("Redirect", {}).addText(to.link("silent"));
  });
}

function recorded(step: Step<Record>, to: Compiler): Op[] {
  const { body } = step;
  const nothing = silent(step, to);
  const tooShort = Array.from({ length: body.minLength ?? 1 }, (_, seconds) => [String(seconds), nothing]);
  return [
    { op: "switch", on: { param: "RecordingUrl" }, cases: { "": nothing } },
    { op: "switch", on: { param: "RecordingDuration" }, cases: Object.fromEntries(tooShort) },
    ...save(body),
    ...to.exit(step.next ?? "hangup"),
  ];
}

function save(body: Record): Op[] {
  if (body.save === undefined) return [];
  const url = { param: "RecordingUrl" };
  const seconds = { param: "RecordingDuration" };
  return [
    { op: "set", to: { variable: body.save }, from: { map: { url, seconds, transcript: { value: "" } } } },
  ];
}

function silent(step: Step<Record>, to: Compiler): Op[] {
  return to.exit(step.body.empty ?? step.next ?? "hangup");
}

function lint({ body, bodyNode }: Step<Record>, _flow: Flow, report: Report): void {
  if (body.transcribe && (body.maxLength ?? MOST_TRANSCRIBED) > MOST_TRANSCRIBED) {
    report({
      code: "twilio-13615",
      at: bodyNode,
      message: `Twilio transcribes recordings of up to ${MOST_TRANSCRIBED} seconds; lower \`maxLength\` or leave out \`transcribe\``,
    });
  }
}

export const record: StepKind<Record> = {
  name: "record",
  does: "asks",
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
  },
  schema: Body,
  keys: {
    prompt: "What is heard before the tone.",
    save: "The variable that keeps the recording.",
    empty: "The exit when nothing was said.",
    minLength: "Seconds below which a message counts as nothing said; 1 if left out.",
    maxLength: "Seconds after which the recording ends; Twilio's default is 3,600, or 120 when transcribing.",
    timeout: "Seconds of silence that end the recording; Twilio's default is 5, and 0 is none.",
    finishOnKey: "Keys that end the recording; any key if left out.",
    playBeep: "Whether the tone is heard; true if left out.",
    trim: "`trim-silence` (the default) or `do-not-trim`.",
    transcribe: "Whether Twilio writes down what was said (US English, up to 120 seconds).",
    recordingConfigurationId: "A recording configuration of the Twilio account.",
  },
  next: () => "required",
  lint,
  compile: (step, to) => ({
    enter: [ask(step, to), { op: "wait", block: "recorded" }],
    recorded: recorded(step, to),
    silent: silent(step, to),
  }),
};
