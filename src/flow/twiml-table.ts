/**
 * All of TwiML for voice, as authors write it: a row for every element and every attribute of every step kind's own
 * tables. A page of the documentation is printed from it, and a test holds it against twilio's SDK.
 */
import type { TSchema } from "typebox";
import type { StepKind } from "./steps/kind.ts";
import type { Noun, Pairs } from "./twiml/noun.ts";

/** One element in another, or one attribute of it. */
export interface TwimlRow {
  /** The element around it: `Response`, `Dial` … */
  parent: string;
  element: string;
  /** Left out where the row is of the element itself. */
  attribute?: string;
  /** How authors write it; `…` stands where the attributes go. */
  example: string;
  /** What an attribute may be; left out where the compiler always writes it. */
  schema?: TSchema;
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

/** Everything that step kinds write, each pair of elements once. */
export function twimlRows(kinds: readonly StepKind[]): TwimlRow[] {
  const rows: TwimlRow[] = [];
  const seen = new Set<string>();
  const waiting = kinds.flatMap(({ twiml = [] }) => twiml.map((noun) => ({ parent: "Response", noun })));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { parent, noun } = next;
    if (seen.has(`${parent} ${noun.element}`)) continue;
    seen.add(`${parent} ${noun.element}`);
    rows.push(...rowsOf(parent, noun));
    for (const child of noun.children ?? []) waiting.push({ parent: noun.element, noun: child });
  }
  return rows;
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

const THE_WORKER_POSTS = "The Worker answers POST, which is Twilio's default, and nothing else.";

/** What of twilio's SDK authors do not write. */
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
    why: "`sequential: true` rings in turn from the flow itself, so that a call that one callee does not accept moves on to the next; Twilio's own ends with the first who picks up.",
  },
  {
    parent: "Response",
    element: "Sms",
    why: "The `sms` step sends by Twilio's REST API: the verb is an old one that many numbers and places refuse (13803, 14108).",
  },
  {
    parent: "Response",
    element: "Start",
    attribute: "action",
    why: "Start is over at once: there is nothing to come back from.",
  },
  { parent: "Response", element: "Start", attribute: "method", why: "See `action`." },
  { parent: "Response", element: "Prompt", why: "Means something inside Pay only: `prompts`." },
  { parent: "Response", element: "Queue", why: "Means something inside Dial only: `to: { queue: … }`." },
  { parent: "Connect", element: "Autopilot", why: "Twilio switched Autopilot off in 2023." },
  {
    parent: "Gather",
    element: "Play",
    attribute: "digits",
    why: "Twilio plays no keys while it waits for some (13320).",
  },
  ...["Stream", "Siprec", "Transcription"].map((element) => ({
    parent: "Stop",
    element,
    why: "Stop knows what it ends by its `name`, and reads nothing else.",
  })),
];
