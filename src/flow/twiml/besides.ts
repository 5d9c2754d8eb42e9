/**
 * Background sessions: TwiML's nouns in Start, and in Stop, which ends them by their names. A Stream can also be in
 * Connect.
 */
import { Text } from "../language/text-schema.ts";
import { Type } from "../language/type.ts";
import {
  flag,
  method,
  recordingCallback,
  statusCallback,
  text,
  texts,
  trim,
  url,
  Websocket,
  word,
} from "./attributes.ts";
import { CONFIGS, type Noun, PARAMETERS, SHORT_PARAMETERS } from "./noun.ts";

const track = word(["inbound_track", "outbound_track", "both_tracks"]);

/** TwiML Stream: the call's audio, sent to a WebSocket. */
export const STREAM: Noun = {
  element: "Stream",
  example: "start: { stream: { url: wss://example.com/audio, … } }",
  attributes: {
    url: Type.Optional(Websocket),
    name: text,
    connectorName: text,
    track,
    audioFormat: text,
    sampleRate: text,
    ...statusCallback,
  },
  needs: ["url", "connectorName"],
  pairs: [SHORT_PARAMETERS],
};

/** TwiML Siprec: the call's audio, sent to a recorder. */
export const SIPREC: Noun = {
  element: "Siprec",
  example: "start: { siprec: { connectorName: Recorder, … } }",
  attributes: { name: text, connectorName: Text, track, ...statusCallback },
  needs: ["connectorName"],
  pairs: [PARAMETERS],
};

const TRANSCRIPTION: Noun = {
  element: "Transcription",
  example: "start: { transcription: { … } }",
  attributes: {
    name: text,
    track,
    statusCallbackUrl: url,
    statusCallbackMethod: method(),
    inboundTrackLabel: text,
    outboundTrackLabel: text,
    partialResults: flag(),
    languageCode: text,
    transcriptionEngine: word(["google", "deepgram"]),
    profanityFilter: flag(),
    speechModel: text,
    hints: texts,
    enableAutomaticPunctuation: flag(),
    intelligenceService: text,
    // Twilio documents these three; its SDK does not type them yet.
    enableProviderData: flag(),
    conversationConfiguration: text,
    conversationId: text,
  },
  pairs: [CONFIGS, PARAMETERS],
};

/** TwiML Recording: the whole call. */
export const RECORDING: Noun = {
  element: "Recording",
  example: "start: { recording: { … } }",
  attributes: {
    name: text,
    ...recordingCallback,
    recordingConfigurationId: text,
    trim,
    track: word(["inbound", "outbound", "both"]),
    channels: word(["mono", "dual"]),
  },
};

/** What Start can begin. */
export const BESIDES = [STREAM, SIPREC, TRANSCRIPTION, RECORDING] as const;

/** What Stop can end; it knows sessions only by name. */
export const ENDED: readonly Noun[] = BESIDES.map(({ element }) => ({
  element,
  example: `stop: { ${element.toLowerCase()}: { name: main } }`,
  attributes: { name: Text },
}));
