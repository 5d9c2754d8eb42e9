/** What a continuation URL names: a place in a version of a flow, and a revision of the call's state. */
import type { Place, Road } from "../program/program.ts";

/** A place in a call, as a continuation URL has it. */
export interface Address extends Place {
  road: Road;
  flow: string;
  hash: string;
  /** The revision that the state had when the URL was written; 0 before the first turn. */
  rev: number;
}

/** The parts of a continuation URL's path, as the router finds them. */
export type PathParts = Record<"flow" | "hash" | "step" | "block" | "rev", string>;

const REVISION = /^[1-9]\d{0,8}$/;

/** Reads a continuation URL's path; undefined where the revision is not a whole number from 1 up. */
export function readAddress(road: Road, { flow, hash, step, block, rev }: PathParts): Address | undefined {
  return REVISION.test(rev) ? { road, flow, hash, step, block, rev: Number(rev) } : undefined;
}

/** An address as a path. Names of flows, steps and blocks are plain words, so that nothing needs encoding. */
export function pathOf({ road, flow, hash, step, block, rev }: Address): string {
  return `/${road}/${flow}/${hash}/${step}/${block}/${rev}`;
}

/** The version and the step in a path that `pathOf` gave. */
export function placeIn(path: string): Pick<Address, "hash" | "step"> {
  const [, , , hash = "", step = ""] = path.split("/");
  return { hash, step };
}

/** Splits a URL behind its host, characters untouched: a signature covers them as they came. */
export function splitUrl(url: string): [origin: string, path: string] {
  const slash = url.indexOf("/", url.indexOf("://") + 3);
  return slash < 0 ? [url, ""] : [url.slice(0, slash), url.slice(slash)];
}
