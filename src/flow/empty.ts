/** Texts without which TwiML is nothing: what happens where one that only the call knows comes out empty. */
import type { Op } from "../program/program.ts";
import { isEnv } from "./language/schema.ts";
import { wholeHole } from "./language/text.ts";
import { textSource } from "./request-source.ts";

/** Ops that run where a text is one of the Worker's variables and not set, or computed and empty; none for any other. */
export function whenEmpty(text: unknown, then: Op[]): Op[] {
  const mayBe = isEnv(text) || (typeof text === "string" && wholeHole(text) !== undefined);
  return mayBe ? [{ op: "switch", on: textSource(text), cases: { "": then } }] : [];
}

/** Ops that fail the step there. */
export function failEmpty(text: unknown): Op[] {
  const why = isEnv(text) ? `the Worker's variable ${text.env} is not set` : "what is computed here is empty";
  return whenEmpty(text, [{ op: "fail", why }]);
}
