/** Mutants that no test can kill, because they change nothing that can be seen, each with its reason. */
import { readFileSync } from "node:fs";
import type { Mutant } from "./find.ts";

const PATH = "test/mutate/explained.json";

/** A mutant that is explained. Its line's number can change, its line's text cannot. */
interface Explained {
  file: string;
  code: string;
  mutant: string;
  why: string;
}

/** The reasons, by the mutant's name. */
export function explanations(): Map<string, string> {
  const list: Explained[] = JSON.parse(readFileSync(PATH, "utf8"));
  return new Map(list.map(({ file, code, mutant, why }) => [[file, code, mutant].join(" | "), why]));
}

/** A mutant's name: its file, its line, and what is changed there. */
export function nameOf({ file, code, original, mutated }: Mutant): string {
  return [file, code, `${original} → ${mutated}`].join(" | ");
}
