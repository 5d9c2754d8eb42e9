/** Calls and messages as Twilio's REST API writes them, and lists of them. */
import { rfc2822 } from "../../phone/leg/callbacks.ts";
import type { Placed } from "./placed-calls.ts";

/** A text message that nobody gets. */
export interface SentMessage {
  sid: string;
  accountSid: string;
  /** The parameters of Twilio's Messages resource. */
  form: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  created: number;
}

/** What lists are filtered by, and everything else. */
interface Resource {
  [field: string]: unknown;
  status: string;
  from: string | null;
  to: string;
}

const VERSION = "2010-04-01";

/** A Call resource. */
export function callResource({ sid, accountSid, form, ...placed }: Placed): Resource {
  const { status, created, answered, ended } = placed;
  const { To = "", From = "" } = form;
  const seconds = ended === undefined ? undefined : Math.round((ended - (answered ?? ended)) / 1000);
  return {
    ...UNKNOWN,
    sid,
    account_sid: accountSid,
    api_version: VERSION,
    direction: "outbound-api",
    status,
    from: From,
    from_formatted: From,
    to: To,
    to_formatted: To,
    date_created: rfc2822(created),
    date_updated: rfc2822(ended ?? answered ?? created),
    start_time: answered === undefined ? null : rfc2822(answered),
    end_time: ended === undefined ? null : rfc2822(ended),
    duration: seconds === undefined ? null : `${seconds}`,
    queue_time: "0",
    uri: `/${VERSION}/Accounts/${accountSid}/Calls/${sid}.json`,
  };
}

/** What a call here has not got. */
const UNKNOWN = {
  answered_by: null,
  annotation: null,
  caller_name: null,
  forwarded_from: null,
  group_sid: null,
  parent_call_sid: null,
  phone_number_sid: null,
  price: null,
  price_unit: "USD",
  trunk_sid: null,
  subresource_uris: {},
};

/** A Message resource. */
export function messageResource({ sid, accountSid, form, created }: SentMessage): Resource {
  const { To = "", From = "", Body = "", MessagingServiceSid = "" } = form;
  return {
    sid,
    account_sid: accountSid,
    api_version: VERSION,
    direction: "outbound-api",
    status: MessagingServiceSid === "" ? "queued" : "accepted",
    from: From || null,
    messaging_service_sid: MessagingServiceSid || null,
    to: To,
    body: Body,
    num_media: form.MediaUrl === undefined ? "0" : "1",
    num_segments: "1",
    date_created: rfc2822(created),
    date_updated: rfc2822(created),
    date_sent: null,
    error_code: null,
    error_message: null,
    price: null,
    price_unit: "USD",
    subresource_uris: {},
    uri: `/${VERSION}/Accounts/${accountSid}/Messages/${sid}.json`,
  };
}

/** A page of a list, filtered by numbers and status. */
export function listOf(
  name: "calls" | "messages" | "incoming_phone_numbers" | "recordings",
  path: string,
  parameters: Readonly<Record<string, string>>,
  all: readonly Resource[],
): object {
  const { To, From, Status, PageSize = "50", Page = "0" } = parameters;
  const [size, page] = [Number(PageSize) || 50, Number(Page) || 0];
  const fitting = all.filter(
    ({ to, from, status }) => (To ?? to) === to && (From ?? from) === from && (Status ?? status) === status,
  );
  const start = page * size;
  const shown = fitting.slice(start, start + size);
  const uri = (to: number): string =>
    `${path}?${new URLSearchParams({ ...parameters, PageSize: `${size}`, Page: `${to}` })}`;
  return {
    [name]: shown,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: start + size < fitting.length ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
}
