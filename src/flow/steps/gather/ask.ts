/** The `<Gather>` of a gather: its attributes, and the prompt of each attempt. */
import type { Op, Part } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Prompt, Prompts } from "../../language/prompt-schema.ts";
import type { Step } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import { nth, slots } from "../attempts.ts";
import { GATHER, type Gather, hearsSpeech, inputOf, keysOf } from "./body.ts";
import { hintsOf } from "./speech.ts";

/** The number of digits that completes an answer; undefined if its length is open. */
function numDigitsOf(body: Gather): Gather["numDigits"] {
  if (body.numDigits !== undefined) return body.numDigits;
  const keys = keysOf(body);
  return keys.length === 0 ? undefined : Math.max(...keys.map(({ from }) => from.length));
}

/** `#` ends an answer unless it is a choice itself. */
export function finishOnKeyOf(body: Gather): Gather["finishOnKey"] {
  if (body.finishOnKey !== undefined) return body.finishOnKey;
  return keysOf(body).some(({ from }) => from.includes("#")) ? "" : undefined;
}

/** The prompt after so many failures. */
function promptAfter(prompts: Prompts | undefined, failures: number): Prompt | undefined {
  return Array.isArray(prompts) ? nth(prompts, failures) : prompts;
}

/** The `<Gather>` of any attempt. */
export function ask(step: Step<Gather>, compiler: Compiler): Op {
  const { body } = step;
  const recognises = hearsSpeech(body);
  const computed = {
    input: inputOf(body),
    numDigits: numDigitsOf(body),
    finishOnKey: finishOnKeyOf(body),
    language: recognises ? compiler.language(body.language) : undefined,
    hints: recognises ? hintsOf(body, compiler) : undefined,
  };
  return compiler.twiml((response) => {
    const gather = response.addChild(GATHER.element, {
      action: compiler.link("answered"),
      actionOnEmptyResult: "true",
      ...attributesFrom(compiler, GATHER.attributes, { ...body, ...computed }),
    });
    gather.addText(compiler.mark(promptOfAttempt(step, compiler)));
  });
}

/** The prompt, or after a failure the one for its reason and count. */
function promptOfAttempt({ name, body }: Step<Gather>, compiler: Compiler): Part {
  const { attempt, why } = slots(name, compiler);
  const spoken = (prompts: (Prompt | undefined)[]): Part[] =>
    compiler.fragment((response) => {
      for (const prompt of prompts) if (prompt !== undefined) compiler.speak(response, prompt);
    });
  const after = (failed: Prompts | undefined): Part[] => {
    const of = (failures: number): Part[] =>
      spoken([promptAfter(failed, failures), promptAfter(body.reprompt, failures) ?? body.prompt]);
    const distinct = Math.max(length(failed), length(body.reprompt));
    const cases = Object.fromEntries(
      Array.from({ length: distinct - 1 }, (_, i) => [String(i + 2), of(i + 1)]),
    );
    return distinct === 1 ? of(1) : [{ pick: { slot: attempt }, cases, else: of(distinct) }];
  };
  const cases = { noInput: after(body.noInput), noMatch: after(body.noMatch) };
  return { pick: { slot: why }, cases, else: spoken([body.prompt]) };
}

function length(prompts: Prompts | undefined): number {
  return Array.isArray(prompts) ? prompts.length : 1;
}
