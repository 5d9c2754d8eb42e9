/** The background sessions of `start` and `stop`, and the stream, which a call can also be connected to. */

import type { Op } from "../../program/op.ts";
import type { Compiler } from "../compile/compiler.ts";
import { failEmpty } from "../compile/compiler.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { Keys } from "../language/schema.ts";
import { type Schema, Type } from "../language/type.ts";
import { type Report, type Step, valueAt } from "../model/flow.ts";
import { addNoun, keyOf, type Noun, neededIn, schemaOf } from "../twiml/noun.ts";

/** The body of `start` and `stop`: nouns by their keys. */
export type Sessions = Readonly<Record<string, unknown>>;

/** The schema of one or more of these nouns. */
export function sessionsOf(nouns: readonly Noun[]): Schema {
  const keys = nouns.map((noun) => [keyOf(noun), Type.Optional(schemaOf(noun))]);
  return Keys(Object.fromEntries(keys), { minProperties: 1 });
}

/** Whether a step's body is one of `start` or `stop`. */
export function isSessions(body: unknown): body is Sessions {
  return typeof body === "object" && body !== null;
}

/** The name of a session, if it has one. */
export function nameOf(one: unknown): string | undefined {
  return isSessions(one) && typeof one.name === "string" ? one.name : undefined;
}

/** Writes the verb once for every noun: TwiML accepts one noun in each. */
export function writeSessions(
  step: Step<Sessions>,
  verb: string,
  nouns: readonly Noun[],
  compiler: Compiler,
): Op[] {
  const named = nouns.flatMap((noun) => {
    const body = step.body[keyOf(noun)];
    return typeof body === "object" && body !== null ? [{ noun, body }] : [];
  });
  const elements = compiler.twiml((response) => {
    for (const { noun, body } of named) addNoun(compiler, response.addChild(verb, {}), noun, body);
  });
  const needed = named.flatMap(({ noun, body }) => neededIn(noun, body));
  return [...needed.flatMap(failEmpty), elements, ...compiler.exit(step.next ?? "hangup")];
}

/** The finding of `checkStream`. */
export const STREAM_WHERE: FindingDoc<"stream-where"> = {
  code: "stream-where",
  severity: "error",
  summary: "A stream has neither a `url` nor a `connectorName`, so its audio has no destination.",
  bad: yaml`
    steps:
      listen:
        start: { stream: { name: main } }
        next: greet
      greet:
        hangup: Hello.
  `,
  good: yaml`
    steps:
      listen:
        start: { stream: { name: main, url: wss://example.com/audio } }
        next: greet
      greet:
        hangup: Hello.
  `,
};

/** Reports a stream without a destination for its audio. */
export function checkStream(step: Step<Sessions>, report: Report<"stream-where">): void {
  const { stream } = step.body;
  if (typeof stream !== "object" || stream === null || "url" in stream || "connectorName" in stream) return;
  const message = "this stream has no destination; add a `url` that begins with wss://, or a `connectorName`";
  report({ code: "stream-where", at: valueAt(step, "stream") ?? step.bodyNode, message });
}
