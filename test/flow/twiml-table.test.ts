/**
 * All of TwiML for voice: every element and attribute of twilio's own types can be written in a flow, and the compiled
 * document carries it. The rows come from the step kinds' tables, the list of what there is from the SDK.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Built } from "../../src/flow/build.ts";
import type { JsonSchema } from "../../src/flow/language/mark.ts";
import { NEEDS } from "../../src/flow/rules/idle.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { LEFT_OUT, type TwimlRow, twimlRows } from "../../src/flow/twiml-table.ts";
import type { Program } from "../../src/program/program.ts";
import { built, printed, TestCall } from "./support.ts";

const rows = twimlRows(kinds);

test("a kind that writes fewer attributes of an element hides none of another's", () => {
  const narrowed = kinds.map((kind) => ({
    ...kind,
    twiml: (kind.twiml ?? []).map((noun) => ({ ...noun, attributes: {}, children: [] })),
  }));
  const names = (all: readonly TwimlRow[]): string[] => all.map(nameOf).sort();
  expect(names(twimlRows([...narrowed, ...kinds]))).toEqual(names(rows));
});

interface Named {
  parent: string;
  element: string;
  attribute?: string | undefined;
}
const nameOf = ({ parent, element, attribute }: Named): string =>
  `${parent} > ${element}${attribute === undefined ? "" : ` ${attribute}`}`;

/** `SsmlSayAs` is `<say-as>`, `SipUri` is `<Uri>`: the builder's classes and the elements that they write. */
function elementOf(name: string): string {
  const known: Record<string, string> = { VoiceResponse: "Response", SipUri: "Uri", ReferSip: "Sip" };
  if (!name.startsWith("Ssml")) return known[name] ?? name;
  const words = name.slice(4).replace(/\B[A-Z]/g, "-$&");
  return words.toLowerCase();
}

/** Everything that twilio's types can write: elements in elements, and their attributes. */
function typed(): string[] {
  const types = readFileSync("node_modules/twilio/lib/twiml/VoiceResponse.d.ts", "utf8").replace(
    /\/\*[\s\S]*?\*\//g,
    "",
  );
  const attributes = new Map(
    [...types.matchAll(/interface (\w+Attributes) \{([\s\S]*?)\n {4}\}/g)].map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/"?([\w:-]+)"?\?:/g)].map(([, attribute = ""]) => attribute),
    ]),
  );
  const found = [...types.matchAll(/class (\w+) extends TwiML \{([\s\S]*?)\n {0,4}\}/g)].flatMap(
    ([, parent = "", body = ""]) =>
      [
        ...body.matchAll(/\((?:attributes\??: (?:VoiceResponse\.(\w+)|object))?.*\): VoiceResponse\.(\w+);/g),
      ].flatMap(([, list = "", child = ""]) => {
        const pair = { parent: elementOf(parent), element: elementOf(child) };
        return [pair, ...(attributes.get(list) ?? []).map((attribute) => ({ ...pair, attribute }))].map(
          nameOf,
        );
      }),
  );
  return [...new Set(found)];
}

const sdk = typed();
const written = new Set(rows.map(nameOf));

function isLeftOut(name: string): boolean {
  return LEFT_OUT.some(({ parent, element, attribute }) =>
    attribute === undefined
      ? name === nameOf({ parent, element }) || name.startsWith(`${nameOf({ parent, element })} `)
      : name === nameOf({ parent, element, attribute }),
  );
}

describe("twilio's types", () => {
  test("are read whole", () => {
    expect(sdk.length).toBeGreaterThan(450);
    expect(sdk).toEqual(
      expect.arrayContaining(["Response > Dial timeout", "Sip > Uri priority", "p > say-as"]),
    );
  });

  test("have nothing that a flow cannot write, but for what is left out with a reason", () => {
    expect(sdk.filter((name) => !written.has(name) && !isLeftOut(name))).toEqual([]);
  });

  test("nothing is left out that is not there, or can be written after all", () => {
    const idle = LEFT_OUT.filter((one) => {
      const prefix = nameOf(one);
      return !sdk.some(
        (name) =>
          (name === prefix || (one.attribute === undefined && name.startsWith(`${prefix} `))) &&
          !written.has(name),
      );
    });
    expect(idle.map(nameOf)).toEqual([]);
    expect(LEFT_OUT.filter(({ why }) => why.length < 10)).toEqual([]);
  });
});

/** Values of attributes that have a form of their own. */
const SAMPLES: Record<string, string> = {
  voice: "Polly.Joanna-Neural",
  currency: "usd",
  coach: "CA00000000000000000000000000000001",
  finishOnKey: "#",
  sendDigits: "ww12",
  speechModel: "phone_call",
  chargeAmount: "20.45",
  time: "2s",
  "xml:lang": "en-US",
  language: "en-US",
  alphabet: "ipa",
  "interpret-as": "digits",
  format: "mdy",
  level: "strong",
  strength: "weak",
  volume: "loud",
  rate: "slow",
  pitch: "high",
};
/** What else has to be written for an attribute to be right. */
const TOGETHER: Record<string, string> = {
  "Response > Gather hints": "input: speech, hints: text",
  "Response > Gather enhanced": "speechModel: phone_call, enhanced: true",
  "Response > Gather language": "input: speech, language: en-US",
  "Response > Record transcribeCallback": "transcribe: true, transcribeCallback: https://example.com/x",
  "Response > Pay bankAccountType": "paymentMethod: ach-debit, bankAccountType: consumer-checking",
};
/** Where an attribute takes the place of something in the example. */
const INSTEAD: Record<string, string> = {
  "Response > Enqueue workflowSid": "enqueue: { …, status: { else: hangup } }",
};

function sampleOf(attribute: string, schema: JsonSchema): string {
  const one = schema.anyOf?.[0] ?? schema;
  if (SAMPLES[attribute] !== undefined) return SAMPLES[attribute];
  if (one.enum) return String(one.enum[0]);
  if (one.type === "boolean") return "true";
  // 0 often means forever, which some places warn about.
  if (one.type === "integer") return String(one.minimum || 1);
  return one["x-mark"] === "url" ? "https://example.com/x" : "text";
}

/** What an attribute does nothing without. */
function needed(row: TwimlRow): string {
  const siblings = rows.filter(({ parent, element }) => parent === row.parent && element === row.element);
  const need = siblings.find(({ attribute = "" }) => NEEDS[row.attribute ?? ""]?.includes(attribute));
  if (need?.attribute === undefined || need.schema === undefined) return "";
  return `${needed(need)}${need.attribute}: ${sampleOf(need.attribute, need.schema)}, `;
}

/** The step that writes a row, and the value that has to come of it. */
function stepOf(row: TwimlRow): { step: string; value?: string } {
  const name = nameOf(row);
  const example = INSTEAD[name] ?? row.example;
  const { attribute, schema } = row;
  if (attribute === undefined || schema === undefined) return { step: example.replace(/,? ?…|… ?,? ?/, "") };
  const there = new RegExp(`(?<![\\w-])${attribute}: ([^,} ]+)`).exec(example)?.[1];
  if (there !== undefined) return { step: example.replace(/,? ?…/, ""), value: there };
  const value = sampleOf(attribute, schema);
  const markup = example.includes(`<${row.element} …`);
  const fill =
    TOGETHER[name] ??
    (markup
      ? `${attribute}="${value}"`
      : `${attribute}: ${JSON.stringify(value).replace(/^"([\w-]+)"$/, "$1")}`);
  return { step: example.replace("…", () => needed(row) + fill), value };
}

/** What is written while a caller waits in a queue, and nowhere else. */
const QUEUED = `enqueue: { queue: support, wait: { step: two }, status: { else: hangup } }
    next: hangup
  two:
    `;

/** A flow with one step, built; with `next` where its kind continues by it. */
function flowOf(step: string): Built & { text: string } {
  const flow = (text: string) => ({ text, ...built(text) });
  if (step === "leave:") return flow(`steps:\n  one:\n    ${QUEUED}${step}\n`);
  const without = flow(`steps:\n  one:\n    ${step}\n`);
  const isLeftOut = without.diagnostics.some(({ code }) => code === "missing-next");
  return isLeftOut ? flow(`${without.text}    next: hangup\n`) : without;
}

/** The Program of a flow that must have no finding. */
function soundProgramOf({ text, programs: [program], diagnostics }: ReturnType<typeof flowOf>): Program {
  expect(printed(text, diagnostics)).toBe("");
  if (!program) throw new Error("the flow does not build");
  return program;
}

/** The tags of an element inside another, in a document. */
function tagsOf(document: string, { parent, element }: TwimlRow): string[] {
  const tags: string[] = [];
  const open = ["Response"];
  for (const [tag, slash, name = "", rest = ""] of document.matchAll(/<(\/?)([\w-]+)([^>]*)>/g)) {
    if (slash) open.pop();
    else {
      if (name === element && open.at(-1) === parent) tags.push(tag);
      if (!rest.endsWith("/")) open.push(name);
    }
  }
  return tags;
}

describe("a flow can write, and its document carries,", () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))("%s", (_, row) => {
    const { step, value } = stepOf(row);
    const flow = flowOf(step);
    const call = new TestCall(soundProgramOf(flow));
    const first = call.answer();
    const document = flow.text.includes(QUEUED) ? call.aside("wait") : first;
    const tags = tagsOf(document, row);
    expect(tags, document).not.toEqual([]);
    if (row.attribute === undefined) return;
    const found = new RegExp(` ${row.attribute}="([^"]*)"`).exec(tags.join(""))?.[1];
    expect(found, document).toBeDefined();
    if (value !== undefined) expect(found).toBe(value);
  });
});

describe("one of the Worker's variables may stand for", () => {
  const constants = rows.filter(
    ({ attribute, schema, example }) =>
      attribute !== undefined && schema !== undefined && !/<[a-z]/.test(example),
  );
  // What the compiler has to know, and what has to be one of the flow's own languages.
  const compiled = [
    "Response > Gather language",
    "Response > Record transcribe",
    "Response > Pay language",
    "Response > Say language",
    "Prompt > Say language",
    "Gather > Say language",
    "Response > Gather input",
    "Response > Gather hints",
    "Pay > Prompt for",
    "Pay > Prompt attempt",
  ];

  test.each(constants.map((row) => [nameOf(row), row] as const))("%s", (name, row) => {
    const { step, value } = stepOf(row);
    const written = step.replace(
      new RegExp(`(?<=(?<![\\w-])${row.attribute}: )("[^"]*"|[^,} \\]]+)`),
      "{ env: VALUE }",
    );
    expect(written).not.toBe(step);
    const flow = flowOf(written);
    if (compiled.includes(name)) {
      expect(flow.diagnostics.map(({ code }) => code)).toEqual(["written-out"]);
      return;
    }
    const program = soundProgramOf(flow);
    expect(program.env).toEqual(["VALUE"]);
    const set = new TestCall(program, { env: { VALUE: value ?? "" } }).answer();
    expect(set).toContain(` ${row.attribute}="${value}"`);
    expect(new TestCall(program).answer()).not.toContain(` ${row.attribute}=`);
  });
});
