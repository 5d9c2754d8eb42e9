/**
 * Whom `<Dial>` can ring. Source: TwiML Dial, Number, Client, Sip, Conference, Queue; twilio's VoiceResponse.
 */
import { flag, one, type Shape, shaped, some, text, url, whole } from "./shape.ts";

const GET_POST = "GET POST";

/** A name with a value, handed on as it is. */
export const parameter: Shape = { attributes: { name: text(), value: text() } };

/** Attributes of everything that reports how its leg fares. */
const progress = {
  statusCallback: url(),
  statusCallbackMethod: one(GET_POST),
  statusCallbackEvent: some("initiated ringing answered completed"),
};
/** Attributes of everything whose leg may hear a document before it is connected. */
const screening = { url: url(), method: one(GET_POST, 13221) };
const answeringMachine = {
  machineDetection: one("Enable DetectMessageEnd"),
  machineDetectionTimeout: whole(3, 60),
  machineDetectionSpeechThreshold: whole(1000, 6000),
  machineDetectionSpeechEndThreshold: whole(500, 5000),
  machineDetectionSilenceTimeout: whole(2000, 10_000),
  amdStatusCallback: url(),
  amdStatusCallbackMethod: one(GET_POST),
};
/** Attributes of everything that can be recorded during the call. */
export const recordingCallbacks = {
  recordingStatusCallback: url(13256),
  recordingStatusCallbackMethod: one(GET_POST),
  recordingStatusCallbackEvent: some("in-progress completed absent", 13621),
};

const number: Shape = {
  attributes: {
    ...screening,
    ...progress,
    ...answeringMachine,
    sendDigits: shaped(/^[0-9A-D#*wW]*$/, "keys (0-9 A-D # * w W)", 13222),
    byoc: text(),
  },
  text: true,
};
const header: Shape = { attributes: { name: text(), value: text() } };
const sipUri: Shape = {
  attributes: { priority: text(), weight: text(), username: text(), password: text() },
  text: true,
};
const sip: Shape = {
  attributes: { ...screening, ...progress, ...answeringMachine, username: text(), password: text() },
  children: { Uri: sipUri, Headers: { attributes: {}, children: { Header: header } } },
  text: true,
};
const client: Shape = {
  attributes: { ...screening, ...progress, clientNotificationUrl: url() },
  children: { Identity: { attributes: {}, text: true }, Parameter: parameter },
  text: true,
};
const application: Shape = {
  attributes: { ...screening, ...progress, customerId: text(), copyParentTo: flag() },
  children: { ApplicationSid: { attributes: {}, text: true }, Parameter: parameter },
  text: true,
};
const conference: Shape = {
  attributes: {
    muted: flag(),
    startConferenceOnEnter: flag(),
    endConferenceOnExit: flag(),
    waitUrl: url(13233),
    waitMethod: one(GET_POST),
    beep: one("true false onEnter onExit"),
    maxParticipants: whole(2, 250),
    record: one("do-not-record record-from-start"),
    trim: one("trim-silence do-not-trim"),
    region: one("us1 us2 ie1 de1 sg1 br1 au1 jp1"),
    coach: text(34, 13240),
    participantLabel: text(128),
    jitterBufferSize: one("small medium large off"),
    statusCallback: url(),
    statusCallbackMethod: one(GET_POST),
    statusCallbackEvent: some("start end join leave mute hold modify speaker announcement"),
    ...recordingCallbacks,
    recordingConfigurationId: text(),
    eventCallbackUrl: url(),
  },
  text: true,
};

/** `<Queue>` inside `<Dial>`: the document at `url` runs for the caller who was waiting. */
export const queue: Shape = {
  attributes: { ...screening, reservationSid: text(), postWorkActivitySid: text() },
  text: true,
};

/** Whom `<Dial>` rings. */
export const callees: Readonly<Record<string, Shape>> = {
  Number: number,
  Client: client,
  Sip: sip,
  Conference: conference,
  Queue: queue,
  Application: application,
  WhatsApp: { attributes: { ...screening, ...progress }, text: true },
  Sim: { attributes: {}, text: true },
};
