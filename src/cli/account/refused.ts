/** What went wrong at Twilio, in a sentence with Twilio's code and what to do. */
import { isMap } from "../../program/is-map.ts";
import { Problem } from "../problem.ts";

/** Twilio refused a request, or did not answer it. */
export class Refused extends Problem {
  /** The status of the answer; 0 if there was none. */
  readonly status: number;
  /** Twilio's error code; 0 if it gave none. */
  readonly code: number;
  /** Whether Twilio may have done what it was asked, because its answer is missing. */
  readonly isUnknown: boolean;
  constructor(message: string, { status, code }: { status: number; code: number }, isUnknown = false) {
    super(message);
    this.status = status;
    this.code = code;
    this.isUnknown = isUnknown;
  }
}

/** Advice by Twilio's error code. Source: Twilio's error dictionary. */
const ADVICE: Readonly<Record<number, string>> = {
  20003:
    "The credentials are wrong, or of another account or region. Check TWILIO_ACCOUNT_SID, and TWILIO_API_KEY with " +
    "TWILIO_API_SECRET. The TWILIO_AUTH_TOKEN that `npx ringflow start` writes to .dev.vars is random, and not the account's.",
  20005: "The account is not active. Look at its state in the Console.",
  20404: "Check the SID, and that TWILIO_ACCOUNT_SID is the account that has it.",
  20429: "Too many requests at once. Wait a minute, then try again.",
  21210:
    "Call from a number of the account, or verify this one: Console, Phone Numbers, Verified Caller IDs.",
  21211: "Write the receiver's number with a plus and its country code, such as +14155550100.",
  21212:
    "Send from a number of the account, with a plus and its country code. List them: npx ringflow numbers",
  21215: "Allow calls to this country: Console, Voice, Settings, Geo permissions.",
  21219: "A trial account calls verified numbers only: Console, Phone Numbers, Verified Caller IDs.",
  21220: "The call is over, or not answered yet. List the calls in progress: npx ringflow calls --live",
  21408: "Allow messages to this country: Console, Messaging, Settings, Geo permissions.",
  21606: "Send from a number of the account that can send messages. List them: npx ringflow numbers",
  21608: "A trial account writes to verified numbers only: Console, Phone Numbers, Verified Caller IDs.",
  21610: "The receiver has answered STOP. Only they can undo it, by writing START to the number.",
  21614: "The receiver's number cannot get text messages.",
  30034: "Register the number for A2P 10DLC: Console, Messaging, Regulatory Compliance.",
};

/** The advice for a code, and where Twilio explains it. */
export function advise(code: number): string {
  return `${ADVICE[code] ?? "What it means:"} https://www.twilio.com/docs/errors/${code}`;
}

/** What came instead of a success: an answer, or the reason why there is none. */
export type Failure = { status: number; body: unknown } | { why: string; isRead: boolean };

/** A failure on its way through Twilio's SDK. */
export class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super("Twilio's API did not answer with a success.");
    this.failure = failure;
  }
}

/**
 * Runs a request.
 * @param what what is tried, such as `Sending the message`
 * @throws Refused in place of Failed
 */
export async function trying<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof Failed) throw refused(what, error.failure);
    throw error;
  }
}

function refused(what: string, failure: Failure): Refused {
  if ("why" in failure) return unanswered(what, failure);
  const { status, body } = failure;
  const { code, message } = readError(body);
  if (code === 0)
    return new Refused(`${what} failed: Twilio answered ${status}. ${later(status)}`, { status, code });
  const words = message === "" ? "" : `: ${message.replace(/\.$/, "")}`;
  return new Refused(`${what} failed. Twilio ${code}${words}. ${advise(code)}`, { status, code });
}

function later(status: number): string {
  return status >= 500 || status === 429
    ? "Try again later; https://status.twilio.com says whether it has trouble."
    : "Check TWILIO_API_URL if it is set.";
}

function readError(body: unknown): { code: number; message: string } {
  const { code, message } = isMap(body) ? body : {};
  return { code: typeof code === "number" ? code : 0, message: typeof message === "string" ? message : "" };
}

// A read can be repeated; what a write did is unknown.
function unanswered(what: string, { why, isRead }: { why: string; isRead: boolean }): Refused {
  const then = isRead
    ? "Try again; https://status.twilio.com says whether it has trouble."
    : "It is not known whether Twilio did it, so nothing was repeated. Look before you try again.";
  return new Refused(`${what} failed: ${why}. ${then}`, { status: 0, code: 0 }, !isRead);
}
