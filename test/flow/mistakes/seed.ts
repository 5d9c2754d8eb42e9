/** Good flows, and what the checker says of them once a mistake is put into one. */
import { readdirSync } from "node:fs";
import { advise } from "../../../src/flow/advise.ts";
import { build } from "../../../src/flow/build.ts";
import { position } from "../../../src/flow/language/diagnostic.ts";
import { audioOf } from "../../../src/flow/language/example-audio.ts";
import type { SourceFile } from "../../../src/flow/language/node.ts";
import { type AdviceCode, isAdviceCode } from "../../../src/flow/model/advice.ts";
import { flowName } from "../../../src/flow/shape/validate.ts";
import { read } from "../support.ts";
import { edited } from "./edit.ts";
import { MISTAKES } from "./mistakes.ts";

/** A flow with a mistake in it. */
export interface Seeded {
  code: AdviceCode;
  file: SourceFile;
  /** The lines at which it can be found. */
  lines: number[];
}

/** The recordings that the flows play. */
export const AUDIO = audioOf({ "audio/hold.mp3": {} });

const FOLDERS = ["flows", "src/cli/templates", "test/flow/good-menus"];

/** The shipped flows, the templates, and the good menus. */
export function goodFlows(): SourceFile[] {
  return FOLDERS.flatMap((folder) => {
    const root = new URL(`../../../${folder}/`, import.meta.url);
    const names = readdirSync(root).filter((name) => /(?<!\.test)\.yaml$/.test(name));
    return names.map((name) => ({ path: `flows/${name}`, text: read(new URL(name, root)) }));
  });
}

/** Every mistake that can be put into these flows, and that leaves them without an error. */
export function seededIn(files: readonly SourceFile[]): Seeded[] {
  const { flows } = build(files, AUDIO);
  return flows.flatMap((checked) =>
    Object.entries(MISTAKES).flatMap(([code, seeds]) =>
      seeds(checked).flatMap((edits): Seeded[] => {
        const { text, lines } = edited(checked.flow.text, edits);
        return isAdviceCode(code) ? [{ code, file: { path: checked.flow.file, text }, lines }] : [];
      }),
    ),
  );
}

/** A flow, and of other files those that it may run: to build all of them takes fifty times as long. */
export function withParts(file: SourceFile, files: readonly SourceFile[]): SourceFile[] {
  const needed = [file];
  for (const { text } of needed) {
    if (!/\brun:/.test(text)) continue;
    const isNew = ({ path }: SourceFile): boolean => needed.every((one) => one.path !== path);
    needed.push(...files.filter((one) => isNew(one) && new RegExp(`\\b${flowName(one.path)}\\b`).test(text)));
  }
  return needed;
}

/** Whether advice finds a mistake at its line; undefined if the flow does not build with it. */
export function isFound({ code, file, lines }: Seeded, files: readonly SourceFile[]): boolean | undefined {
  const built = build(withParts(file, files), AUDIO);
  const own = built.flows.filter(({ flow }) => flow.file === file.path);
  if (own.length === 0) return undefined;
  return advise(own).some(
    (found) => found.code === code && lines.includes(position(file.text, found.span.start).line),
  );
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Some of a list, at random. */
export function sampled<T>(all: readonly T[], most: number, random: () => number): T[] {
  return all
    .map((one) => ({ one, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}
