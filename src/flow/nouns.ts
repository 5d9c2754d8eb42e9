/**
 * TwiML's nouns inside Connect, Start and Stop. Names of attributes are Twilio's own, in its own spelling
 * ("Connect family", "Start / Stop").
 */
import { Address, Flag, Method, Number, Plain, recordingCallback, statusCallback, Word } from "./attributes.ts";
import type { Noun } from "./noun.ts";

const track = Word("inbound_track", "outbound_track", "both_tracks");

export const STREAM: Noun = {
  element: "Stream",
  attributes: {
    url: Plain,
    name: Plain,
    connectorName: Plain,
    track,
    audioFormat: Plain,
    sampleRate: Plain,
    ...statusCallback(),
  },
  pairs: ["parameter"],
};

export const SIPREC: Noun = {
  element: "Siprec",
  attributes: { name: Plain, connectorName: Plain, track, ...statusCallback() },
  pairs: ["parameter"],
};

export const TRANSCRIPTION: Noun = {
  element: "Transcription",
  attributes: {
    name: Plain,
    track,
    statusCallbackUrl: Address,
    statusCallbackMethod: Method,
    inboundTrackLabel: Plain,
    outboundTrackLabel: Plain,
    partialResults: Flag,
    languageCode: Plain,
    transcriptionEngine: Plain,
    profanityFilter: Flag,
    speechModel: Plain,
    hints: Plain,
    enableAutomaticPunctuation: Flag,
    intelligenceService: Plain,
    // Not in the SDK's types yet.
    enableProviderData: Flag,
    conversationConfiguration: Plain,
    conversationId: Plain,
  },
  pairs: ["config", "parameter"],
};

export const RECORDING: Noun = {
  element: "Recording",
  attributes: {
    name: Plain,
    ...recordingCallback,
    trim: Word("trim-silence", "do-not-trim"),
    track: Word("inbound", "outbound", "both"),
    channels: Word("mono", "dual"),
  },
};

const LANGUAGE: Noun = {
  element: "Language",
  attributes: {
    code: Plain,
    ttsProvider: Plain,
    voice: Plain,
    transcriptionProvider: Plain,
    speechModel: Plain,
  },
};

export const CONVERSATION_RELAY: Noun = {
  element: "ConversationRelay",
  attributes: {
    url: Plain,
    language: Plain,
    ttsLanguage: Plain,
    transcriptionLanguage: Plain,
    ttsProvider: Plain,
    voice: Plain,
    transcriptionProvider: Plain,
    speechModel: Plain,
    profanityFilter: Flag,
    dtmfDetection: Flag,
    welcomeGreeting: Plain,
    partialPrompts: Flag,
    welcomeGreetingInterruptible: Word("none", "dtmf", "speech", "any"),
    interruptible: Word("none", "dtmf", "speech", "any"),
    interruptSensitivity: Word("low", "medium", "high"),
    preemptible: Flag,
    hints: Plain,
    intelligenceService: Plain,
    debug: Plain,
    elevenlabsTextNormalization: Word("on", "auto", "off"),
    reportInputDuringAgentSpeech: Word("none", "dtmf", "speech", "any"),
    events: Plain,
    // Spelt in small letters by Twilio's own SDK.
    speechtimeout: Plain,
    ignorebackchannel: Plain,
    backgroundnoisereduction: Plain,
    deepgramsmartformat: Plain,
  },
  children: [LANGUAGE],
  pairs: ["parameter"],
};

export const CONVERSATION_RELAY_SESSION: Noun = {
  element: "ConversationRelaySession",
  attributes: { connector: Plain, sessionConfiguration: Plain },
};

export const AI_SESSION: Noun = {
  element: "AiSession",
  attributes: { aiConnector: Plain, aiSessionConfiguration: Plain },
};

export const VIRTUAL_AGENT: Noun = {
  element: "VirtualAgent",
  attributes: { connectorName: Plain, language: Plain, sentimentAnalysis: Flag, ...statusCallback() },
  pairs: ["config", "parameter"],
};

export const ROOM: Noun = {
  element: "Room",
  attributes: { participantIdentity: Plain },
  text: { key: "name", schema: Plain },
};

export const CONVERSATION: Noun = {
  element: "Conversation",
  attributes: {
    serviceInstanceSid: Plain,
    inboundAutocreation: Flag,
    routingAssignmentTimeout: Number(1),
    inboundTimeout: Number(1),
    url: Address,
    method: Method,
    record: Word(
      "do-not-record",
      "record-from-answer",
      "record-from-ringing",
      "record-from-answer-dual",
      "record-from-ringing-dual",
      "true",
      "false",
    ),
    trim: Word("trim-silence", "do-not-trim"),
    ...recordingCallback,
    ...statusCallback("call-initiated", "call-ringing", "call-answered", "call-completed"),
  },
};
