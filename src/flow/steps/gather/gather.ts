/** `gather`: a menu, or an answer by keys or speech. */

import type { Op } from "../../../program/op.ts";
import { isChoiceName } from "../../language/keys.ts";
import { ANSWERED } from "../../language/side-roads.ts";
import { setSlot, slots } from "../attempts.ts";
import type { StepKind } from "../kind.ts";
import { answered, failed } from "./answered.ts";
import { ask } from "./ask.ts";
import { Body, GATHER, type Gather } from "./body.ts";
import { DOC } from "./doc.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint, type Shared } from "./lint.ts";
import { questionOf } from "./question.ts";

export const gather: StepKind<Gather, Code, Shared> = {
  name: "gather",
  does: "asks",
  asksBy: "prompt",
  isSensitive: ({ sensitive }) => sensitive === true,
  listens: "answered",
  isSilent: ([key, which]) => key === "otherwise" && which !== "else",
  isUnanswered: ([key]) => key === "otherwise" || key === "skip",
  question: questionOf,
  exitLabel: ([group, key = ""]) => {
    if (group === "choices") return isChoiceName(key) ? key : `key ${key}`;
    if (group === "otherwise") return key === "silence" ? "silence" : "otherwise";
    return undefined;
  },
  exitTrigger: ([group, key = ""]) => (group !== "choices" ? "outcome" : isChoiceName(key) ? "word" : "key"),
  aliases: {
    goto: ["otherwise"],
    "go-to": ["otherwise"],
    default: ["otherwise"],
    fallback: ["otherwise"],
    else: ["otherwise"],
    options: ["choices"],
    keys: ["choices"],
    digits: ["choices", "numDigits"],
    retries: ["attempts"],
    tries: ["attempts"],
    message: ["prompt"],
    text: ["prompt"],
    say: ["prompt"],
    variable: ["save"],
    as: ["save"],
    "no-input": ["silence"],
    noinput: ["silence"],
    noInput: ["silence"],
    silent: ["silence"],
    timeout: ["silence"],
    noMatch: ["else"],
    nomatch: ["else"],
    "no-match": ["else"],
  },
  beside: ANSWERED,
  doc: DOC,
  twiml: [GATHER],
  schema: Body,
  keys: {
    prompt: "The question. Keys and speech interrupt it. Can be left out if the step before has asked.",
    choices:
      "Keys, or ranges of keys, and their exits, or `{next, speech, language}`. A choice by words alone has a name instead of a key.",
    save: "The variable that captures the answer.",
    matches: "A regular expression that the whole answer must match.",
    attempts: "The number of attempts; 3 if left out.",
    noInput: "The prompt after silence, before asking again.",
    noMatch: "The prompt after a wrong answer, before asking again.",
    reprompt: "The question from the second attempt on, instead of `prompt`.",
    skip: 'The exit if the finishing key is pressed alone, as in "or just press pound".',
    otherwise:
      "The exit after the last attempt; or `{silence, else}`, by what it was: silence, or a wrong answer.",
    sensitive: "Keeps the answer out of the log.",
    input: "`dtmf`, `speech` or `dtmf speech`; follows from the choices if left out.",
    timeout: "Seconds of silence before it counts as no input; Twilio's default is 5.",
    numDigits: "The number of digits that completes an answer; follows from the choices if left out.",
    finishOnKey: 'The key that ends an answer, `""` for no key; if left out, `#` unless it is a choice.',
    speechTimeout: "Seconds of silence that end a spoken answer, or `auto`.",
    speechModel: "Twilio's recognition model.",
    language: "The language of recognition; the call's own if left out.",
    hints: "Words to expect, in addition to the phrases of the choices.",
    profanityFilter: "Whether swear words are masked; Twilio's default is true.",
    enhanced: "A better and more expensive model for `phone_call`; Twilio is phasing it out.",
    bargeIn: "Whether speech interrupts the prompt; Twilio's default is true.",
    maxSpeechTime: "Seconds after which a spoken answer ends, at most 60.",
    partialResultCallback: "The URL to which Twilio sends partial results.",
    partialResultCallbackMethod: "The method of these webhooks: `GET` or `POST`.",
    debug: "Whether Twilio logs more of the recognition.",
  },
  canRetry: true,
  isMenu: (body) => body.choices !== undefined,
  next: (body) => (body.choices === undefined ? "required" : "refused"),
  findings: FINDINGS,
  lint,
  compile(step, compiler) {
    const { attempt, why } = slots(step.name, compiler);
    const menu: Op[] = compiler.facts.usesBack && step.body.choices !== undefined ? [{ op: "mark" }] : [];
    const blocks: Record<string, Op[]> = {
      enter: [...menu, setSlot(attempt, 1), setSlot(why, ""), { op: "goto", block: "ask" }],
      ask: [ask(step, compiler), { op: "wait", block: "answered" }],
      answered: answered(step, compiler),
      failed: failed(step, compiler),
    };
    if (compiler.facts.retried.has(step.name)) {
      blocks.retry = [...menu, setSlot(why, "noMatch"), { op: "goto", block: "failed" }];
    }
    return blocks;
  },
};
