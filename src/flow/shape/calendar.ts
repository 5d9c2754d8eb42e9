/** A calendar file in YAML → its setting, for the hours that name it. */
import type { Diagnostic } from "../language/diagnostic.ts";
import type { MapNode, SourceFile } from "../language/node.ts";
import { vocabularyOf } from "../language/vocabulary.ts";
import { CalendarSetting } from "../model/settings.ts";
import { readSource } from "../yaml/source.ts";
import type { SourceCode } from "../yaml/source-findings.ts";
import { checkShape, type Shaped } from "./shape.ts";
import type { ShapeCode } from "./shape-findings.ts";

/** A calendar file that has been read. */
interface CalendarSource {
  setting?: CalendarSetting;
  root?: MapNode;
  diagnostics: Diagnostic<SourceCode | ShapeCode>[];
}

const vocabulary = vocabularyOf([CalendarSetting]);

/** Reads and validates a calendar file. */
export function readCalendar(file: SourceFile): CalendarSource {
  const { root, diagnostics } = readSource(file, vocabulary);
  if (!root) return { diagnostics };
  const shaped = checkShape(CalendarSetting, root, { file: file.path, what: "the calendar" });
  return {
    ...(isCalendar(shaped) && { setting: shaped.value }),
    ...(root.type === "map" && { root }),
    diagnostics: [...diagnostics, ...shaped.diagnostics],
  };
}

function isCalendar(shaped: Shaped): shaped is Shaped & { value: CalendarSetting } {
  return shaped.diagnostics.length === 0;
}
