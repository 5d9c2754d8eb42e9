/** What is printed and recorded of a hunt. */
import { explanations, nameOf } from "./explained.ts";
import type { Hunted } from "./hunt.ts";
import type { Numbered } from "./schemata.ts";

/** The figures of a hunt. */
export interface Counts {
  mutants: number;
  chosen: number;
  killed: number;
  /** Those that change nothing that a test could see, with the reason in explained.json. */
  explained: number;
  alive: number;
}

/** The figures, and what lives. */
export function summary(
  chosen: readonly Numbered[],
  all: readonly Numbered[],
  { killed, unreached }: Hunted,
): { text: string; counts: Counts } {
  const why = explanations();
  const living = chosen.filter(({ id }) => !killed.has(id));
  const explained = living.filter((mutant) => why.has(nameOf(mutant)));
  const alive = living.filter((mutant) => !why.has(nameOf(mutant)));
  const names = new Set(all.map(nameOf));
  const gone = [...why.keys()].filter((name) => !names.has(name));
  const dead = chosen.filter((mutant) => killed.has(mutant.id) && why.has(nameOf(mutant)));
  const lines = alive.map((mutant) => {
    const { file, line, original, mutated } = mutant;
    const note = unreached.has(mutant.id) ? "  (no test reaches it)" : "";
    return `${file}:${line}  ${oneLine(original)}  →  ${oneLine(mutated)}${note}`;
  });
  for (const name of gone) lines.push(`explained.json explains a mutant that is gone: ${name}`);
  for (const mutant of dead) lines.push(`explained.json explains a mutant that is killed: ${nameOf(mutant)}`);
  const part = chosen.length === 0 ? 1 : killed.size / chosen.length;
  lines.push(
    `${killed.size} of ${chosen.length} mutants killed (${(part * 100).toFixed(1)} %), ${explained.length} explained, ${alive.length} alive.`,
  );
  return {
    text: lines.join("\n"),
    counts: {
      mutants: all.length,
      chosen: chosen.length,
      killed: killed.size,
      explained: explained.length,
      alive: alive.length,
    },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 90);
}
