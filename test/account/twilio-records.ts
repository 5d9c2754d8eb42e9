/** What the stand-in for Twilio has: numbers, calls, messages and recordings; and what a request does to them. */

/** A resource as Twilio sends it. */
export type Resource = Record<string, unknown> & { sid: string };

/** Everything that an account has, by SID, oldest first. */
export interface Records {
  accountSid: string;
  numbers: Map<string, Resource>;
  calls: Map<string, Resource>;
  messages: Map<string, Resource>;
  recordings: Map<string, Resource>;
  /** The recordings' files. */
  media: Map<string, Uint8Array>;
  /** Whether files can be had without credentials, as on old accounts. */
  openMedia: boolean;
  /** What Twilio says of a receiver or sender, by its number. */
  refused: Map<string, { code: number; message: string }>;
}

/** Empty records of an account. */
export function newRecords(accountSid: string): Records {
  return {
    accountSid,
    numbers: new Map(),
    calls: new Map(),
    messages: new Map(),
    recordings: new Map(),
    media: new Map(),
    openMedia: false,
    refused: new Map(),
  };
}

/** An error as Twilio answers it. */
export class Refusal {
  readonly status: number;
  readonly body: object;
  constructor(status: number, body: object) {
    this.status = status;
    this.body = body;
  }
}

/** Twilio's error body. */
export function refusal(status: number, code: number, message: string): Refusal {
  return new Refusal(status, {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
}

let counted = 0;

/** A SID that no other has. */
export function newSid(prefix: string): string {
  counted += 1;
  return prefix + counted.toString(16).padStart(32, "0");
}

const now = (): string => new Date().toUTCString().replace("GMT", "+0000");

/** Adds a number as one that was just bought: nothing is set. */
export function addNumber({ numbers, accountSid }: Records, phone: string, settings: object = {}): Resource {
  const sid = newSid("PN");
  const number = {
    sid,
    account_sid: accountSid,
    phone_number: phone,
    friendly_name: phone,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    status: "in-use",
    voice_url: "",
    voice_method: "POST",
    voice_fallback_url: "",
    voice_fallback_method: "POST",
    status_callback: "",
    status_callback_method: "POST",
    voice_application_sid: "",
    sms_url: "",
    sms_method: "POST",
    sms_fallback_url: "",
    sms_fallback_method: "POST",
    sms_application_sid: "",
    trunk_sid: null,
    date_created: now(),
    date_updated: now(),
    ...settings,
  };
  numbers.set(sid, number);
  return number;
}

/** Adds a call. */
export function addCall({ calls, accountSid }: Records, call: object): Resource {
  const sid = newSid("CA");
  const made = {
    sid,
    account_sid: accountSid,
    direction: "outbound-api",
    status: "queued",
    start_time: null,
    end_time: null,
    duration: null,
    date_created: now(),
    ...call,
  };
  calls.set(sid, made);
  return made;
}

/** Adds a message. */
export function addMessage({ messages, accountSid }: Records, message: object): Resource {
  const sid = newSid("SM");
  const made = {
    sid,
    account_sid: accountSid,
    direction: "outbound-api",
    status: "queued",
    num_segments: "1",
    error_code: null,
    error_message: null,
    date_created: now(),
    date_sent: null,
    ...message,
  };
  messages.set(sid, made);
  return made;
}

/** Adds a recording and its file. */
export function addRecording(records: Records, media: Uint8Array, recording: object = {}): Resource {
  const sid = newSid("RE");
  const made = {
    sid,
    account_sid: records.accountSid,
    call_sid: newSid("CA"),
    status: "completed",
    source: "RecordVerb",
    channels: 1,
    duration: "4",
    error_code: null,
    start_time: now(),
    date_created: now(),
    date_updated: now(),
    media_url: `https://api.twilio.com/2010-04-01/Accounts/${records.accountSid}/Recordings/${sid}`,
    ...recording,
  };
  records.recordings.set(sid, made);
  records.media.set(sid, media);
  return made;
}
