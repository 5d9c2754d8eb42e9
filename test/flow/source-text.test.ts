/** No text is changed in silence: written without quotes it is read as it stands, or there is a finding. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowVocabulary } from "../../src/flow/shape/vocabulary.ts";
import { applyFixes } from "../../src/flow/yaml/fix.ts";
import { type Node, readSource } from "../../src/flow/yaml/source.ts";
import { runs } from "../runs.ts";

/** The ways to write a text, and where it is then found. */
const PLACES = {
  "behind a key": { write: (text: string) => `say: ${text}\nnext: a\n`, path: ["say"] },
  "as an item": { write: (text: string) => `noMatch:\n  - ${text}\n  - b\n`, path: ["noMatch", "0"] },
  "in braces": { write: (text: string) => `a: { say: ${text}, next: b }\n`, path: ["a", "say"] },
};

function at(node: Node | undefined, [step, ...rest]: readonly string[]): Node | undefined {
  if (step === undefined || node === undefined) return node;
  if (node.type === "list") return at(node.items[Number(step)], rest);
  return node.type === "map" ? at(node.pairs.find(({ key }) => key.text === step)?.value, rest) : undefined;
}

/** What is read of a text at a place, and of the fixed file. */
function outcome(place: keyof typeof PLACES, text: string) {
  const { write, path } = PLACES[place];
  const file = write(text);
  const { root, diagnostics } = readSource({ path: "flow.yaml", text: file }, flowVocabulary);
  const fixed = applyFixes(file, diagnostics);
  const again = readSource({ path: "flow.yaml", text: fixed }, flowVocabulary);
  return { read: at(root, path), diagnostics, again: at(again.root, path), left: again.diagnostics };
}

function expectNoSilentChange(place: keyof typeof PLACES, text: string): void {
  const { read, diagnostics, again, left } = outcome(place, text);
  if (diagnostics.length === 0) expect(read).toMatchObject({ text });
  if (diagnostics.some(({ fix }) => fix) && left.length === 0) expect(again).toMatchObject({ text });
  if (diagnostics.length > 0 && read) expect(read).toMatchObject({ text });
}

/**
 * Texts that are something else by any reading: in quotes, in brackets, behind a comma, an item, a block text, a tag
 * of YAML's own, a comment with its two spaces or behind a sentence.
 */
const OTHERWISE = /^["'|>,]|^[[{](?!\{)|^-(?: |$)|^!!|(?: {2}|[.?!)\]}"'])\s*#/;

describe("texts made of words and signs", () => {
  const signs = [
    "#",
    "# ",
    ": ",
    ":",
    ", ",
    "*",
    "&",
    "!",
    "%",
    "@",
    "`",
    "? ",
    "'",
    "{{ x }}",
    "{{ a ? b : c }}",
    ".",
  ];
  const words = ["Hello", "press", "one", "7", "the key"];
  const texts = fc
    .array(fc.constantFrom(...signs, ...words, " "), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join("").trim())
    .filter((text) => text !== "" && !OTHERWISE.test(text));

  it.each(["behind a key", "in braces"] as const)("%s", (place) => {
    // Between braces, a comma in a text that is broken anyway may be the end of it.
    const inPlace = place === "in braces" ? texts.filter((text) => !text.includes(",")) : texts;
    fc.assert(
      fc.property(inPlace, (text) => expectNoSilentChange(place, text)),
      { numRuns: runs(2000) },
    );
  });

  it("with commas, in braces, there is a finding at least", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { read, diagnostics } = outcome("in braces", text);
        // Behind a comma, `the key: ` is a key: an unknown one, which the schema refuses.
        if (diagnostics.length === 0 && !/,.*:/.test(text)) expect(read).toMatchObject({ text });
      }),
      { numRuns: runs(1000) },
    );
  });
});

const corpus = new URL("../../../shared/corpus/studio/", import.meta.url);

/** Every text on one line in the definitions of real menus. */
function realTexts(): string[] {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.add(value.trim());
    else if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) collect(inner);
  };
  const files = readdirSync(corpus).filter((name) => name.endsWith(".json"));
  for (const name of files) collect(JSON.parse(readFileSync(new URL(name, corpus), "utf8")));
  return [...texts].filter((text) => text !== "" && !text.includes("\n") && !OTHERWISE.test(text));
}

describe.skipIf(!existsSync(corpus))("texts of real menus", () => {
  it.each(Object.keys(PLACES) as (keyof typeof PLACES)[])("%s", (place) => {
    const texts = realTexts();
    expect(texts.length).toBeGreaterThan(300);
    for (const text of texts) expectNoSilentChange(place, text);
  });
});
