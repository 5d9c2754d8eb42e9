/** Requests to the Worker as Twilio makes them. */
import { createHmac, randomBytes } from "node:crypto";
import { signedText, signedUrl } from "../../../phone/leg/signature.ts";
import { shown } from "../reach.ts";

/** Whom to ask, and as which account. */
export interface AskedWorker {
  /** Without a slash at its end. */
  url: string;
  /** What webhooks are signed with; empty if it is not known here. */
  token: string;
  accountSid: string;
  /** Milliseconds for an answer. */
  patience: number;
}

/** The first webhook of a call from a number that nobody has. */
export async function sendWebhook(
  { url, token, accountSid, patience }: AskedWorker,
  flow: string,
): Promise<Answer | string> {
  const params = {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: `CA${randomBytes(16).toString("hex")}`,
    CallStatus: "ringing",
    Direction: "inbound",
    From: "+14155550111",
    To: "+14155550100",
  };
  const to = `${url}/voice/${flow}`;
  const signature = createHmac("sha1", token)
    .update(signedText(signedUrl(to), params))
    .digest("base64");
  return asked(to, {
    method: "POST",
    headers: {
      "X-Twilio-Signature": signature,
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    },
    body: new URLSearchParams(params).toString(),
    signal: AbortSignal.timeout(patience),
  });
}

/** An answer that came to its end. */
export interface Answer {
  status: number;
  text: string;
}

/** The answer, or why there is none. */
export async function asked(url: string, init: RequestInit): Promise<Answer | string> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual" });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return isLate ? "no answer in time" : `no connection to ${shown(new URL(url).host)}, or it broke off`;
  }
}
