/** `gather`: a menu, or an answer by keys or speech. */

import type { Op, Source } from "../../../program/program.ts";
import { type Compiler, sourceOf } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import { isChoiceName } from "../../language/keys.ts";
import { ANSWERED } from "../../language/side-roads.ts";
import type { Step } from "../../model/flow.ts";
import type { StepKind } from "../kind.ts";
import { ask, finishOnKeyOf, setSlot, slots } from "./ask.ts";
import {
  ATTEMPTS,
  Body,
  choicesOf,
  failedOf,
  GATHER,
  type Gather,
  hearsSpeech,
  type KeyedChoice,
} from "./body.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint, type Shared } from "./lint.ts";
import { answeredIn, answerOf, speechOps } from "./speech.ts";
import { SPEECH_DOC } from "./speech-doc.ts";

/** The next attempt, or `otherwise` after the last. */
function failed(step: Step<Gather>, compiler: Compiler): Op[] {
  const { attempt, why } = slots(step.name, compiler);
  const attempts = step.body.attempts ?? ATTEMPTS;
  const again = (next: number): Op[] => [setSlot(attempt, next), { op: "goto", block: "ask" }];
  const cases: [string, Op[]][] = Array.from({ length: attempts - 1 }, (_, i) => [
    String(i + 1),
    again(i + 2),
  ]);
  // `retry` uses up the first attempt of a gather that has not been asked before.
  if (attempts > 1) cases.push(["", again(2)]);
  const exits = failedOf(step.body);
  const silent: Op[] =
    exits.silence === exits.else
      ? []
      : [{ op: "switch", on: { slot: why }, cases: { noInput: compiler.exit(exits.silence) } }];
  return [
    { op: "switch", on: { slot: attempt }, cases: Object.fromEntries(cases) },
    ...silent,
    ...compiler.exit(exits.else),
  ];
}

function answered(step: Step<Gather>, compiler: Compiler): Op[] {
  const { body } = step;
  const { why } = slots(step.name, compiler);
  const fail = (reason: string): Op[] => [setSlot(why, reason), { op: "goto", block: "failed" }];
  const silent: Op = {
    op: "switch",
    on: { param: "Digits" },
    cases: {
      "": [
        {
          op: "switch",
          on: { param: "SpeechResult" },
          cases: { "": [...skipped(body, compiler), ...fail("noInput")] },
        },
      ],
    },
  };
  const noMatch = fail("noMatch");
  if (body.choices === undefined)
    return [
      silent,
      ...save(body, answerTo(body, compiler), noMatch),
      ...compiler.exit(step.next ?? "hangup"),
    ];
  return [silent, ...choose(body, compiler, noMatch), ...noMatch];
}

/** Any key can finish an answer if an environment variable names it. */
const ANY_KEY = [..."0123456789*#"];

/** The key that ends an answer, pressed alone. */
function skipped(body: Gather, compiler: Compiler): Op[] {
  if (body.skip === undefined) return [];
  const finish = finishOnKeyOf(body) ?? "#";
  const keys = typeof finish === "string" ? [finish] : ANY_KEY;
  const cases = Object.fromEntries(keys.map((key) => [key, compiler.exit(body.skip ?? "hangup")]));
  return [{ op: "switch", on: { param: "FinishedOnKey" }, cases }];
}

function choose(body: Gather, compiler: Compiler, noMatch: Op[]): Op[] {
  const take = ({ choice }: KeyedChoice, answer: Source): Op[] => [
    ...save(body, answer, noMatch),
    ...(choice.language === undefined ? [] : [setLanguage(choice.language)]),
    ...compiler.exit(choice.next),
  ];
  const choices = choicesOf(body);
  const pressed: Source = hearsSpeech(body) ? { heard: "digits" } : { param: "Digits" };
  const cases: Record<string, Op[]> = {};
  const ranges: { from: string; to: string; ops: Op[] }[] = [];
  for (const one of choices) {
    if (one.keys === undefined) continue;
    if (one.keys.from === one.keys.to) cases[one.keys.from] = take(one, pressed);
    else ranges.push({ ...one.keys, ops: take(one, pressed) });
  }
  const byKey: Op = {
    op: "switch",
    on: pressed,
    cases,
    ...(ranges.length > 0 ? { ranges } : {}),
  };
  // A phrase says more than a number: "two" can be a phrase of choice 1.
  const bySpeech = speechOps(choices, answeredIn(body, compiler.facts.languages), (one) =>
    take(one, answerTo(body, compiler)),
  );
  return choices.some(({ keys }) => keys !== undefined) ? [...bySpeech, byKey] : bySpeech;
}

function setLanguage(tag: string): Op {
  return { op: "set", to: { language: true }, from: sourceOf({ text: tag, value: tag }, true) };
}

/** The answer to a gather as a whole; that to a choice by its number is in digits. */
function answerTo(body: Gather, { facts }: Compiler): Source {
  return hearsSpeech(body)
    ? { heard: answerOf(body, facts.variables[body.save ?? ""]) }
    : { param: "Digits" };
}

function save(body: Gather, from: Source, noMatch: Op[]): Op[] {
  if (body.save === undefined) return [];
  return [
    {
      op: "set",
      to: { variable: body.save },
      from,
      ...(body.matches === undefined ? {} : { matches: body.matches }),
      otherwise: noMatch,
    },
  ];
}

export const gather: StepKind<Gather, Code, Shared> = {
  name: "gather",
  does: "asks",
  asksBy: "prompt",
  isSensitive: ({ sensitive }) => sensitive === true,
  listens: "answered",
  isSilent: ([key, which]) => key === "otherwise" && which !== "else",
  exitLabel: ([group, key = ""]) => {
    if (group === "choices") return isChoiceName(key) ? key : `key ${key}`;
    if (group === "otherwise") return key === "silence" ? "silence" : "otherwise";
    return undefined;
  },
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
  doc: {
    summary: "Asks for a choice or an answer, by keys or speech, up to a few times.",
    text:
      "Silence and wrong answers both count as `attempts`; after the last one, `otherwise` is taken. `noInput`, `noMatch` " +
      'and `reprompt` can be lists with one entry per attempt. A choice with `speech`, or a prompt such as "press or say 1", turns ' +
      "on recognition, and phrases become hints. A key can be a range, such as `101-140`; a choice by words alone has a name of your own, such " +
      "as `driver: { speech: [driver, delivery], next: … }`.\n\n" +
      "`otherwise: { silence: …, else: … }` tells a caller who said nothing from one whose answers were wrong. After " +
      "silence, `input` is empty. Without a `prompt`, the question is what was said before; say in `reprompt` what is asked " +
      "from the second attempt on.\n\n" +
      "20 questions in a row without an answer, in whatever steps, take the flow's `onError`, so that no call is kept " +
      "forever. Keys and speech that match nothing count as answers. Callers who wait in a queue can stay silent." +
      "\n\n" +
      SPEECH_DOC,
    example: yaml`

      variables:
        account: { type: string, sensitive: true }
      steps:
        menu:
          gather:
            prompt: For your balance, press 1 or say balance. For our address, say address. To hear this again, press star.
            choices:
              1: { next: account, speech: [balance, my balance] }
              address: { next: address, speech: [address, where are you] }
              "*": repeat
            noInput: Sorry, I did not hear anything.
            noMatch: [I did not get that., Let me say the choices once more.]
            otherwise: { silence: bye, else: address }
        account:
          gather:
            prompt: Please enter or say your four-digit account number, or just press pound.
            save: account
            input: dtmf speech
            matches: "[0-9]{4}"
            numDigits: 4
            skip: address
            otherwise: bye
          next: bye
        address:
          say: You find us at 12 Main Street.
          next: bye
        bye:
          hangup: Goodbye.
    `,
    calls: `
flow: example
scenarios:
  - name: by keys, with a slip
    script:
      - hear: For your balance
      - press: 7
      - hear: I did not get that.
      - press: 1
      - hear: four-digit account number
      - press: 4711
      - hear: Goodbye.
      - end
    expect: { account: "4711" }
  - name: by speech
    script:
      - say: my balance, please
      - hear: four-digit account number
      - say: Forty-seven eleven.
      - end
    expect: { account: "4711" }
  - name: by the number of the choice
    script:
      - say: Option one.
      - hear: four-digit account number
      - say: 47-11
      - end
    expect: { account: "4711" }
  - name: by a choice that has words and no key
    script:
      - say: Where are you?
      - hear: Main Street
      - end
  - name: the pound key alone
    script:
      - press: 1
      - press: "#"
      - hear: Main Street
      - end
  - name: wrong keys all the time
    script:
      - press: 7
      - press: 8
      - press: 9
      - hear: Main Street
      - end
  - name: nobody says anything
    script:
      - silence
      - hear: Sorry, I did not hear anything.
      - silence
      - silence
      - hear: Goodbye.
      - end
`,
  },
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
