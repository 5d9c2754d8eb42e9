/** What runs beside a call, as `start` and `stop` name it, and the stream, which a call can be connected to as well. */
import Type, { type TSchema } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { failEmpty } from "../compile/compiler.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import { Keys } from "../language/schema.ts";
import { type Report, type Step, valueAt } from "../model/flow.ts";
import { addNoun, keyOf, type Noun, neededIn, schemaOf } from "../twiml/noun.ts";

/** What stands behind `start` and `stop`: nouns by their keys. */
export type Besides = Readonly<Record<string, unknown>>;

/** The schema of one or more of these nouns. */
export function besidesOf(nouns: readonly Noun[]): TSchema {
  const keys = nouns.map((noun) => [keyOf(noun), Type.Optional(schemaOf(noun))]);
  return Keys(Object.fromEntries(keys), { minProperties: 1 });
}

/** Writes the verb once for every noun: TwiML takes one in each. */
export function writeBesides(step: Step<Besides>, verb: string, nouns: readonly Noun[], to: Compiler): Op[] {
  const named = nouns.flatMap((noun) => {
    const body = step.body[keyOf(noun)];
    return typeof body === "object" && body !== null ? [{ noun, body }] : [];
  });
  const elements = to.twiml((response) => {
    for (const { noun, body } of named) addNoun(to, response.addChild(verb, {}), noun, body);
  });
  const needed = named.flatMap(({ noun, body }) => neededIn(noun, body));
  return [...needed.flatMap(failEmpty), elements, ...to.exit(step.next ?? "hangup")];
}

const flow = (stream: string): string =>
  `steps:\n  listen:\n    start: { stream: ${stream} }\n    next: greet\n  greet:\n    hangup: Hello.\n`;

/** The finding that `checkStream` makes. */
export const STREAM_WHERE: FindingDoc = {
  code: "stream-where",
  severity: "error",
  summary: "A stream without a `url`, or a `connectorName`, that says where the audio goes.",
  bad: flow("{ name: main }"),
  good: flow("{ name: main, url: wss://example.com/audio }"),
};

/** Whether a stream says where its audio goes. */
export function checkStream(step: Step<Besides>, report: Report): void {
  const { stream } = step.body;
  if (typeof stream !== "object" || stream === null || "url" in stream || "connectorName" in stream) return;
  const message = "say where the audio goes: `url`, an address that begins with wss://, or a `connectorName`";
  report({ code: "stream-where", at: valueAt(step, "stream") ?? step.bodyNode, message });
}
