/** Applies the fixes of findings, and finds the way back from the fixed text to the one the author wrote. */
import type { Diagnostic, Fix } from "../language/diagnostic.ts";

/** The text with every fix applied; of two that overlap, the one that starts first. For `check --fix`. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): string {
  return replaceAll(text, compatible(diagnostics.flatMap(({ fix }) => fix ?? [])));
}

/** Fixes that can be applied together, in order; of two that overlap, the one that starts first. */
export function compatible(fixes: readonly Fix[]): Fix[] {
  const kept: Fix[] = [];
  let end = -1;
  for (const fix of inOrder(fixes)) {
    if (fix.span.start < end) continue;
    kept.push(fix);
    // Two insertions at one place would be the same one twice.
    end = Math.max(fix.span.end, fix.span.start + 1);
  }
  return kept;
}

function inOrder(fixes: readonly Fix[]): Fix[] {
  return [...fixes].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** The text with compatible fixes applied. */
export function replaceAll(text: string, fixes: readonly Fix[]): string {
  let end = 0;
  let fixed = "";
  for (const fix of fixes) {
    fixed += text.slice(end, fix.span.start) + fix.text;
    end = fix.span.end;
  }
  return fixed + text.slice(end);
}

/**
 * From offsets in the fixed text back to offsets in the original: the start of a replacement leads to the start of
 * what it replaced, its end to the end, and what is between to what is nearest.
 */
export function wayBack(fixes: readonly Fix[]): (offset: number) => number {
  if (fixes.length === 0) return (offset) => offset;
  const starts: number[] = [];
  let grown = 0;
  for (const { span, text } of fixes) {
    starts.push(span.start + grown);
    grown += text.length - (span.end - span.start);
  }
  return (offset) => {
    const index = lastAtOrBefore(starts, offset);
    const fix = fixes[index];
    const into = offset - (starts[index] ?? 0);
    if (!fix) return offset;
    if (into >= fix.text.length) return fix.span.end + into - fix.text.length;
    return Math.min(fix.span.start + into, fix.span.end);
  };
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = -1;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
