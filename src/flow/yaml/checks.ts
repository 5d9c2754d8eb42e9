/** Every check of a file's values, in one pass over them. */
import { MOST_FINDINGS } from "../language/diagnostic.ts";
import type { SourceFile } from "../language/node.ts";
import { badEscapes } from "./character.ts";
import { commasInTexts, splitKeys, splitSentences } from "./comma.ts";
import { commentedKeys, cutByComment } from "./comment.ts";
import { repeatedKeys } from "./duplicate.ts";
import type { Place } from "./places.ts";
import type { SourceDiagnostic } from "./source-findings.ts";
import { misreadText, missingSpaces, swallowedItem } from "./trap.ts";

/** What is wrong at one value. */
type Check = (file: SourceFile, place: Place) => readonly SourceDiagnostic[];

const CHECKS: readonly Check[] = [repeatedKeys, badEscapes];
/** Checks of values that YAML reads as the author meant them. */
const CHECKS_AS_READ: readonly Check[] = [
  cutByComment,
  swallowedItem,
  commasInTexts,
  splitKeys,
  missingSpaces,
  splitSentences,
];

/** A finding for every text that YAML changes, for repeated keys, and for escapes of bad characters. */
export function checkValues(file: SourceFile, places: readonly Place[]): SourceDiagnostic[] {
  const findings = commentedKeys(file, places);
  const add = (more: readonly SourceDiagnostic[]): void => {
    for (const one of more) if (findings.length < MOST_FINDINGS) findings.push(one);
  };
  // Up to this index, values are part of a text that YAML takes for a map.
  let misreadTo = 0;
  for (const [index, place] of places.entries()) {
    if (findings.length >= MOST_FINDINGS) break;
    for (const check of CHECKS) add(check(file, place));
    if (index < misreadTo) continue;
    const misread = misreadText(file, place);
    if (misread) {
      findings.push(misread);
      misreadTo = place.end;
    } else for (const check of CHECKS_AS_READ) add(check(file, place));
  }
  return findings;
}
