/** What each operation of the stand-in does, once its request fits the contract. */
import { addCall, addMessage, type Records, type Refusal, type Resource, refusal } from "./twilio-records.ts";

type Values = Readonly<Record<string, unknown>>;
type Answering = (records: Records, values: Values) => object | Refusal;

/** The answer to an operation of the contract, by its id. */
export function answerTo(records: Records, id: string, values: Values): object | Refusal {
  const answering = OPERATIONS[id];
  if (!answering) throw new Error(`The stand-in does not know ${id}.`);
  return answering(records, values);
}

const OPERATIONS: Readonly<Record<string, Answering>> = {
  ListIncomingPhoneNumber: ({ numbers }, values) =>
    listed("incoming_phone_numbers", numbers, values, { PhoneNumber: "phone_number" }),
  FetchIncomingPhoneNumber: ({ numbers }, values) => found(numbers, values),
  UpdateIncomingPhoneNumber: ({ numbers }, values) => changed(numbers, values),
  ListCall: ({ calls }, values) =>
    listed("calls", calls, values, { To: "to", From: "from", Status: "status" }, "StartTime", "start_time"),
  CreateCall: (records, values) => createCall(records, values),
  FetchCall: ({ calls }, values) => found(calls, values),
  UpdateCall: (records, values) => updateCall(records, values),
  DeleteCall: ({ calls }, values) => removed(calls, values),
  ListMessage: ({ messages }, values) =>
    listed("messages", messages, values, { To: "to", From: "from" }, "DateSent", "date_created"),
  CreateMessage: (records, values) => createMessage(records, values),
  ListRecording: ({ recordings }, values) =>
    listed("recordings", recordings, values, { CallSid: "call_sid" }, "DateCreated", "date_created"),
  FetchRecording: ({ recordings }, values) => found(recordings, values),
  DeleteRecording: ({ recordings }, values) => removed(recordings, values),
};

const missing = (): Refusal => refusal(404, 20404, "The requested resource was not found");

function found(all: ReadonlyMap<string, Resource>, { Sid }: Values): Resource | Refusal {
  return all.get(String(Sid)) ?? missing();
}

function removed(all: Map<string, Resource>, { Sid }: Values): object | Refusal {
  return all.delete(String(Sid)) ? {} : missing();
}

function changed(all: ReadonlyMap<string, Resource>, { Sid, AccountSid: _, ...values }: Values) {
  const resource = all.get(String(Sid));
  if (!resource) return missing();
  return Object.assign(resource, fields(values));
}

/** `VoiceUrl` becomes `voice_url`. */
function fields(values: Values): object {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase(), value]),
  );
}

/** A page: the newest first, filtered by equality and by a date's bounds. */
function listed(
  name: string,
  all: ReadonlyMap<string, Resource>,
  values: Values,
  equal: Readonly<Record<string, string>>,
  dateName = "",
  dateField = "",
): object {
  const page = Number(values.Page ?? 0);
  const size = Number(values.PageSize ?? 50);
  const passes = (resource: Resource): boolean =>
    Object.entries(equal).every(
      ([key, field]) => !(key in values) || fits(key, resource[field], values[key]),
    ) && inTime(resource[dateField], values, dateName);
  const matching = [...all.values()].reverse().filter(passes);
  const start = page * size;
  const query = Object.entries(values).flatMap(([key, value]) =>
    ["AccountSid", "Page", "PageSize"].includes(key) ? [] : [[key, String(value)]],
  );
  const uri = (to: number): string =>
    `${pathOf(String(values.AccountSid), name)}?${new URLSearchParams([...query, ["PageSize", `${size}`], ["Page", `${to}`]])}`;
  return {
    [name]: matching.slice(start, start + size),
    page,
    page_size: size,
    start,
    end: Math.max(start, Math.min(start + size, matching.length) - 1),
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: start + size < matching.length ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
}

// Twilio's filter takes a part of a number.
function fits(key: string, value: unknown, wanted: unknown): boolean {
  return key === "PhoneNumber" ? String(value).includes(String(wanted)) : value === wanted;
}

const PATHS: Readonly<Record<string, string>> = {
  incoming_phone_numbers: "IncomingPhoneNumbers",
  calls: "Calls",
  messages: "Messages",
  recordings: "Recordings",
};
const pathOf = (account: string, name: string): string =>
  `/2010-04-01/Accounts/${account}/${PATHS[name]}.json`;

/** By whole days if the bound has no time, as Twilio compares. */
function inTime(value: unknown, values: Values, name: string): boolean {
  const [on, before, after] = [values[name], values[`${name}<`], values[`${name}>`]].map((bound) =>
    bound === undefined ? undefined : String(bound),
  );
  if (on === undefined && before === undefined && after === undefined) return true;
  if (typeof value !== "string") return false;
  const time = new Date(value).toISOString();
  const at = (bound: string): string => time.slice(0, bound.length - (bound.endsWith("Z") ? 1 : 0));
  const cut = (bound: string): string => bound.replace(/Z$/, "");
  return (
    (on === undefined || at(on) === cut(on)) &&
    (before === undefined || at(before) <= cut(before)) &&
    (after === undefined || at(after) >= cut(after))
  );
}

function refusedOf(records: Records, { To, From }: Values): Refusal | undefined {
  if (!/^(\+[1-9]\d{6,14}|(sip|client|whatsapp):.+)$/.test(String(To)))
    return refusal(400, 21211, `The 'To' number ${To} is not a valid phone number.`);
  const said = records.refused.get(String(To)) ?? records.refused.get(String(From));
  return said && refusal(400, said.code, said.message);
}

function createCall(records: Records, values: Values): object | Refusal {
  const { To, From, Url, Twiml, ApplicationSid } = values;
  const refused = refusedOf(records, values);
  if (refused) return refused;
  if ([Url, Twiml, ApplicationSid].every((one) => one === undefined))
    return refusal(400, 21205, "Url parameter is required.");
  return addCall(records, { to: To, from: From, start_time: new Date().toUTCString() });
}

function updateCall({ calls }: Records, { Sid, Status }: Values): object | Refusal {
  const call = calls.get(String(Sid));
  if (!call) return missing();
  const isOver = !["queued", "ringing", "in-progress"].includes(String(call.status));
  if (isOver) return refusal(400, 21220, "Call is not in-progress. Cannot redirect.");
  if (Status === undefined) return call;
  return Object.assign(call, { status: Status });
}

function createMessage(records: Records, values: Values): object | Refusal {
  const { To, From, MessagingServiceSid, Body, MediaUrl } = values;
  const refused = refusedOf(records, values);
  if (refused) return refused;
  if (From === undefined && MessagingServiceSid === undefined)
    return refusal(400, 21603, "A 'From' phone number is required.");
  if (Body === undefined && MediaUrl === undefined) return refusal(400, 21602, "Message body is required.");
  return addMessage(records, { to: To, from: From ?? null, body: Body ?? "" });
}
