/**
 * The nouns of `<Connect>`, and the background sessions of `<Start>`. Source: TwiML Connect, Start, Stop;
 * twilio's VoiceResponse.
 */
import { parameter, recordingCallbacks } from "./nouns.ts";
import { flag, one, type Shape, shaped, some, text, url, whole } from "./shape.ts";

const GET_POST = "GET POST";
const websocket = shaped(/^wss:\/\/[^?\s]+$/, "a wss:// URL without a query");
const TRACKS = "inbound_track outbound_track both_tracks";

const callback = { statusCallback: url(), statusCallbackMethod: one(GET_POST) };
const stream: Shape = {
  attributes: {
    ...callback,
    url: websocket,
    name: text(),
    track: one(TRACKS),
    connectorName: text(),
    audioFormat: text(),
    sampleRate: text(),
  },
  children: { Parameter: parameter },
};
const siprec: Shape = {
  attributes: { ...callback, name: text(), connectorName: text(), track: one(TRACKS) },
  children: { Parameter: parameter },
};
const transcription: Shape = {
  attributes: {
    name: text(),
    statusCallbackUrl: url(),
    statusCallbackMethod: one(GET_POST),
    languageCode: text(),
    track: one(TRACKS),
    inboundTrackLabel: text(),
    outboundTrackLabel: text(),
    transcriptionEngine: one("google deepgram"),
    speechModel: text(),
    profanityFilter: flag(),
    partialResults: flag(),
    hints: text(),
    enableAutomaticPunctuation: flag(),
    intelligenceService: text(),
    enableProviderData: flag(),
    conversationConfiguration: text(),
    conversationId: text(),
  },
  children: { Config: parameter, Parameter: parameter },
};
const recording: Shape = {
  attributes: {
    name: text(),
    ...recordingCallbacks,
    trim: one("trim-silence do-not-trim"),
    track: one("inbound outbound both"),
    channels: one("dual mono"),
    recordingConfigurationId: text(),
  },
};

/** What `<Start>` begins, and `<Stop>` ends by its name. */
export const backgroundSessions: Readonly<Record<string, Shape>> = {
  Stream: stream,
  Siprec: siprec,
  Transcription: transcription,
  Recording: recording,
};

const INTERRUPTS = "none dtmf speech any true false";
const relay: Shape = {
  attributes: {
    url: websocket,
    welcomeGreeting: text(),
    welcomeGreetingInterruptible: one(INTERRUPTS),
    language: text(),
    ttsLanguage: text(),
    ttsProvider: text(),
    voice: text(),
    transcriptionLanguage: text(),
    transcriptionProvider: text(),
    speechModel: text(),
    interruptible: one(INTERRUPTS),
    interruptSensitivity: one("low medium high"),
    dtmfDetection: flag(),
    reportInputDuringAgentSpeech: one(INTERRUPTS),
    preemptible: flag(),
    hints: text(),
    debug: some("debugging speaker-events tokens-played"),
    elevenlabsTextNormalization: one("on auto off"),
    intelligenceService: text(),
    profanityFilter: flag(),
    partialPrompts: flag(),
    events: text(),
    speechtimeout: text(),
    ignorebackchannel: text(),
    backgroundnoisereduction: text(),
    deepgramsmartformat: text(),
  },
  children: {
    Language: {
      attributes: {
        code: text(),
        ttsProvider: text(),
        voice: text(),
        transcriptionProvider: text(),
        speechModel: text(),
      },
    },
    Parameter: parameter,
  },
};
const conversation: Shape = {
  attributes: {
    serviceInstanceSid: text(),
    inboundAutocreation: flag(),
    routingAssignmentTimeout: whole(0, 86_400),
    inboundTimeout: whole(0, 86_400),
    url: url(),
    method: one(GET_POST),
    record: one(
      "do-not-record record-from-answer record-from-ringing record-from-answer-dual record-from-ringing-dual true false",
    ),
    trim: one("trim-silence do-not-trim"),
    ...recordingCallbacks,
    statusCallback: url(),
    statusCallbackMethod: one(GET_POST),
    statusCallbackEvent: some("call-initiated call-ringing call-answered call-completed"),
  },
};

/** What `<Connect>` hands the call to. */
export const connections: Readonly<Record<string, Shape>> = {
  Stream: stream,
  ConversationRelay: relay,
  ConversationRelaySession: { attributes: { connector: text(), sessionConfiguration: text() } },
  VirtualAgent: {
    attributes: { ...callback, connectorName: text(), language: text(), sentimentAnalysis: flag() },
    children: { Config: parameter, Parameter: parameter },
  },
  Room: { attributes: { participantIdentity: text() }, text: true },
  Conversation: conversation,
  AiSession: { attributes: { aiConnector: text(), aiSessionConfiguration: text() } },
  Autopilot: { attributes: {}, text: true },
};
