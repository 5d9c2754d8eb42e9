/** `hangup`: a last prompt, and the end of the call. */
import Type from "typebox";
import { HANG_UP } from "../compiler.ts";
import { Prompt } from "../schema.ts";
import type { StepKind } from "./kind.ts";

export const hangup: StepKind<Prompt | null> = {
  name: "hangup",
  does: "speaks",
  doc: {
    summary: "Says a last prompt, if there is one, and ends the call.",
    text: "The exit `hangup` does the same without a prompt.",
    example: `
steps:
  bye:
    hangup: Thank you for calling. Goodbye.
`,
  },
  schema: Type.Union([Type.Null(), Prompt]),
  keys: {},
  next: () => "refused",
  compile: (step, to) => ({ enter: [...(step.body === null ? [] : [to.prompt(step.body)]), ...HANG_UP] }),
};
