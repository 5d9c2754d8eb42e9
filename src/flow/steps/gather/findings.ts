/** The findings of a gather, with an example each. */

import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { DEAD_CHOICE } from "./lint-choices.ts";
import { COMPARED_FINDINGS } from "./lint-compared.ts";
import { SPEECH_FINDINGS } from "./speech-findings.ts";

/** A flow with a menu that has these keys. */
function menu(...keys: readonly string[]): string {
  return yaml`
    steps:
      menu:
        gather:
          prompt: Press 1 or say sales.
          ${keys.join("\n          ")}
          otherwise: bye
      bye:
        hangup: Goodbye.
  `;
}

/** The findings of a gather. */
export const FINDINGS = defineFindings([
  {
    code: "gather-nothing",
    severity: "error",
    summary: "A gather has neither `choices` nor `save`, so its answer has no use.",
    bad: yaml`
      steps:
        ask:
          gather:
            prompt: Your account?
            otherwise: bye
          next: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        ask:
          gather:
            prompt: Your account?
            save: account
            otherwise: bye
          next: bye
        bye:
          hangup: Goodbye.
    `,
  },
  {
    code: "matches-without-save",
    severity: "error",
    summary: "A gather has `matches` without `save`: no answer is captured that could match.",
    bad: menu("choices: { 1: bye }", 'matches: "[0-9]"'),
    good: menu("choices: { 1: bye }"),
  },
  DEAD_CHOICE,
  {
    code: "bad-range",
    severity: "error",
    summary:
      "A range runs backwards, the ends of a range of keys differ in length, or a range of an `ask` has more than 100 numbers.",
    bad: menu("choices: { 9-1: bye }"),
    good: menu("choices: { 1-9: bye }"),
  },
  {
    code: "duplicate-choice",
    severity: "error",
    summary: "Two choices share a key or a phrase.",
    bad: menu("choices: { 1-5: bye, 3: repeat }"),
    good: menu("choices: { 1-2: bye, 3: repeat, 4-5: bye }"),
  },
  {
    code: "other-key",
    severity: "warning",
    summary:
      "A phrase of a choice is the number of another choice: callers who say that number get the choice with the phrase.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: For sales, press 1 or say sales.
            choices: { 1: { next: bye, speech: [sales, two] }, 2: repeat }
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: For sales, press 1 or say sales.
            choices: { 1: { next: bye, speech: [sales, one] }, 2: repeat }
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
  },
  {
    code: "slow-choice",
    severity: "warning",
    summary:
      "A choice is also the beginning of a longer one, so it is taken only after the `timeout`. Set `numDigits` if you mean to.",
    bad: menu("choices: { 1: bye, 12: repeat }"),
    good: menu("choices: { 11: bye, 12: repeat }"),
  },
  {
    code: "bad-phrase",
    severity: "error",
    summary: "A phrase has no letter or digit, or contains a hole. Phrases are matched verbatim.",
    bad: menu('choices: { 1: { next: bye, speech: "{{ caller.city }}" } }'),
    good: menu("choices: { 1: { next: bye, speech: sales } }"),
  },
  {
    code: "deaf-choice",
    severity: "warning",
    summary:
      "A choice has `speech`, or a prompt asks to say its key, but the `input` of the gather is keys only.",
    bad: menu("choices: { 1: { next: bye, speech: sales } }", "input: dtmf"),
    good: menu("choices: { 1: { next: bye, speech: sales } }"),
  },
  {
    code: "twilio-13320",
    severity: "error",
    summary: "A prompt plays keys as tones inside a gather, where Twilio does not play them.",
    bad: menu("choices: { 1: bye }", 'noMatch: { play: { digits: "9" } }'),
    good: menu("choices: { 1: bye }", "noMatch: { play: https://example.com/beep.mp3 }"),
  },
  {
    code: "endless-prompt",
    severity: "warning",
    summary:
      "A prompt of a gather has `loop: 0`: Twilio repeats it until the caller answers, and never counts silence.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: { say: Press 1., loop: 0 }
            choices: { 1: bye }
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: { say: Press 1., loop: 3 }
            choices: { 1: bye }
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
  },
  {
    code: "silent-attempt",
    severity: "warning",
    summary: "A gather without a prompt has several attempts, and nothing that asks again.",
    bad: yaml`
      steps:
        welcome:
          say: Press 1 for the shop.
          next: menu
        menu:
          gather:
            choices: { 1: bye }
            noMatch: I did not get that.
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        welcome:
          say: Press 1 for the shop.
          next: menu
        menu:
          gather:
            choices: { 1: bye }
            noMatch: I did not get that.
            reprompt: Press 1 for the shop.
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
  },
  {
    code: "unheard-attempt",
    severity: "warning",
    summary: "A question has words for more attempts than it makes.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1 for the shop.
            attempts: 2
            choices: { 1: bye }
            noMatch: [I did not get that., Please press 1.]
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1 for the shop.
            attempts: 3
            choices: { 1: bye }
            noMatch: [I did not get that., Please press 1.]
            otherwise: bye
        bye:
          hangup: Goodbye.
    `,
  },
  ...SPEECH_FINDINGS,
  ...COMPARED_FINDINGS,
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
