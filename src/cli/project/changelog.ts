/** Ringflow's own changelog, in the words of Keep a Changelog. */
import { readFile } from "node:fs/promises";
import { ownPath } from "../installation.ts";

/** Where it is. */
export const CHANGELOG = ownPath("CHANGELOG.md", "CHANGELOG.md");

/** A version, or what comes after the latest one. */
export interface Release {
  /** Such as `0.2.0`, or `Unreleased`. */
  version: string;
  /** The points under each heading, such as `Changed`, in their order. */
  parts: { heading: string; points: string[] }[];
}

/** Reads all releases, the newest first. */
export async function readReleases(): Promise<Release[]> {
  return releasesIn(await readFile(CHANGELOG, "utf8"));
}

/** The releases in a text. */
export function releasesIn(text: string): Release[] {
  const [, ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const [version = ""] = section.split(/\s/, 1);
    const [, ...parts] = section.split(/^### /m);
    return { version, parts: parts.map(partOf) };
  });
}

function partOf(text: string): Release["parts"][number] {
  const [heading = "", ...lines] = text.split("\n");
  const points = lines.join("\n").split(/^- /m).slice(1);
  return { heading: heading.trim(), points: points.map((point) => point.trim()) };
}

/** The releases after a version, the newest first; undefined if the version is not among them. */
export function releasesAfter(version: string, releases: readonly Release[]): Release[] | undefined {
  const index = releases.findIndex((release) => release.version === version);
  return index < 0 ? undefined : releases.slice(0, index);
}
