/** The body of a record: TwiML's Record as data, and Ringflow's own keys. */
import { Exit } from "../../language/exit-schema.ts";
import { Prompt, SideStep } from "../../language/prompt-schema.ts";
import { Keys, Results, VariableName, Whole } from "../../language/schema.ts";
import { type Static, Type } from "../../language/type.ts";
import {
  fixedFlag,
  flag,
  recordingCallback,
  shaped,
  text,
  trim,
  url,
  whole,
} from "../../twiml/attributes.ts";
import type { Noun } from "../../twiml/noun.ts";

/** TwiML Record. */
export const RECORD = {
  element: "Record",
  example: "record: { save: message, … }",
  attributes: {
    maxLength: whole(2, 14_400, 13612),
    timeout: whole(0, 600, 13611),
    finishOnKey: shaped("^[0-9#*]*$", "keys of 0-9, * and #", 13613),
    playBeep: flag(13616),
    trim,
    transcribe: fixedFlag(13614),
    transcribeCallback: url,
    ...recordingCallback,
    recordingConfigurationId: text,
  },
  own: ["action"],
} satisfies Noun;

/** What `save` can capture. */
const RESULTS = { recording: "recording", url: "string", seconds: "int", key: "string" } as const;

export const Body = Keys({
  prompt: Type.Optional(Prompt),
  save: Type.Optional(Type.Union([VariableName("recording"), Results(RESULTS)])),
  empty: Type.Optional(Exit),
  minLength: Type.Optional(Whole(1, 30)),
  notify: Type.Optional(SideStep("notify")),
  ...RECORD.attributes,
});
export type Record = Static<typeof Body>;
