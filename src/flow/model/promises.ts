/** What a flow promises of all its calls: `ringflow check --promises` proves or refutes it. */
import type { Marked } from "../language/mark.ts";
import { Expression, Keys, Whole } from "../language/schema.ts";
import { type Static, Type } from "../language/type.ts";

/** The words that name an end of the call, in place of a step. */
export const END_WORDS = ["hangup", "apology"] as const;
/** One of these words. */
export type EndWord = (typeof END_WORDS)[number];

const promised: Marked = { "x-mark": "promised", "x-says": "the name of a step" };
const Promised = Type.String({ minLength: 1, ...promised });
/** Steps of the flow or of its parts, kinds of steps, or an end of the call: one, or several of which any counts. */
const PromisedSteps = Type.Union([Promised, Type.Array(Promised, { minItems: 1 })]);
/** As `promisesOf` gets them. */
export type PromisedSteps = Static<typeof PromisedSteps>;

/** The longest way that a promise to reach something allows. */
export const Within = Keys(
  { answers: Type.Optional(Whole(0, 100)), seconds: Type.Optional(Whole(1, 3600)) },
  { minProperties: 1 },
);
export type Within = Static<typeof Within>;

const common = { while: Type.Optional(Expression("bool")), because: Type.Optional(Type.String()) };

const ReachPromise = Keys({
  reach: PromisedSteps,
  from: Type.Optional(PromisedSteps),
  within: Type.Optional(Within),
  ...common,
});
const NeverPromise = Keys({ never: PromisedSteps, ...common });
const AlwaysPromise = Keys({ always: PromisedSteps, before: PromisedSteps, ...common });
const OnlyPromise = Keys({ only: Expression("bool"), at: PromisedSteps, because: common.because });

/** One promise: the key that it begins with says which sort it is. */
export const PromiseSetting = Type.Union([ReachPromise, NeverPromise, AlwaysPromise, OnlyPromise]);
export type PromiseSetting = Static<typeof PromiseSetting>;

/** A description of each key, for the language page and for editors. */
export const PROMISE_DOCS: Readonly<Record<string, string>> = {
  reach: "From every place where a caller is at `from`, there is a way to one of these steps.",
  from: "Where the way begins. The start of the call if left out.",
  within:
    "The longest way: so many `answers` of the caller, and so many `seconds` of prompts, from the one at `from` until the " +
    "step is entered.",
  never: "No call comes to one of these steps.",
  always: "Every call has been at one of these steps before it comes to one of `before`.",
  before: "The steps before which `always` comes.",
  only: "A condition that holds whenever a call comes to one of the steps of `at`.",
  at: "The steps that a call comes to only if the condition holds.",
  while: "The promise counts only while this condition holds.",
  because: "Why, for people who break the promise. It is part of the finding.",
};
