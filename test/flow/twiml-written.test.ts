/** A step kind writes the elements of TwiML that its `twiml` lists, and what any step may write. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import type { Noun } from "../../src/flow/twiml/noun.ts";
import { fixture, read } from "./support.ts";

/** Prompts, and what exits become. */
const ANYWHERE = ["Say", "Play", "Pause", "Hangup", "Redirect"];
/** What a kind writes that no author's key stands for. */
const ITS_OWN: Readonly<Record<string, readonly string[]>> = {
  // `accept` asks the callee for a key.
  dial: ["Gather"],
  // TwiML for text messages is no TwiML for voice.
  sms: ["Message", "Body", "Media"],
};

function elementsOf(noun: Noun): string[] {
  const { element, text, pairs = [], children = [] } = noun;
  const around = pairs.flatMap((one) => [one.element, one.around ?? []].flat());
  // Markup within a text, whose elements hold each other, is the prompt's.
  const below = children.filter((one) => /^[A-Z]/.test(one.element));
  return [element, text?.element ?? [], around, below.flatMap(elementsOf)].flat();
}

/** The elements in the texts of a value, at any depth. SSML's have small letters and belong to prompts. */
function writtenIn(value: unknown): string[] {
  if (typeof value === "string") return [...value.matchAll(/<([A-Z]\w*)/g)].map(([, name = ""]) => name);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(writtenIn);
}

/** The elements that the steps of a kind write, in its fixtures that build. */
function writtenBy(kind: string): string[] {
  const files = readdirSync(fixture(kind)).filter((file) => /^(?:ok|part)-.*\.yaml$/.test(file));
  const sources = files.map((file) => ({
    path: `flows/${file.replace(/^part-/, "")}`,
    text: read(fixture(`${kind}/${file}`)),
  }));
  return build(sources).flows.flatMap(({ flow, program }) =>
    flow.steps.flatMap((step) =>
      step.kind.name === kind ? writtenIn(program.steps[step.name]?.blocks) : [],
    ),
  );
}

describe("the elements that a kind writes are in its `twiml`", () => {
  test.each(kinds.map(({ name, twiml = [] }) => [name, twiml] as const))("%s", (name, twiml) => {
    const listed = [...twiml.flatMap(elementsOf), ...(ITS_OWN[name] ?? []), ...ANYWHERE];
    expect([...new Set(writtenBy(name))].filter((element) => !listed.includes(element))).toEqual([]);
  });

  test("and some are found", () => {
    expect(writtenBy("gather")).toContain("Gather");
  });
});
