/** `gather`: a menu, or one answer by keys or speech. */
import type { Op } from "../../../program/program.ts";
import { type Compiler, sourceOf } from "../../compile/compiler.ts";
import { ANSWERED } from "../../language/side-roads.ts";
import type { Step } from "../../model/flow.ts";
import type { StepKind } from "../kind.ts";
import { ask, setSlot, slots } from "./ask.ts";
import { ATTEMPTS, Body, choicesOf, GATHER, type Gather, inputOf, type KeyedChoice } from "./body.ts";
import { FINDINGS, lint } from "./lint.ts";
import { speechOps } from "./speech.ts";

/** The next attempt, or `otherwise` after the last. */
function failed(step: Step<Gather>, to: Compiler): Op[] {
  const { attempt } = slots(step.name, to);
  const attempts = step.body.attempts ?? ATTEMPTS;
  const again = (next: number): Op[] => [setSlot(attempt, next), { op: "goto", block: "ask" }];
  const cases: [string, Op[]][] = Array.from({ length: attempts - 1 }, (_, i) => [
    String(i + 1),
    again(i + 2),
  ]);
  // A gather asked again by `retry` without ever having been asked has spent its first attempt by that.
  if (attempts > 1) cases.push(["", again(2)]);
  return [
    { op: "switch", on: { slot: attempt }, cases: Object.fromEntries(cases) },
    ...to.exit(step.body.otherwise ?? "hangup"),
  ];
}

function answered(step: Step<Gather>, to: Compiler): Op[] {
  const { body } = step;
  const { why } = slots(step.name, to);
  const fail = (reason: string): Op[] => [setSlot(why, reason), { op: "goto", block: "failed" }];
  const silent: Op = {
    op: "switch",
    on: { param: "Digits" },
    cases: { "": [{ op: "switch", on: { param: "SpeechResult" }, cases: { "": fail("noInput") } }] },
  };
  const noMatch = fail("noMatch");
  if (body.choices === undefined) return [silent, ...save(body, noMatch), ...to.exit(step.next ?? "hangup")];
  return [silent, ...choose(body, to, noMatch), ...noMatch];
}

function choose(body: Gather, to: Compiler, noMatch: Op[]): Op[] {
  const take = ({ choice }: KeyedChoice): Op[] => [
    ...save(body, noMatch),
    ...(choice.language === undefined ? [] : [setLanguage(choice.language)]),
    ...to.exit(choice.next),
  ];
  const choices = choicesOf(body);
  const single = choices.filter(({ keys }) => keys.from === keys.to);
  const ranges = choices.filter(({ keys }) => keys.from !== keys.to);
  const byKey: Op = {
    op: "switch",
    on: { param: "Digits" },
    cases: Object.fromEntries(single.map((one) => [one.keys.from, take(one)])),
    ...(ranges.length > 0 ? { ranges: ranges.map((one) => ({ ...one.keys, ops: take(one) })) } : {}),
  };
  return [byKey, ...speechOps(choices, take)];
}

function setLanguage(tag: string): Op {
  return { op: "set", to: { language: true }, from: sourceOf({ text: tag, value: tag }, true) };
}

function save(body: Gather, noMatch: Op[]): Op[] {
  if (body.save === undefined) return [];
  const both = inputOf(body) === "dtmf speech";
  const from = both
    ? { expr: 'input.digits != "" ? input.digits : input.speech' }
    : { param: body.input === "speech" ? "SpeechResult" : "Digits" };
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

export const gather: StepKind<Gather> = {
  name: "gather",
  does: "asks",
  asksBy: "prompt",
  isSensitive: ({ sensitive }) => sensitive === true,
  exitLabel: ([group, key]) => (group === "choices" ? `key ${key}` : undefined),
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
  },
  beside: ANSWERED,
  doc: {
    summary: "Asks for a choice or an answer, by keys or speech, up to a few times.",
    text:
      "Silence and wrong answers share the `attempts`; after the last, `otherwise` is taken. `noInput`, `noMatch` and " +
      "`reprompt` may be lists, one entry an attempt. A choice with `speech` turns recognition on, and its phrases " +
      "become hints. A key may be a range, such as `101-140`.",
    example: `
variables:
  account: { type: string, sensitive: true }
steps:
  menu:
    gather:
      prompt: For your balance, press 1 or say balance. To hear this again, press star.
      choices:
        1: { next: account, speech: [balance, my balance] }
        "*": repeat
      noInput: Sorry, I did not hear anything.
      noMatch: [I did not get that., Let me say the choices once more.]
      otherwise: bye
  account:
    gather:
      prompt: Please enter your four-digit account number.
      save: account
      matches: "[0-9]{4}"
      numDigits: 4
      otherwise: bye
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
      - press: 4711
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
    prompt: "What is asked. Keys and speech interrupt it.",
    choices: "Keys, or ranges of keys, and their exits; or `{next, speech, language}`.",
    save: "The variable that keeps the answer.",
    matches: "A regular expression that the whole answer has to match.",
    attempts: "How often it asks, 3 if left out.",
    noInput: "Said after silence, before asking again.",
    noMatch: "Said after a wrong answer, before asking again.",
    reprompt: "What is asked instead of `prompt` from the second time on.",
    otherwise: "The exit after the last attempt.",
    sensitive: "Keeps the answer out of the log.",
    input: "`dtmf`, `speech` or `dtmf speech`; follows from the choices if left out.",
    timeout: "Seconds of silence before it counts as no input; Twilio's default is 5.",
    numDigits: "Digits after which nothing more is awaited; follows from the choices if left out.",
    finishOnKey: 'The key that ends an answer; `#` unless it is a choice; `""` for none.',
    speechTimeout: "Seconds of silence that end a spoken answer, or `auto`.",
    speechModel: "Twilio's recognition model.",
    language: "The language of recognition; the call's own if left out.",
    hints: "Words to expect, besides the choices' own phrases.",
    profanityFilter: "Whether swear words are masked; Twilio's default is true.",
    enhanced: "A better model for `phone_call`, at a higher price; Twilio phases it out.",
    bargeIn: "Whether speech interrupts the prompt; Twilio's default is true.",
    maxSpeechTime: "Seconds after which a spoken answer ends, 60 at most.",
    partialResultCallback: "Where Twilio tells of what was said so far, by webhooks of its own.",
    partialResultCallbackMethod: "How it does so: `GET` or `POST`.",
    debug: "Whether Twilio logs more of the recognition.",
  },
  canRetry: true,
  isMenu: (body) => body.choices !== undefined,
  next: (body) => (body.choices === undefined ? "required" : "refused"),
  findings: FINDINGS,
  lint,
  compile(step, to) {
    const { attempt, why } = slots(step.name, to);
    const menu: Op[] = to.facts.usesBack && step.body.choices !== undefined ? [{ op: "mark" }] : [];
    const blocks: Record<string, Op[]> = {
      enter: [...menu, setSlot(attempt, 1), setSlot(why, ""), { op: "goto", block: "ask" }],
      ask: [ask(step, to), { op: "wait", block: "answered" }],
      answered: answered(step, to),
      failed: failed(step, to),
    };
    if (to.facts.retried.has(step.name)) {
      blocks.retry = [...menu, setSlot(why, "noMatch"), { op: "goto", block: "failed" }];
    }
    return blocks;
  },
};
