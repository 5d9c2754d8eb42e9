/** The invariants: what must hold for every reply, log line and spoken text, whatever goes wrong around the Worker. */
import { messagingResponse } from "../../src/phone/twiml/messaging.ts";
import { readTwiml } from "../../src/phone/twiml/read.ts";
import type { Call } from "../../src/program/call.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { open, type Sealing } from "../../src/worker/ticket.ts";
import { INJECTED } from "./caller.ts";
import { SECRET, type ShippedFlow } from "./shipped.ts";

/** Twilio gives up after this time. */
const TWILIO_MS = 15_000;

/** A reply to an admitted webhook. */
export interface Reply {
  url: URL;
  status: number;
  type: string;
  body: string;
  /** Milliseconds of virtual time. */
  took: number;
}

/** What is wrong with a reply, in sentences. */
export function faultsOf(reply: Reply, { elements }: ShippedFlow): string[] {
  const { url, status, type, body, took } = reply;
  const at = `the reply to ${url.pathname}`;
  const faults: string[] = [];
  // A side road continues after Twilio has stopped waiting for the answer to its status callback.
  if (url.pathname.startsWith("/status/")) return status === 204 ? [] : [`${at} has status ${status}`];
  if (took > TWILIO_MS) faults.push(`${at} took ${took} ms`);
  if (status !== 200) return [...faults, `${at} has status ${status}`];
  if (!type.startsWith("text/xml")) faults.push(`${at} is ${type}`);
  const grammar = url.pathname.startsWith("/sms/") ? messagingResponse : undefined;
  for (const { element, message } of readTwiml(body, grammar).problems) {
    faults.push(`${at}: <${element}>: ${message}`);
  }
  if (body.includes(INJECTED)) faults.push(`${at} has an injected element`);
  if (body.includes(SECRET)) faults.push(`${at} has a secret: ${body}`);
  for (const [, name = ""] of body.matchAll(/<([A-Za-z][\w:-]*)/g)) {
    // A message that waits for another one is sent back.
    if (grammar && name === "Redirect") continue;
    if (!elements.has(name)) faults.push(`${at} has <${name}>, which its flow does not have`);
  }
  return faults;
}

/** The tickets of a document that do not open, or that open to another state than the turn ended with. */
export async function ticketFaults(
  sealing: Sealing,
  body: string,
  sid: string,
  state: Call | undefined,
): Promise<string[]> {
  const links = new Set([...body.matchAll(/(\/(?:voice|aside)\/[^"?<]+)\?t=([\w-]+)/g)].map(([all]) => all));
  const faults = [...links].map(async (link) => {
    const [path = "", ticket = ""] = link.split("?t=");
    const opened = await open(sealing, path, ticket, sid);
    if (!opened) return `the ticket for ${path} does not open`;
    if (!state || memoryOf(opened) === memoryOf(state)) return [];
    return `the ticket for ${path} has ${memoryOf(opened)}, not ${memoryOf(state)}`;
  });
  return (await Promise.all(faults)).flat();
}

/** Everything of a state but the revision, which the path has. */
function memoryOf({ rev: _, ...state }: Call): string {
  return JSON.stringify(state, (_key, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Whether a log line, or a spoken text, has a secret or one of the sensitive inputs. */
export function leaksOf(what: string, text: string, sensitive: Iterable<string>): string[] {
  const leaks = text.includes(SECRET) ? [`${what} has a secret: ${text}`] : [];
  const digits = text.replace(/(?<=\d)[ ,.]+(?=\d)/g, "");
  for (const input of sensitive) {
    if (digits.includes(input)) leaks.push(`${what} has the sensitive input ${input}: ${text}`);
  }
  return leaks;
}

/** The part of a log line that could show what a caller entered. */
export function loggedText({
  call: _,
  version: _version,
  versionMissing: _missing,
  ms: _ms,
  ...line
}: LogLine): string {
  return JSON.stringify(line);
}
