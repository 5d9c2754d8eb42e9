/** The body of a dial: TwiML's Dial as data, and Ringflow's own keys. */
import { Status } from "../../language/exit-schema.ts";
import { Side } from "../../language/prompt-schema.ts";
import { Keys, Results, Shaped } from "../../language/schema.ts";
import { type Static, Type } from "../../language/type.ts";
import { Allow } from "../../numbers/allow.ts";
import {
  flag,
  formed,
  method,
  recordingCallback,
  text,
  trim,
  upTo,
  url,
  whole,
  word,
} from "../../twiml/attributes.ts";
import { CALLEES, Destination } from "../../twiml/leg.ts";
import type { Noun } from "../../twiml/noun.ts";

/** The countries whose ringing tone Twilio can play. */
const RING_TONES =
  "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za".split(
    " ",
  );

/** TwiML Dial. */
export const DIAL = {
  element: "Dial",
  example: "dial: { to: +14155550100, status: { else: hangup }, … }",
  attributes: {
    timeout: whole(5, 600, 13212),
    timeLimit: whole(1, 86_400, 13216),
    callerId: formed("[A-Za-z0-9+\\-_.:@]+", "a number, or a name without spaces", 13214),
    answerOnBridge: flag(13219),
    hangupOnStar: flag(13213),
    record: word(
      [
        "do-not-record",
        "record-from-answer",
        "record-from-ringing",
        "record-from-answer-dual",
        "record-from-ringing-dual",
      ],
      13217,
    ),
    recordingTrack: word(["inbound", "outbound", "both"]),
    ...recordingCallback,
    recordingConfigurationId: text,
    trim,
    ringTone: word(RING_TONES, 13220),
    referUrl: url,
    referMethod: method(),
    callReason: upTo(50),
    events: word(["call-progress-event"]),
    passports: text,
  },
  own: ["action"],
  children: CALLEES,
} satisfies Noun;

/** What `save` can capture. */
const RESULTS = {
  status: "string",
  seconds: "int",
  name: "string",
  number: "string",
  recording: "recording",
  waited: "int",
} as const;

export const Body = Keys({
  to: Destination,
  sequential: Type.Optional(Type.Boolean()),
  allow: Type.Optional(Allow),
  whisper: Type.Optional(Side("whisper")),
  accept: Type.Optional(Shaped("^[0-9#*]$", "one key")),
  save: Type.Optional(Results(RESULTS)),
  status: Type.Optional(Status("busy", "no-answer", "failed", "canceled", "declined")),
  ...DIAL.attributes,
});
export type Dial = Static<typeof Body>;
