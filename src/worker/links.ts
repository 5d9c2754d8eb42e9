/** Continuation URLs: what one names, and a turn's document with its URLs filled in and the call's state sealed into them. */
import { documentOf } from "../engine/document.ts";
import type { Event } from "../engine/event.ts";
import type { Piece } from "../engine/state.ts";
import type { Call, Place } from "../program/call.ts";
import type { Link, Road } from "../program/op.ts";
import { type Sealing, seal } from "./ticket.ts";

/** The longest URL, in characters: Twilio documents a limit of 4,000, and some proxies accept less. */
export const MOST_URL = 2000;

/** What a continuation URL names: a place in a version of a flow, and a revision of the call's state. */
export interface Continuation extends Place {
  road: Road;
  flow: string;
  hash: string;
  /** The revision of the state when the URL was written; 0 before the first turn. */
  rev: number;
}

/** A continuation URL. */
interface Continued {
  /** Undefined if the revision is not a positive integer. */
  at: Continuation | undefined;
  ticket: string | undefined;
}

const CONTINUATION =
  /^\w+:\/\/[^/]+\/(voice|aside)\/([^/?]+)\/([^/?]+)\/([^/?]+)\/([^/?]+)\/([^/?]+)\/?(?:\?(?:.*?&)??t=([^&]*).*|\?.*)?$/;
const REVISION = /^[1-9]\d{0,8}$/;

/** Reads a continuation URL; undefined if it is another one. */
export function readContinuation(url: string): Continued | undefined {
  const parts = CONTINUATION.exec(url);
  if (!parts) return undefined;
  const [, name, flow = "", hash = "", step = "", block = "", rev = "", ticket] = parts;
  const road: Road = name === "aside" ? "aside" : "voice";
  const at = REVISION.test(rev) ? { road, flow, hash, step, block, rev: Number(rev) } : undefined;
  return { at, ticket };
}

/** A continuation as a path. Names of flows, steps and blocks are plain words, so nothing needs encoding. */
export function pathOf({ road, flow, hash, step, block, rev }: Continuation): string {
  return `/${road}/${flow}/${hash}/${step}/${block}/${rev}`;
}

/** The flow, the version and the step in a path from `pathOf`, or in one with a ticket. */
export function placeIn(url: string): Pick<Continuation, "flow" | "hash" | "step"> {
  const [, , flow = "", hash = "", step = ""] = url.split("/");
  return { flow, hash, step };
}

/** Splits a URL after its host without changing a character: a signature covers them as they came. */
export function splitUrl(url: string): [origin: string, path: string] {
  const slash = url.indexOf("/", url.indexOf("://") + 3);
  return slash < 0 ? [url, ""] : [url.slice(0, slash), url.slice(slash)];
}

/** This Worker's URL as Twilio knows it, without a slash at the end. */
export function baseOf({ publicUrl }: { publicUrl?: string | undefined }, { url }: Request): string {
  return publicUrl ?? splitUrl(url)[0];
}

/** Returns a path with the state sealed into it, however long that makes it. */
export type Sealer = (path: string) => Promise<string>;

/** A document, ready to send. */
export interface Linked {
  twiml: string;
  /** `too-large` if a URL had no room for its ticket; undefined if the document has no links. */
  ticket?: "sealed" | "too-large" | undefined;
}

/** Seals one state, once for each path. */
export function sealerOf(sealing: Sealing, call: Call): Sealer {
  const urls = new Map<string, string>();
  return async (path) => {
    // A ticket is base64url: it needs no encoding in a URL or in XML.
    const url = urls.get(path) ?? `${path}?t=${await seal(sealing, path, call)}`;
    urls.set(path, url);
    return url;
  };
}

// A query that has more than the ticket.
const ADDED = /[?&](?!t=)/;

/** An event with the parameters that another application has added to a continuation URL; the webhook's own come first. */
export function withAdded(event: Event, url: string): Event {
  if (!ADDED.test(url)) return event;
  const { t: _, ...added } = Object.fromEntries(new URL(url).searchParams);
  return { ...event, params: { ...added, ...event.params } };
}

/**
 * Fills in a document's URLs. They are relative to the host, so they keep the scheme and host name that Twilio used.
 * @param next the place that resumes; a link has its own block and road
 * @param base this Worker's URL as Twilio knows it: its path, if any, is the prefix of every URL
 */
export async function linkUp(
  pieces: readonly Piece[],
  next: Continuation,
  base: string,
  seal: Sealer,
): Promise<Linked> {
  const [host, prefix] = splitUrl(base);
  const links = new Map<Link, { path: string; url: string }>();
  for (const piece of pieces) {
    if (typeof piece === "string") continue;
    // The links of an aside are asides as well, whatever their step was written for.
    const road = next.road === "aside" ? "aside" : piece.road;
    const path = pathOf({ ...next, road, block: piece.link });
    links.set(piece, { path, url: await seal(path) });
  }
  let ticket: Linked["ticket"];
  const twiml = documentOf(pieces, (link) => {
    const { path = "", url = "" } = links.get(link) ?? {};
    const fits = base.length + url.length <= MOST_URL;
    ticket = fits && ticket !== "too-large" ? "sealed" : "too-large";
    if (link.parameter === undefined) return prefix + (fits ? url : path);
    // The other application adds its parameters to a query.
    return host + prefix + (fits ? url : `${path}?t=`);
  });
  return { twiml, ticket };
}
