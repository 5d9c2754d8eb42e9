/** A turn's document, with its continuation URLs filled in and the call's state sealed into them. */
import type { Piece } from "../engine/run.ts";
import type { Call } from "../program/program.ts";
import { type Address, pathOf, splitUrl } from "./address.ts";
import { seal } from "./ticket.ts";

/** Characters of a whole URL: the only length that Twilio documents is 4,000, and proxies take less. */
const MOST_URL = 2000;

/** Gives a path with the state sealed into it, however long that makes it. */
export type Sealer = (path: string) => string;

/** A document, ready to send. */
export interface Linked {
  twiml: string;
  /** `too-large` where a URL had to do without its ticket; undefined where nothing is linked. */
  ticket?: "sealed" | "too-large";
}

/** Seals one state, once for each path. */
export function sealerOf(tokens: readonly string[], call: Call): Sealer {
  const urls = new Map<string, string>();
  return (path) => {
    // A ticket is base64url: nothing in it needs encoding, neither in a URL nor in XML.
    const url = urls.get(path) ?? `${path}?t=${seal(tokens, path, call)}`;
    urls.set(path, url);
    return url;
  };
}

/** Takes a path with its ticket apart. */
export function splitTicket(url: string): [path: string, ticket: string] {
  const [path = "", ticket = ""] = url.split("?t=");
  return [path, ticket];
}

/**
 * Fills in a document's URLs. They are relative to the host, so that they keep the scheme and name Twilio used.
 * @param next the place that resumes; a link has its own block and road
 * @param base what Twilio calls this Worker: its path, if any, stands before every URL
 */
export function linkUp(pieces: readonly Piece[], next: Address, base: string, sealed: Sealer): Linked {
  const prefix = splitUrl(base)[1];
  const linked: Linked = { twiml: "" };
  for (const piece of pieces) {
    if (typeof piece === "string") {
      linked.twiml += piece;
      continue;
    }
    // What an aside links to runs beside the call as well, whatever its step was written for.
    const road = next.road === "aside" ? "aside" : piece.road;
    const url = sealed(pathOf({ ...next, road, block: piece.link }));
    const fits = base.length + url.length <= MOST_URL;
    linked.twiml += prefix + (fits ? url : splitTicket(url)[0]);
    linked.ticket = fits && linked.ticket !== "too-large" ? "sealed" : "too-large";
  }
  return linked;
}
