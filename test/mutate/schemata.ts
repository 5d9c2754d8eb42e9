/** A source with all of its mutants in it, each behind a switch: `(mutation.on(17) ? mutated : original)`. */

import type { Edit } from "./edit.ts";
import type { Host, Mutant, Read } from "./find.ts";

/** A mutant with the number that switches it on. */
export interface Numbered extends Mutant {
  id: number;
}

/** A piece of the source that is written anew. */
interface Piece {
  start: number;
  end: number;
  write(original: string): string;
}

/** The source in which each of its mutants can be switched on. */
export function schemata(source: string, mutants: readonly Numbered[]): string {
  const hosts = Map.groupBy(mutants, ({ host }) => `${host.kind} ${host.start} ${host.end}`);
  const pieces = [...hosts.values()].flatMap((group) => piecesOf(source, group));
  pieces.sort((a, b) => a.start - b.start || b.end - a.end);
  const constants = mutants.filter(({ host }) => host.kind === "constant" && host.reads);
  const values = constants.map((mutant) => `[${mutant.id}, () => (${mutatedText(source, mutant)})]`);
  const registered = values.length === 0 ? "" : `\nmutation.values([${values.join(",\n")}]);\n`;
  return written(source, 0, source.length, pieces) + registered;
}

function piecesOf(source: string, group: readonly Numbered[]): Piece[] {
  const host = group[0]?.host;
  const ids = group.map(({ id }) => id);
  if (!host) return [];
  if (host.kind === "constant" && host.reads) return host.reads.map((read) => readPiece(read, ids));
  const choices = group.map((mutant) => ({ id: mutant.id, text: mutatedText(source, mutant) }));
  const { start, end } = host;
  if (host.kind === "statement") {
    const ifs = choices.map(({ id, text }) => `if (mutation.on(${id})) { ${text} } else `).join("");
    return [{ start, end, write: (original) => `{ ${ifs}{ ${original} } }` }];
  }
  const questions = choices.map(({ id, text }) => `mutation.on(${id}) ? (${text}) : `).join("");
  return [{ start, end, write: (original) => `(${questions}(${original}))` }];
}

function readPiece({ start, end, name, isShorthand }: Read, ids: readonly number[]): Piece {
  const value = `(mutation.among(${Math.min(...ids)}, ${Math.max(...ids)}) ? mutation.value() : ${name})`;
  return { start, end, write: () => (isShorthand ? `${name}: ${value}` : value) };
}

function mutatedText(source: string, { edit, host }: { edit: Edit; host: Host }): string {
  return source.slice(host.start, edit.start) + edit.text + source.slice(edit.end, host.end);
}

/** The source from `start` to `end` with the outermost pieces in it written anew, and so inwards. */
function written(source: string, start: number, end: number, pieces: readonly Piece[]): string {
  let text = "";
  let at = start;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (!piece || piece.start < at || piece.end > end) continue;
    const inside = pieces.slice(index + 1).filter((one) => one.start >= piece.start && one.end <= piece.end);
    text += source.slice(at, piece.start) + piece.write(written(source, piece.start, piece.end, inside));
    at = piece.end;
  }
  return text + source.slice(at, end);
}
