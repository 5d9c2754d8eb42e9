/** What Twilio reports on a text message. Source: Twilio, "Track outbound message status". */

/** A message that was sent. */
interface Sent {
  sid: string;
  accountSid: string;
  /** The parameters of Twilio's Messages resource. */
  form: Readonly<Record<string, string>>;
}

/** The parameters of a report. */
export function reportOf(
  { sid, accountSid, form: { From = "", To = "" } }: Sent,
  status: string,
  errorCode?: string,
): Record<string, string> {
  return {
    ...{ AccountSid: accountSid, ApiVersion: "2010-04-01", MessageSid: sid, SmsSid: sid },
    ...{ MessageStatus: status, SmsStatus: status, From, To },
    ...(errorCode !== undefined && { ErrorCode: errorCode }),
  };
}
