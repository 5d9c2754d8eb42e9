/** Repeated keys of a map: YAML would keep the last and drop the others. */
import { position } from "../language/diagnostic.ts";
import type { SourceFile, Span } from "../language/node.ts";
import { type Place, pairsOf } from "./places.ts";
import type { SourceDiagnostic } from "./source-findings.ts";

/** A finding for each key that its map has before. Keys compare as written: `1` is `"1"` and is not `01`. */
export function repeatedKeys(file: SourceFile, place: Place): SourceDiagnostic[] {
  const first = new Map<string, number>();
  return pairsOf(place).flatMap(({ key }) => {
    const before = first.get(key.text);
    if (before !== undefined) return [duplicate(file, key.text, key.span, before)];
    first.set(key.text, key.span.start);
    return [];
  });
}

function duplicate(file: SourceFile, key: string, span: Span, before: number): SourceDiagnostic {
  const { line } = position(file.text, before);
  const message = `\`${key}\` is already a key of this map, in line ${line}; keep one of them`;
  return { code: "duplicate-key", severity: "error", file: file.path, span, message };
}
