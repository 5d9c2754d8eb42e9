/** The contract between the development entry and the command line: each sends the key with every request to the other. */
import { timingSafeEqual } from "node:crypto";

/** The JSON binding that holds a `PageServer`. It is not a text, so flows cannot read it. */
export const PAGE_SERVER = "RINGFLOW_PAGE";

/** The header that carries the key. */
export const KEY_HEADER = "Ringflow-Key";

/** The port on 127.0.0.1 where the command line serves the page, and the key that every request needs. */
export interface PageServer {
  port: number;
  key: string;
}

/** The account of calls without one: a SID in Twilio's form. */
export const NO_ACCOUNT = `AC${"0".repeat(32)}`;

/** Development's own Twilio, which the command line runs next to the page; for TWILIO_API_URL. */
export function localTwilio({ port }: PageServer): string {
  return `http://127.0.0.1:${port}`;
}

/** Where the development entry takes new Programs, by a PUT, while it runs. */
export const PROGRAMS_PATH = "/programs";

/** Whether a given key is the wanted one; how long it takes does not show how much of it is right. */
export function isSameKey(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
