/**
 * A step kind writes the elements of TwiML that its `twiml` lists, and what any step may write; its fixtures write each of
 * them.
 */
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
  ask: ["Message", "Body", "Media"],
};

/** A noun's elements. Those of SSML, which have small letters, hold each other: they are listed once. */
function elementsOf(noun: Noun): string[] {
  const { element, text, pairs = [], children = [] } = noun;
  const around = pairs.flatMap((one) => [one.element, one.around ?? []].flat());
  const below = children.flatMap((one) => (isSsml(one.element) ? one.element : elementsOf(one)));
  return [element, text?.element ?? [], around, below].flat();
}

function isSsml(element: string): boolean {
  return /^[a-z]/.test(element);
}

/** The elements in the texts of a value, at any depth. */
function writtenIn(value: unknown): string[] {
  if (typeof value === "string")
    return [...value.matchAll(/<([A-Za-z][\w-]*)/g)].map(([, name = ""]) => name);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(writtenIn);
}

/** The elements that the steps of a kind write, in its fixtures that build. */
function writtenBy(kind: string): string[] {
  const files = readdirSync(fixture(kind)).filter((file) => /^(?:ok|part)-.*\.yaml$/.test(file));
  const sources = files.map((file) => ({
    // A kind's name can have capitals, a flow's cannot.
    path: `flows/${file.replace(/^part-/, "").toLowerCase()}`,
    text: read(fixture(`${kind}/${file}`)),
  }));
  return build(sources).flows.flatMap(({ flow, program }) =>
    flow.steps.flatMap((step) =>
      step.kind.name === kind ? writtenIn(program.steps[step.name]?.blocks) : [],
    ),
  );
}

describe.each(kinds.map(({ name, twiml = [] }) => [name, twiml.flatMap(elementsOf)] as const))(
  "%s",
  (name, elements) => {
    const written = new Set(writtenBy(name));

    test("lists each element that it writes in its `twiml`", () => {
      const listed = [...elements, ...(ITS_OWN[name] ?? []), ...ANYWHERE];
      expect([...written].filter((element) => !isSsml(element) && !listed.includes(element))).toEqual([]);
    });

    test("has a fixture for each element that its `twiml` lists", () => {
      const missing = elements.filter((element) => !written.has(element));
      expect(missing, `write them in test/flow/fixtures/${name}/ok-*.yaml`).toEqual([]);
    });
  },
);

test("elements are found", () => {
  expect(writtenBy("gather")).toContain("Gather");
});
