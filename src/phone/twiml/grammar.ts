/**
 * The grammar of TwiML for voice: every verb with its attributes and children. If Twilio has its own code for a bad
 * value or nesting, the table names it.
 * Source: TwiML Voice; twilio's VoiceResponse; Twilio's error dictionary.
 */
import { backgroundSessions, connections } from "./media.ts";
import { callees, parameter, queue, recordingCallbacks } from "./nouns.ts";
import { flag, one, type Shape, shaped, some, text, url, whole } from "./shape.ts";
import { ssml } from "./ssml.ts";

const GET_POST = "GET POST";
const ENDLESS = 100_000;
const CARDS = "visa mastercard amex maestro discover optima jcb diners-club enroute";
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
const RING_TONES =
  "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za";
const RECORD_DIAL =
  "do-not-record record-from-answer record-from-ringing record-from-answer-dual record-from-ringing-dual true false";

/** `<Say>`. */
const say: Shape = {
  attributes: {
    voice: shaped(/^(man|woman|alice|(Polly|Google)\.\S+)$/, "man, woman, alice, Polly.… or Google.…", 13511),
    language: shaped(LANGUAGE, "a language such as en-US", 13512),
    loop: whole(0, ENDLESS, 13510),
  },
  children: ssml,
  text: true,
};
const play: Shape = {
  attributes: {
    loop: whole(0, ENDLESS, 13410),
    digits: shaped(/^[0-9A-D#*wW]+$/, "keys (0-9 A-D # * w W)", 13430),
  },
  text: true,
};
const pause: Shape = { attributes: { length: whole(1, ENDLESS, 13910) } };

const gather: Shape = {
  attributes: {
    action: url(),
    method: one(GET_POST, 13312),
    input: some("dtmf speech", 13326),
    timeout: shaped(/^([1-9]\d{0,5}|auto)$/, "a whole number above 0 or auto", 13313),
    numDigits: whole(1, ENDLESS, 13314),
    finishOnKey: shaped(/^[0-9*#]?$/, "one key (0-9 * #) or nothing", 13310),
    actionOnEmptyResult: flag(13338),
    speechTimeout: shaped(/^([1-9]\d{0,5}|auto)$/, "a whole number above 0 or auto", 13327),
    speechModel: shaped(/^[a-z0-9_-]+$/, "a speech model", 13334),
    language: shaped(/^(multi|[a-z]{2,3}(-[A-Za-z0-9]+)*)$/, "a language such as en-US", 13331),
    hints: text(50_500, 13330),
    profanityFilter: flag(13333),
    partialResultCallback: url(),
    partialResultCallbackMethod: one(GET_POST, 13329),
    enhanced: flag(),
    bargeIn: flag(13332),
    maxSpeechTime: whole(1, 60, 13328),
    debug: flag(13336),
  },
  children: { Say: say, Play: play, Pause: pause },
  nesting: 13320,
};

const record: Shape = {
  attributes: {
    action: url(),
    method: one(GET_POST, 13610),
    timeout: whole(0, ENDLESS, 13611),
    finishOnKey: shaped(/^[0-9*#]*$/, "keys (0-9 * #)", 13613),
    maxLength: whole(2, 86_400, 13612),
    playBeep: flag(13616),
    trim: one("trim-silence do-not-trim"),
    ...recordingCallbacks,
    transcribe: flag(13614),
    transcribeCallback: url(13257),
    recordingConfigurationId: text(),
  },
};

const dial: Shape = {
  attributes: {
    action: url(),
    method: one(GET_POST, 13210),
    timeout: whole(5, 600, 13212),
    timeLimit: whole(1, 86_400, 13216),
    callerId: shaped(/^[A-Za-z0-9+\-_.:@]+$/, "a number or a name", 13214),
    answerOnBridge: flag(13219),
    hangupOnStar: flag(13213),
    record: one(RECORD_DIAL, 13217),
    recordingTrack: one("inbound outbound both"),
    ...recordingCallbacks,
    recordingConfigurationId: text(),
    trim: one("trim-silence do-not-trim"),
    ringTone: one(RING_TONES, 13220),
    sequential: flag(13218),
    referUrl: url(),
    referMethod: one(GET_POST),
    callReason: text(50),
    events: one("call-progress-event"),
    passports: text(),
  },
  children: callees,
  text: true,
  nesting: 13215,
};

const enqueue: Shape = {
  attributes: {
    action: url(),
    method: one(GET_POST, 14201),
    waitUrl: url(),
    waitUrlMethod: one(GET_POST),
    workflowSid: text(),
    maxQueueSize: whole(1, 5000),
  },
  children: {
    Task: { attributes: { priority: whole(0, ENDLESS), timeout: whole(0, 10_000_000) }, text: true },
  },
  text: true,
};

const prompt: Shape = {
  attributes: {
    for: one(
      "payment-card-number expiration-date security-code postal-code payment-processing bank-account-number bank-routing-number",
    ),
    attempt: some("1 2 3"),
    cardType: some(CARDS),
    errorType: some(
      "timeout invalid-card-number invalid-card-type invalid-date invalid-security-code internal-error input-matching-failed",
    ),
    requireMatchingInputs: flag(),
  },
  children: { Say: say, Play: play, Pause: pause },
};
const pay: Shape = {
  attributes: {
    input: one("dtmf"),
    action: url(),
    statusCallback: url(),
    statusCallbackMethod: one(GET_POST),
    paymentMethod: one("credit-card ach-debit"),
    bankAccountType: one("consumer-checking consumer-savings commercial-checking commercial-savings"),
    timeout: whole(1, ENDLESS),
    maxAttempts: whole(1, 3),
    securityCode: flag(),
    postalCode: text(),
    minPostalCodeLength: whole(0, 20),
    paymentConnector: text(),
    tokenType: one("reusable one-time payment-method"),
    chargeAmount: shaped(/^\d+(\.\d+)?$/, "an amount such as 20.45"),
    currency: shaped(/^[A-Za-z]{3}$/, "a currency such as usd"),
    language: shaped(LANGUAGE, "a language such as en-US"),
    description: text(),
    validCardTypes: some(CARDS),
  },
  children: { Prompt: prompt, Parameter: parameter },
};

const then = { action: url(), method: one(GET_POST) };
const ending = { Parameter: parameter };
const sms = {
  to: text(),
  from: text(),
  ...then,
  statusCallback: url(),
};

/** The root of every document: its children are the verbs. */
export const response: Shape = {
  attributes: {},
  children: {
    Say: say,
    Play: play,
    Pause: pause,
    Gather: gather,
    Record: record,
    Dial: dial,
    Redirect: { attributes: { method: one(GET_POST, 13710) }, text: true },
    Hangup: { attributes: {}, children: ending },
    Reject: { attributes: { reason: one("rejected busy", 13810) }, children: ending },
    Leave: { attributes: {} },
    Echo: { attributes: {} },
    Sms: { attributes: sms, text: true },
    Enqueue: enqueue,
    Queue: queue,
    Pay: pay,
    Prompt: prompt,
    Connect: { attributes: then, children: connections },
    Start: { attributes: then, children: backgroundSessions },
    Stop: { attributes: {}, children: backgroundSessions },
    Refer: { attributes: then, children: { Sip: { attributes: {}, text: true } } },
  },
};
