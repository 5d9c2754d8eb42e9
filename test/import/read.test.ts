/** What is read as a definition, and what is said about the rest. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importStudio } from "../../src/import/studio/import.ts";
import { readDefinition, readText } from "../../src/import/studio/read/read.ts";
import { runs } from "../runs.ts";
import { definition, split, widget } from "./support.ts";

const JSON_TEXT = definition(
  widget("hello", "say-play", { say: 'It\'s {open}: "yes"' }, { audioComplete: undefined }),
);

const problemOf = (text: string): string => {
  const read = readText(text);
  return "problem" in read ? read.problem : "none";
};

describe("a definition", () => {
  test.each([
    ["JSON", JSON_TEXT],
    ["JSON inside `definition`", `{ "friendly_name": "Line", "definition": ${JSON_TEXT} }`],
    ["JSON as a text inside `definition`", JSON.stringify({ definition: JSON_TEXT })],
    ["a JavaScript module", `// The flow\nmodule.exports = ${JSON_TEXT};\n`],
    ["a function that returns it", `export default (sid) => { return ${JSON_TEXT}; };`],
    [
      "HCL with a heredoc",
      `resource "twilio_studio_flows_v2" "a" {\n  definition = <<EOF\n${JSON_TEXT}\nEOF\n}`,
    ],
    [
      "HCL with jsonencode",
      `resource "x" "a" {\n  definition = jsonencode(${JSON_TEXT.replaceAll('":', '" =')})\n}`,
    ],
    ["a page with it in a code block", `# Setup\n\n\`\`\`json\n${JSON_TEXT}\n\`\`\``],
  ])("in %s", (_, text) => {
    expect(readText(text)).toMatchObject({
      definition: { initial: "Trigger", widgets: [{ name: "Trigger" }, { name: "hello" }] },
    });
  });

  test("in JavaScript without quotes around keys, with comments and commas at the end", () => {
    const text = `module.exports = { description: 'A', states: [ { name: 'Trigger', type: 'trigger', // first
      properties: {}, transitions: [], }, ], initial_state: 'Trigger', };`;
    expect(readText(text)).toMatchObject({ definition: { description: "A", initial: "Trigger" } });
  });
});

describe("a problem", () => {
  test.each([
    ["", "There is no JSON"],
    ["flow: a\nsteps: {}", "There is no JSON"],
    ["{}", "not the definition of a Studio flow"],
    ['{"states": {}}', "`states` is not a list"],
    ['{"states": [1]}', "widget 1 is not an object"],
    ['{"states": [{"type": "trigger"}]}', "widget 1 has no name"],
    ['{"states": [{"name": "a"}]}', 'widget 1 ("a") has no type'],
    ['{"states": [{"name": "a", "type": "say-play"}]}', "no trigger"],
    ['{"states": [{"name": "a", "type": "trigger"}], "initial_state": "b"}', "not a trigger"],
    [
      '{"states": [{"name": "a", "type": "trigger"}, {"name": "a", "type": "x"}]}',
      'Two widgets are called "a"',
    ],
  ])("%s", (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});

/** Definitions with something broken anywhere in them. */
const whole: unknown = JSON.parse(
  definition(
    widget(
      "ask",
      "gather-input-on-call",
      { say: "Press 1. {{ flow.variables.a | size }}", number_of_digits: 1 },
      { keypress: "how", timeout: "ask" },
    ),
    split("how", "{{widgets.ask.Digits}}", [["equal_to", "1", "ring"]], "count"),
    widget(
      "count",
      "set-variables",
      { variables: [{ key: "a", value: "{% if flow.variables.a %}1{% endif %}" }] },
      { next: "look" },
    ),
    widget(
      "look",
      "run-function",
      { url: "https://a.twil.io/b", parameters: [{ key: "k", value: "{{widgets.ask.Digits}}" }] },
      { success: "ring", fail: "look" },
    ),
    widget(
      "ring",
      "connect-call-to",
      { noun: "number", to: "{{widgets.look.parsed.to}}" },
      { callCompleted: "flex" },
    ),
    widget("flex", "send-to-flex", { workflow: "WW", attributes: '{"a": "{{trigger.call.From}}"}' }, {}),
  ),
);
const junk = fc.oneof(
  fc.constant(null),
  fc.constant(""),
  fc.integer(),
  fc.boolean(),
  fc.constant([]),
  fc.constant({}),
  fc.constant("{{ a | b: "),
  fc.constant("{% if %}"),
  fc.constant("ask"),
  fc.string(),
);

/** A value with one of its places replaced. */
function broken(value: unknown, path: readonly number[], by: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== "object" || value === null) return by;
  const keys = Object.keys(value);
  const at = keys[first % Math.max(1, keys.length)];
  const entries = Object.entries(value).map(([key, one]) => [key, key === at ? broken(one, rest, by) : one]);
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

describe("broken definitions never crash the import", () => {
  test("in their values", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 7 }), junk, (path, by) => {
        importStudio([{ name: "a", sid: "", content: JSON.stringify(broken(whole, path, by)) }]);
        readDefinition(broken(whole, path, by));
      }),
      { numRuns: runs(300) },
    );
  });

  test("in their text", () => {
    const text = JSON.stringify(whole);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(60), fc.string({ maxLength: 5 }), (at, length, by) => {
        importStudio([{ name: "a", sid: "", content: text.slice(0, at) + by + text.slice(at + length) }]);
      }),
      { numRuns: runs(200) },
    );
  });
});
