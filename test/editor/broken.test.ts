/** Files as they are while somebody types: cut off, with a bracket too many, with a quote that is not closed. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { complete } from "../../src/editor/complete/complete.ts";
import type { Names } from "../../src/editor/complete/names.ts";
import type { FileKind } from "../../src/editor/files.ts";
import { languageAt } from "../../src/editor/navigate/hover.ts";
import { occurrencesIn } from "../../src/editor/navigate/occurrences.ts";
import { outlineOf } from "../../src/editor/navigate/symbols.ts";
import { keysBelow } from "../../src/editor/place/scan.ts";
import { readFile } from "../../src/editor/project/read.ts";
import { NO_CONFIG } from "../../src/flow/config/config.ts";
import { runs } from "../runs.ts";

const FILES: readonly [path: string, kind: FileKind][] = [
  ["flows/front-desk.yaml", "flow"],
  ["flows/after-hours.yaml", "flow"],
  ["flows/front-desk.test.yaml", "test"],
];
const NAMES: Names = {
  steps: new Map([["menu", "gather"]]),
  wanted: [],
  destinations: new Map(),
  hours: new Map(),
  variables: new Map(),
  flows: new Map(),
  functions: [],
  languages: ["en-US"],
  recordings: [],
  calendars: [],
};

const slip = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  typed: fc.constantFrom("", "{", "[", "}", "]", '"', "'", ":", "- ", "#", "\n", "  ", "|", "&a ", "*", "{{"),
  removed: fc.integer({ min: 0, max: 8 }),
});
const broken = fc.record({
  file: fc.constantFrom(...FILES),
  slips: fc.array(slip, { maxLength: 4 }),
  cursor: fc.double({ min: 0, max: 1, noNaN: true }),
  isCutOff: fc.boolean(),
});

test("completion, hover and names of a broken file never fail", () => {
  fc.assert(
    fc.property(broken, ({ file: [path, kind], slips, cursor, isCutOff }) => {
      let text = readFileSync(path, "utf8");
      for (const { at, typed, removed } of slips) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + typed + text.slice(from + removed);
      }
      const offset = Math.floor(cursor * text.length);
      if (isCutOff) text = text.slice(0, offset);
      const document = TextDocument.create("file:///flows/a.yaml", "yaml", 1, text);
      for (const { textEdit } of complete(document, offset, { kind, kinds: NO_CONFIG.kinds }, NAMES)) {
        const range = textEdit && "range" in textEdit ? textEdit.range : undefined;
        expect(range?.start.line).toBe(range?.end.line);
      }
      const read = readFile({ path, text }, kind, NO_CONFIG);
      for (const { span, name } of occurrencesIn(read)) expect(text.slice(span.start, span.end)).toBe(name);
      languageAt(read, offset, NO_CONFIG);
      outlineOf(read, NO_CONFIG.kinds);
    }),
    { numRuns: runs(150) },
  );
});

test.each([
  ["a block", "steps:\n  a:\n    say: Hi.\n  # b:\n  'c': { hangup: Bye. }\n", ["a", "c"]],
  ["braces", "steps: { a: { say: Hi. }, b: { hangup: Bye. } }\n", ["a", "b"]],
  ["a broken line", 'steps:\n  a:\n    say: "Hi\n  b:\n    next: [\n  c\n', ["a", "b"]],
  ["another section", "hours:\n  x:\n    open:\n", []],
])("names are found in %s", (_where, text, names) => {
  expect(keysBelow(text, "steps")).toEqual(names);
});
