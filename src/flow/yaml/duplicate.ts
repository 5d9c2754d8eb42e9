/** Keys that stand twice in one map: YAML would keep the last and forget the others. */
import { type Diagnostic, MOST_FINDINGS, position } from "../language/diagnostic.ts";
import type { MapNode, Node, SourceFile } from "../language/node.ts";

/** A finding for each key that its map has before. Keys compare as written: `1` is `"1"` and is not `01`. */
export function repeatedKeys(file: SourceFile, root: Node): Diagnostic[] {
  const findings: Diagnostic[] = [];
  collect(file, root, findings);
  return findings;
}

function collect(file: SourceFile, node: Node, findings: Diagnostic[]): void {
  if (findings.length >= MOST_FINDINGS) return;
  if (node.type === "list") for (const item of node.items) collect(file, item, findings);
  if (node.type !== "map") return;
  collectFromMap(file, node, findings);
  for (const { value } of node.pairs) collect(file, value, findings);
}

function collectFromMap(file: SourceFile, { pairs }: MapNode, findings: Diagnostic[]): void {
  const first = new Map<string, number>();
  for (const { key } of pairs) {
    const before = first.get(key.text);
    if (before === undefined) first.set(key.text, key.span.start);
    else if (findings.length < MOST_FINDINGS) findings.push(duplicate(file, key.text, key.span, before));
  }
}

function duplicate(file: SourceFile, key: string, span: Diagnostic["span"], before: number): Diagnostic {
  const { line } = position(file.text, before);
  const message = `\`${key}\` is already a key of this map, in line ${line}; keep one of them`;
  return { code: "duplicate-key", severity: "error", file: file.path, span, message };
}
