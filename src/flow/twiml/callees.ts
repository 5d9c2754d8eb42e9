/**
 * The nouns of a Dial. Names of attributes are Twilio's own (TwiML Dial: Number, Client, Sip,
 * Conference, Queue, Application, WhatsApp, Sim).
 */
import { Env } from "../language/schema.ts";
import { Text } from "../language/text-schema.ts";
import { Type } from "../language/type.ts";
import {
  Formed,
  flag,
  formed,
  method,
  recordingCallback,
  shapedInCall,
  statusCallbackFor,
  text,
  trim,
  upTo,
  url,
  whole,
  word,
} from "./attributes.ts";
import { type Noun, PARAMETERS } from "./noun.ts";

const PROGRESS = ["initiated", "ringing", "answered", "completed"] as const;
const progress = statusCallbackFor(PROGRESS);
/** The document that a leg hears before it is connected: the dial's `whisper`, or another application's. */
const screening = { url, method: method(13221) };
const machineDetection = {
  machineDetection: word(["Enable", "DetectMessageEnd"]),
  machineDetectionTimeout: whole(3, 60),
  machineDetectionSpeechThreshold: whole(1000, 6000),
  machineDetectionSpeechEndThreshold: whole(500, 5000),
  machineDetectionSilenceTimeout: whole(2000, 10_000),
  amdStatusCallback: url,
  amdStatusCallbackMethod: method(),
};

const dialled = (leg: string): string => `dial: { to: { ${leg}, … }, status: { else: hangup } }`;

/** TwiML Number. */
export const NUMBER = {
  element: "Number",
  example: dialled("number: +14155550100"),
  text: { key: "number", schema: Type.Union([Type.String({ minLength: 1 }), Env]) },
  attributes: {
    sendDigits: shapedInCall("^[0-9A-D#*wW]+$", "keys to play, such as ww1234#", 13222),
    ...screening,
    ...progress,
    ...machineDetection,
    byoc: text,
  },
} satisfies Noun;

/** TwiML Client: an app with Twilio's SDK. */
export const CLIENT = {
  element: "Client",
  example: dialled("client: ada"),
  text: {
    key: "client",
    schema: Formed("[^]{1,256}", "a name of up to 256 characters"),
    element: "Identity",
  },
  attributes: { ...screening, ...progress, clientNotificationUrl: url },
  pairs: [PARAMETERS],
} satisfies Noun;

/** TwiML Sip: several URIs, tried by priority and weight. */
export const URI = {
  element: "Uri",
  key: "sip",
  example: "dial: { to: { sip: [{ uri: sip:desk@example.com, … }] }, status: { else: hangup } }",
  text: { key: "uri", schema: Text, url: true },
  attributes: { priority: text, weight: text, username: text, password: text },
} satisfies Noun;

/** TwiML Sip. */
export const SIP = {
  element: "Sip",
  example: dialled("sip: sip:desk@example.com"),
  text: { key: "sip", schema: Text, url: true },
  attributes: { username: text, password: text, ...screening, ...progress, ...machineDetection },
  pairs: [{ key: "headers", element: "Header", around: "Headers" }],
  children: [URI],
} satisfies Noun;

/** Twilio's error for any attribute of a conference that it cannot use. */
const BAD_CONFERENCE = 16002;

/** TwiML Conference. */
export const CONFERENCE = {
  element: "Conference",
  example: dialled("conference: standup"),
  text: { key: "conference", schema: Formed("[^]{1,128}", "a name of up to 128 characters", 13237) },
  attributes: {
    muted: flag(BAD_CONFERENCE),
    startConferenceOnEnter: flag(BAD_CONFERENCE),
    endConferenceOnExit: flag(BAD_CONFERENCE),
    beep: word(["true", "false", "onEnter", "onExit"], BAD_CONFERENCE),
    waitUrl: url,
    waitMethod: method(BAD_CONFERENCE),
    maxParticipants: whole(2, 250, BAD_CONFERENCE),
    record: word(["do-not-record", "record-from-start"], BAD_CONFERENCE),
    trim,
    region: word(["us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1"], BAD_CONFERENCE),
    coach: formed("CA[0-9a-f]{32}", "the CallSid of a call in the same conference", 13240),
    participantLabel: upTo(128, BAD_CONFERENCE),
    jitterBufferSize: word(["small", "medium", "large", "off"], BAD_CONFERENCE),
    ...statusCallbackFor([
      "start",
      "end",
      "join",
      "leave",
      "mute",
      "hold",
      "modify",
      "speaker",
      "announcement",
    ]),
    ...recordingCallback,
    recordingConfigurationId: text,
    eventCallbackUrl: url,
  },
} satisfies Noun;

/** TwiML Queue: its document runs for the caller who was waiting. */
export const QUEUE = {
  element: "Queue",
  example: dialled("queue: support"),
  text: { key: "queue", schema: Formed("[^]{1,64}", "a name of up to 64 characters") },
  attributes: { ...screening, reservationSid: text, postWorkActivitySid: text },
} satisfies Noun;

/** TwiML Application: an app by its SID. */
export const APPLICATION = {
  element: "Application",
  example: dialled("application: AP00000000000000000000000000000000"),
  text: { key: "application", schema: Text, element: "ApplicationSid" },
  attributes: { ...screening, ...progress, customerId: text, copyParentTo: flag() },
  pairs: [PARAMETERS],
} satisfies Noun;

/** TwiML WhatsApp. */
export const WHATSAPP = {
  element: "WhatsApp",
  example: dialled("whatsApp: +14155550100"),
  text: { key: "whatsApp", schema: Text },
  attributes: { ...screening, ...progress },
} satisfies Noun;

/** TwiML Sim. */
export const SIM = {
  element: "Sim",
  example: dialled("sim: DE00000000000000000000000000000000"),
  text: { key: "sim", schema: Text },
  attributes: {},
} satisfies Noun;
