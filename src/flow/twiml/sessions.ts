/** Whom a call is connected to: TwiML's nouns in Connect. Names of attributes are Twilio's own, in its spelling. */

import { Text } from "../language/text-schema.ts";
import {
  flag,
  method,
  recordingCallback,
  statusCallback,
  statusCallbackFor,
  text,
  texts,
  trim,
  url,
  Websocket,
  whole,
  word,
  words,
} from "./attributes.ts";
import { STREAM } from "./besides.ts";
import { CONFIGS, type Noun, PARAMETERS, SHORT_PARAMETERS } from "./noun.ts";

const INTERRUPTS = ["none", "dtmf", "speech", "any", "true", "false"] as const;

const LANGUAGE: Noun = {
  element: "Language",
  example: "connect: { conversationRelay: { url: wss://example.com/agent, language: [{ code: en-US, … }] } }",
  attributes: {
    code: Text,
    ttsProvider: text,
    voice: text,
    transcriptionProvider: text,
    speechModel: text,
  },
};

/** TwiML ConversationRelay: a WebSocket gets what the caller says as text. */
export const CONVERSATION_RELAY: Noun = {
  element: "ConversationRelay",
  example: "connect: { conversationRelay: { url: wss://example.com/agent, … } }",
  attributes: {
    url: Websocket,
    welcomeGreeting: text,
    welcomeGreetingInterruptible: word(INTERRUPTS),
    language: text,
    ttsLanguage: text,
    ttsProvider: text,
    voice: text,
    transcriptionLanguage: text,
    transcriptionProvider: text,
    speechModel: text,
    interruptible: word(INTERRUPTS),
    interruptSensitivity: word(["low", "medium", "high"]),
    dtmfDetection: flag(),
    reportInputDuringAgentSpeech: word(INTERRUPTS),
    preemptible: flag(),
    hints: texts,
    debug: words(["debugging", "speaker-events", "tokens-played"]),
    elevenlabsTextNormalization: word(["on", "auto", "off"]),
    intelligenceService: text,
    profanityFilter: flag(),
    partialPrompts: flag(),
    events: text,
    speechtimeout: text,
    ignorebackchannel: text,
    backgroundnoisereduction: text,
    deepgramsmartformat: text,
  },
  needs: ["url"],
  children: [LANGUAGE],
  pairs: [SHORT_PARAMETERS],
};

/** TwiML ConversationRelaySession. */
export const CONVERSATION_RELAY_SESSION: Noun = {
  element: "ConversationRelaySession",
  example: "connect: { conversationRelaySession: { … } }",
  attributes: { connector: text, sessionConfiguration: text },
};

/** TwiML AiSession. */
export const AI_SESSION: Noun = {
  element: "AiSession",
  example: "connect: { aiSession: { … } }",
  attributes: { aiConnector: text, aiSessionConfiguration: text },
};

const VIRTUAL_AGENT: Noun = {
  element: "VirtualAgent",
  example: "connect: { virtualAgent: { connectorName: Agent, … } }",
  attributes: { connectorName: Text, language: text, sentimentAnalysis: flag(), ...statusCallback },
  needs: ["connectorName"],
  pairs: [CONFIGS, PARAMETERS],
};

/** TwiML Room: a video room. */
export const ROOM: Noun = {
  element: "Room",
  example: "connect: { room: { name: standup, … } }",
  attributes: { participantIdentity: text },
  text: { key: "name", schema: Text },
  needs: ["name"],
};

/** TwiML Conversation. */
export const CONVERSATION: Noun = {
  element: "Conversation",
  example: "connect: { conversation: { … } }",
  attributes: {
    serviceInstanceSid: text,
    inboundAutocreation: flag(),
    routingAssignmentTimeout: whole(0, 86_400),
    inboundTimeout: whole(0, 86_400),
    url,
    method: method(),
    record: word([
      "do-not-record",
      "record-from-answer",
      "record-from-ringing",
      "record-from-answer-dual",
      "record-from-ringing-dual",
      "true",
      "false",
    ]),
    trim,
    ...recordingCallback,
    ...statusCallbackFor(["call-initiated", "call-ringing", "call-answered", "call-completed"]),
  },
};

/** What Connect can hand a call to. */
export const SESSIONS: readonly Noun[] = [
  { ...STREAM, example: "connect: { stream: { url: wss://example.com/audio, … } }" },
  CONVERSATION_RELAY,
  CONVERSATION_RELAY_SESSION,
  VIRTUAL_AGENT,
  ROOM,
  CONVERSATION,
  AI_SESSION,
];
