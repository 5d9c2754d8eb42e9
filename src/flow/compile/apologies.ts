/** What is said, or written, if nothing else can be done. */

import type { Op, Part } from "../../program/op.ts";
import type { Flow } from "../model/flow.ts";
import { readableText } from "../twiml/prompt.ts";
import { compilerFor, type FlowFacts, HANG_UP } from "./compiler.ts";

const APOLOGY = "We are sorry, something went wrong. Please call again later.";

const SORRY = "We are sorry, something went wrong. Please write again later.";

/** What the caller hears if nothing else can be done; the call ends after it. */
export function apology(flow: Flow, facts: FlowFacts): Part[] {
  const to = compilerFor("", facts);
  const ops: Op[] = [to.prompt(flow.settings.apology ?? APOLOGY), ...HANG_UP];
  return ops.flatMap((op) => (op.op === "twiml" ? [...op.parts] : []));
}

/** The answer to a text message if the flow fails: the apology, if that is a text without markup. */
export function sorry(flow: Flow, facts: FlowFacts): readonly Part[] {
  const to = compilerFor("", facts);
  const { apology } = flow.settings;
  const words = (apology && readableText(apology)) ?? SORRY;
  const op = to.twiml((response) => {
    response
      .addChild("Message", {})
      .addChild("Body", {})
      .addText(to.text(words) ?? "");
  });
  return op.op === "twiml" ? op.parts : [];
}
