/** `gather`: a menu, or one answer by keys or speech. */
import Type, { type Static } from "typebox";
import type { Op, Part } from "../../program/program.ts";
import { type Compiler, sourceOf } from "../compiler.ts";
import { type KeyRange, readKeys } from "../keys.ts";
import {
  CallLanguage,
  Exit,
  Keys,
  LanguageTag,
  OneOf,
  Phrase,
  type Prompt,
  Prompt as PromptSchema,
  Prompts,
  VariableName,
  Whole,
} from "../schema.ts";
import { attributesOf } from "../twiml.ts";
import { FINDINGS, lint } from "./gather-lint.ts";
import { hintsOf, speechOps } from "./gather-speech.ts";
import type { Step, StepKind } from "./kind.ts";

const FullChoice = Keys({
  next: Exit,
  speech: Type.Optional(Type.Union([Phrase, Type.Array(Phrase, { minItems: 1 })])),
  language: Type.Optional(CallLanguage),
});
const Choice = Type.Union([Exit, FullChoice]);
export type FullChoice = Static<typeof FullChoice>;

const Body = Keys({
  prompt: PromptSchema,
  choices: Type.Optional(
    Type.Record(Type.String({ pattern: "^([0-9*#]+|\\d+-\\d+)$" }), Choice, {
      additionalProperties: false,
      minProperties: 1,
      "x-says": "keys of 0-9, * and #, or a range such as 1-9",
    }),
  ),
  save: Type.Optional(VariableName()),
  matches: Type.Optional(Type.String({ minLength: 1 })),
  attempts: Type.Optional(Whole(1, 9)),
  noInput: Type.Optional(Prompts),
  noMatch: Type.Optional(Prompts),
  reprompt: Type.Optional(Prompts),
  otherwise: Type.Optional(Exit),
  sensitive: Type.Optional(Type.Boolean()),
  input: Type.Optional(OneOf("dtmf", "speech", "dtmf speech")),
  timeout: Type.Optional(Whole(1, 60)),
  numDigits: Type.Optional(Whole(1, 200)),
  finishOnKey: Type.Optional(
    Type.String({ pattern: "^[0-9#*]?$", "x-says": 'one key of 0-9, * and #, or "" for none' }),
  ),
  speechTimeout: Type.Optional(Type.Union([OneOf("auto"), Whole(1, 60)])),
  speechModel: Type.Optional(Type.String({ minLength: 1 })),
  language: Type.Optional(LanguageTag),
  hints: Type.Optional(Phrase),
  profanityFilter: Type.Optional(Type.Boolean()),
});
export type Gather = Static<typeof Body>;

/** How often a gather asks where it does not say. */
export const ATTEMPTS = 3;

/** A choice in its long form, with the keys that pick it. */
export interface KeyedChoice {
  keys: KeyRange;
  choice: FullChoice;
}

function isFullChoice(choice: Static<typeof Choice>): choice is FullChoice {
  return typeof choice === "object" && "next" in choice;
}

/** A gather's choices in their long form. */
export function choicesOf(body: Gather): KeyedChoice[] {
  return Object.entries(body.choices ?? {}).flatMap(([key, choice]): KeyedChoice[] => {
    const keys = readKeys(key);
    return typeof keys === "string"
      ? []
      : [{ keys, choice: isFullChoice(choice) ? choice : { next: choice } }];
  });
}

function hearsSpeech(body: Gather): boolean {
  return body.input?.includes("speech") ?? choicesOf(body).some(({ choice }) => choice.speech !== undefined);
}

function inputOf(body: Gather): string | undefined {
  return body.input ?? (hearsSpeech(body) ? "dtmf speech" : undefined);
}

/** Digits after which there is nothing to wait for; undefined where the answer's length is open. */
function numDigitsOf(body: Gather): number | undefined {
  if (body.numDigits !== undefined) return body.numDigits;
  if (body.choices === undefined) return undefined;
  return Math.max(...choicesOf(body).map(({ keys }) => keys.from.length));
}

/** `#` ends an answer unless it is a choice itself. */
function finishOnKeyOf(body: Gather): string | undefined {
  if (body.finishOnKey !== undefined) return body.finishOnKey;
  return choicesOf(body).some(({ keys }) => keys.from.includes("#")) ? "" : undefined;
}

/** Where this gather's attempts are counted: for good where an exit asks it again, else until the next gather. */
function slots(step: string, to: Compiler): { attempt: string; why: string } {
  const of = to.facts.retried.has(step) ? `.${step}` : "";
  return { attempt: `attempt${of}`, why: `why${of}` };
}

function setSlot(slot: string, value: string | number): Op {
  return { op: "set", to: { slot }, from: { value } };
}

/** The nth of a list of prompts, the last for all later ones. */
function nth(prompts: Prompts | undefined, failures: number): Prompt | undefined {
  if (!Array.isArray(prompts)) return prompts;
  return prompts[failures - 1] ?? prompts.at(-1);
}

function ask(step: Step<Gather>, to: Compiler): Op {
  const { body } = step;
  return to.twiml((response) => {
    const gather = response.addChild(
      "Gather",
      attributesOf({
        action: to.link("answered"),
        actionOnEmptyResult: true,
        input: inputOf(body),
        timeout: body.timeout,
        numDigits: numDigitsOf(body),
        finishOnKey: finishOnKeyOf(body),
        speechTimeout: body.speechTimeout,
        speechModel: body.speechModel,
        language: hearsSpeech(body) ? to.language(body.language) : undefined,
        hints: hearsSpeech(body) ? hintsOf(body, choicesOf(body), to) : undefined,
        profanityFilter: body.profanityFilter,
      }),
    );
    gather.addText(to.mark(promptOfAttempt(step, to)));
  });
}

/** The prompt, or what is said after a failure: by what was missing, then by how often. */
function promptOfAttempt({ name, body }: Step<Gather>, to: Compiler): Part {
  const { attempt, why } = slots(name, to);
  const spoken = (prompts: (Prompt | undefined)[]): Part[] =>
    to.fragment((response) => {
      for (const prompt of prompts) if (prompt !== undefined) to.speak(response, prompt);
    });
  const after = (failed: Prompts | undefined): Part[] => {
    const of = (failures: number): Part[] =>
      spoken([nth(failed, failures), nth(body.reprompt, failures) ?? body.prompt]);
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

/** The next attempt, or `otherwise` after the last. */
function failed(step: Step<Gather>, to: Compiler): Op[] {
  const { attempt } = slots(step.name, to);
  const attempts = step.body.attempts ?? ATTEMPTS;
  const again = (next: number): Op[] => [
    setSlot(attempt, next),
    { op: "goto", step: step.name, block: "ask" },
  ];
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
  const fail = (reason: string): Op[] => [
    setSlot(why, reason),
    { op: "goto", step: step.name, block: "failed" },
  ];
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
  },
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
      enter: [...menu, setSlot(attempt, 1), setSlot(why, ""), { op: "goto", step: step.name, block: "ask" }],
      ask: [ask(step, to), { op: "wait", block: "answered" }],
      answered: answered(step, to),
      failed: failed(step, to),
    };
    if (to.facts.retried.has(step.name)) {
      blocks.retry = [...menu, setSlot(why, "noMatch"), { op: "goto", step: step.name, block: "failed" }];
    }
    return blocks;
  },
};
