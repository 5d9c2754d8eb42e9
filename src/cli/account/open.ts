/** Opens the account: Twilio's SDK, which is loaded here alone, as plain data and functions. */
import type { CallInstance } from "twilio/lib/rest/api/v2010/account/call.js";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { RecordingInstance } from "twilio/lib/rest/api/v2010/account/recording.js";
import type { Account, AccountCall, AccountMessage, AccountNumber, AccountRecording } from "./account.ts";
import { accountCredentials, type Credentials } from "./credentials.ts";
import { fetchMedia } from "./media.ts";
import { PATIENCE, type Patience } from "./patience.ts";
import { permissionsOf } from "./permissions.ts";
import { trying } from "./refused.ts";
import { studioOf } from "./studio.ts";

/**
 * Opens the account that the environment or `.dev.vars` names.
 * @throws Problem if its credentials are missing
 */
export async function openAccount(patience: Patience = PATIENCE): Promise<Account> {
  const credentials = await accountCredentials();
  const twilio = await sdk(credentials, patience);
  return {
    sid: credentials.accountSid,
    isLocal: credentials.apiUrl?.startsWith("http:") ?? false,
    numbers: (phoneNumber) =>
      trying("Listing the numbers", async () => {
        const filter = { pageSize: 1000, ...(phoneNumber !== undefined && { phoneNumber }) };
        return (await twilio.incomingPhoneNumbers.list(filter)).map(numberOf);
      }),
    setNumber: (sid, settings) =>
      trying("Setting the number", async () =>
        numberOf(await twilio.incomingPhoneNumbers(sid).update(settings)),
      ),
    calls: (statuses, limit) =>
      trying("Listing the calls", async () => {
        const filters = statuses.length === 0 ? [{}] : statuses.map((status) => ({ status }));
        const found = await Promise.all(filters.map((filter) => twilio.calls.list({ ...filter, limit })));
        return found.flat().map(callOf);
      }),
    call: (sid) => trying(`Looking up ${sid}`, async () => callOf(await twilio.calls(sid).fetch())),
    endCall: (sid) =>
      trying(`Ending ${sid}`, async () => callOf(await twilio.calls(sid).update({ status: "completed" }))),
    sendMessage: (message) =>
      trying("Sending the message", async () => messageOf(await twilio.messages.create(message))),
    messages: (filter, limit) =>
      trying("Listing the messages", async () =>
        (await twilio.messages.list({ ...filter, limit })).map(messageOf),
      ),
    recordings: ({ since, ...filter }, limit) =>
      trying("Listing the recordings", async () => {
        const options = { ...filter, limit, ...(since && { dateCreatedAfter: since }) };
        return (await twilio.recordings.list(options)).map(recordingOf);
      }),
    recording: (sid) =>
      trying(`Looking up ${sid}`, async () => recordingOf(await twilio.recordings(sid).fetch())),
    deleteRecording: (sid) =>
      trying(`Deleting ${sid}`, async () => void (await twilio.recordings(sid).remove())),
    media: (sid, ending, open = false) =>
      trying(`Fetching ${sid}`, () => fetchMedia(credentials, patience, `${sid}.${ending}`, open)),
    permissions: permissionsOf(twilio),
    studio: studioOf(twilio),
  };
}

/** Twilio's client. It takes 200 ms to load, so only a command that needs it does. */
async function sdk(
  { accountSid, user, password, apiUrl = "", region = "" }: Credentials,
  patience: Patience,
) {
  const [{ default: Twilio }, { PatientClient }] = await Promise.all([
    import("twilio/lib/rest/Twilio.js"),
    import("./patient-client.ts"),
  ]);
  return new Twilio(user, password, {
    accountSid,
    // A base URL says it all.
    region: apiUrl === "" ? region : "",
    logLevel: "error",
    httpClient: new PatientClient(apiUrl, patience),
  });
}

function numberOf(one: IncomingPhoneNumberInstance): AccountNumber {
  return {
    sid: one.sid,
    phoneNumber: one.phoneNumber,
    friendlyName: one.friendlyName ?? "",
    voiceUrl: one.voiceUrl ?? "",
    voiceMethod: one.voiceMethod ?? "",
    voiceFallbackUrl: one.voiceFallbackUrl ?? "",
    voiceFallbackMethod: one.voiceFallbackMethod ?? "",
    statusCallback: one.statusCallback ?? "",
    statusCallbackMethod: one.statusCallbackMethod ?? "",
    smsUrl: one.smsUrl ?? "",
    smsMethod: one.smsMethod ?? "",
    voiceApplicationSid: one.voiceApplicationSid ?? "",
    smsApplicationSid: one.smsApplicationSid ?? "",
    trunkSid: one.trunkSid ?? "",
    canSend: one.capabilities?.sms ?? false,
  };
}

function callOf({ sid, from, to, status, direction, startTime }: CallInstance): AccountCall {
  const start = dateOf(startTime);
  return { sid, from, to, status, direction, ...(start && { start }) };
}

function messageOf(one: MessageInstance): AccountMessage {
  const { sid, from, to, body, status, errorCode } = one;
  const created = dateOf(one.dateCreated);
  return { sid, from: from ?? "", to, body, status, errorCode: errorCode ?? 0, ...(created && { created }) };
}

function recordingOf(one: RecordingInstance): AccountRecording {
  const { sid, callSid, status, source, duration } = one;
  const created = dateOf(one.dateCreated);
  const seconds = Number(duration ?? 0);
  return { sid, callSid: callSid ?? "", status, source, seconds, ...(created && { created }) };
}

// The SDK hands on what it cannot read as a date, and null before there is one.
function dateOf(value: unknown): Date | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined;
}
