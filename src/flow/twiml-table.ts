/**
 * All of TwiML for voice, as authors write it: a row for every element and attribute in the tables of the step kinds.
 * docs/twiml.md is generated from it, and a test compares it with twilio's SDK.
 */
import type { Schema } from "./language/type.ts";
import type { AnyKind } from "./steps/kind.ts";
import type { Noun, Pairs } from "./twiml/noun.ts";

/** One element in another, or one attribute of it. */
export interface TwimlRow {
  /** The element around it: `Response`, `Dial` … */
  parent: string;
  element: string;
  /** Left out for the element itself. */
  attribute?: string;
  /** How authors write it; `…` marks the place of the attributes. */
  example: string;
  /** What an attribute may be; left out where the compiler always writes it. */
  schema?: Schema;
}

/** A part of TwiML that authors do not write, and why. */
export interface LeftOut {
  /** The element around it. */
  parent: string;
  element: string;
  /** All of the element if left out. */
  attribute?: string;
  why: string;
}

/** Everything that step kinds write, each attribute of a pair of elements once: one kind may write fewer than another. */
export function twimlRows(kinds: readonly AnyKind[]): TwimlRow[] {
  const rows: TwimlRow[] = [];
  const seen = new Set<string>();
  const waiting = kinds.flatMap(({ twiml = [] }) => twiml.map((noun) => ({ parent: "Response", noun })));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { parent, noun } = next;
    const fresh = rowsOf(parent, noun).filter((row) => !seen.has(nameOf(row)));
    for (const row of fresh) seen.add(nameOf(row));
    rows.push(...fresh);
    // Markup can contain itself, so this ends with a noun that brings nothing new.
    const isNew = (child: Noun): boolean => fresh.length > 0 || !seen.has(nameOf(pairOf(noun, child)));
    for (const child of noun.children ?? [])
      if (isNew(child)) waiting.push({ parent: noun.element, noun: child });
  }
  return rows;
}

function pairOf({ element: parent }: Noun, { element }: Noun) {
  return { parent, element };
}

function nameOf({ parent, element, attribute = "" }: Omit<TwimlRow, "example">): string {
  return `${parent} ${element} ${attribute}`;
}

function rowsOf(parent: string, noun: Noun): TwimlRow[] {
  const { element, example, attributes, own = [], text, pairs = [] } = noun;
  const row = { parent, element, example };
  return [
    row,
    ...Object.entries(attributes).map(([attribute, schema]) => ({ ...row, attribute, schema })),
    ...own.map((attribute) => ({ ...row, attribute })),
    ...(text?.element === undefined ? [] : [{ parent: element, element: text.element, example }]),
    ...pairs.flatMap((pair) => pairRows(noun, pair)),
  ];
}

function pairRows({ element: parent, example }: Noun, { key, element, around }: Pairs): TwimlRow[] {
  const written = example.replace("…", `${key}: { name: value }`);
  const row = { parent: around ?? parent, element, example: written };
  const named = ["name", "value"].map((attribute) => ({ ...row, attribute }));
  return [...(around === undefined ? [] : [{ parent, element: around, example: written }]), row, ...named];
}

const THE_WORKER_POSTS = "The Worker answers only POST, which is Twilio's default.";

/** The part of twilio's SDK that authors do not write. */
export const LEFT_OUT: readonly LeftOut[] = [
  ...["Dial", "Enqueue", "Gather", "Record", "Connect", "Refer"].map((element) => ({
    parent: "Response",
    element,
    attribute: "method",
    why: THE_WORKER_POSTS,
  })),
  {
    parent: "Response",
    element: "Dial",
    attribute: "sequential",
    why: "With `sequential: true` the flow itself rings one after another, so a call that one callee declines goes to the next. Twilio's own attribute stops at the first who picks up.",
  },
  {
    parent: "Response",
    element: "Sms",
    why: "The `sms` step uses Twilio's REST API. The verb is old, and many numbers and countries refuse it (13803, 14108).",
  },
  {
    parent: "Response",
    element: "Start",
    attribute: "action",
    why: "Start finishes at once, so it has no callback.",
  },
  { parent: "Response", element: "Start", attribute: "method", why: "See `action`." },
  { parent: "Response", element: "Prompt", why: "Has a meaning only inside Pay: `prompts`." },
  { parent: "Response", element: "Queue", why: "Has a meaning only inside Dial: `to: { queue: … }`." },
  { parent: "Connect", element: "Autopilot", why: "Twilio switched Autopilot off in 2023." },
  {
    parent: "Gather",
    element: "Play",
    attribute: "digits",
    why: "Twilio does not play keys inside a Gather (13320).",
  },
  ...["Stream", "Siprec", "Transcription"].map((element) => ({
    parent: "Stop",
    element,
    why: "Stop identifies a session by its `name` and reads nothing else.",
  })),
];
