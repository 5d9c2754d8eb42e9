/** `say`: speak a prompt. */

import { yaml } from "../language/example.ts";
import { Prompt } from "../language/prompt-schema.ts";
import { HEARD } from "../language/side-roads.ts";
import { SAY } from "../twiml/prompt-nouns.ts";
import type { StepKind } from "./kind.ts";

export const say: StepKind<Prompt> = {
  name: "say",
  does: "speaks",
  beside: HEARD,
  doc: {
    summary: "Speaks a prompt, then continues.",
    text:
      "A prompt is a text, `{say, voice, language, loop}`, `{play: …}`, `{pause: seconds}`, or a list of these. " +
      "Texts can hold `{{ expressions }}` and the SSML elements that Twilio supports.",
    example: yaml`

      language: en-US
      steps:
        greet:
          say:
            - "Thank you for calling{{ caller.city != '' ? ' from ' + caller.city : '' }}."
            - pause: 1
            - { say: "We are <emphasis level=\"strong\">glad</emphasis> you called.", voice: Polly.Joanna }
          next: hangup
    `,
    calls: `
flow: example
scenarios:
  - name: a caller from Oakland
    caller: { city: Oakland }
    script:
      - hear: Thank you for calling from Oakland.
      - hear: We are glad you called.
      - end
  - name: a caller from nobody knows where
    script:
      - hear: Thank you for calling.
      - end
`,
  },
  twiml: [SAY],
  schema: Prompt,
  keys: {},
  next: () => "required",
  compile: (step, compiler) => ({
    enter: [compiler.prompt(step.body), ...compiler.exit(step.next ?? "hangup")],
  }),
};
