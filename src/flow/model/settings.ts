/** A flow's settings, everything in its file except `steps`: defaults, destinations, hours and variables. */
import { DAY, DAY_SAYS } from "../language/days.ts";
import { Exit } from "../language/exit-schema.ts";
import type { Marked } from "../language/mark.ts";
import { NAME } from "../language/name.ts";
import { Prompt, SideStep } from "../language/prompt-schema.ts";
import { IDENTIFIER, Keys, LanguageTag, OneOf, Shaped, Value, Whole } from "../language/schema.ts";
import { Voice } from "../language/text-schema.ts";
import { type MapOptions, type Static, Type } from "../language/type.ts";
import { AllowNumbers } from "../numbers/allow.ts";
import { Destination } from "../twiml/leg.ts";
import { AdviceSetting } from "./advice.ts";
import { PromiseSetting } from "./promises.ts";

/** The form of a time span; the rule on hours checks its times. */
export const SPAN = "^\\d{1,2}:\\d{2}\\s*-\\s*\\d{1,2}:\\d{2}$";
const SpanText = Shaped(SPAN, "a time span such as 08:00-18:00");
const Ranges = Type.Union([SpanText, Type.Array(SpanText)]);
const SpecialText = Shaped(`^closed$|${SPAN}`, "a time span such as 08:00-18:00, or closed");
const SpecialRanges = Type.Union([SpecialText, Type.Array(SpanText)]);

const DAYS = "(mon|tue|wed|thu|fri|sat|sun)";
/** The form of days: `mon-fri`, `sat,sun`, `daily`. */
export const DAY_LIST = `^(daily|${DAYS}(-${DAYS})?(\\s*,\\s*${DAYS}(-${DAYS})?)*)$`;
const DayText = Shaped(DAY, DAY_SAYS);

// A map whose keys authors choose, in a certain form.
function named(says: string): MapOptions {
  return { additionalProperties: false, "x-says": says };
}

const dates = named(DAY_SAYS.replace("a day", "days"));
const days = named("days such as mon-fri, sat or daily");

const zone: Marked = { "x-mark": "zone" };
const Zone = Type.String({ minLength: 1, ...zone });

const calendar = {
  timezone: Type.Optional(Zone),
  open: Type.Optional(Type.Record(Type.String({ pattern: DAY_LIST }), Ranges, days)),
  closed: Type.Optional(Type.Array(DayText)),
  special: Type.Optional(Type.Record(Type.String({ pattern: DAY }), SpecialRanges, dates)),
};

/** A calendar file: hours, or a part of them, that flows share. */
export const CalendarSetting = Keys({ description: Type.Optional(Type.String()), ...calendar });
export type CalendarSetting = Static<typeof CalendarSetting>;

const calendarFile: Marked = { "x-mark": "calendar" };
const FileName = Type.String({ minLength: 1, ...calendarFile });

/** Opening hours of a flow. */
export const HoursSetting = Keys({
  from: Type.Optional(Type.Union([FileName, Type.Array(FileName, { minItems: 1 })])),
  ...calendar,
});
export type HoursSetting = Static<typeof HoursSetting>;

/** The declaration of a variable. */
export const VariableSetting = Keys({
  type: OneOf("string", "int", "number", "bool", "list", "map", "recording"),
  default: Type.Optional(Value),
  maxLength: Type.Optional(Whole(1, 4000)),
  sensitive: Type.Optional(Type.Boolean()),
  keep: Type.Optional(OneOf("flow", "caller")),
});
export type VariableSetting = Static<typeof VariableSetting>;

const names = named("lower-case words with hyphens");
const identifiers = named("letters, digits and underscores");

const Names = Type.Array(Shaped(IDENTIFIER, "the name of a variable", { "x-mark": "declared" }));

/** The form of a time that passes: minutes, hours or days. */
const PASSES = "^[1-9]\\d{0,3}[mhd]$";
const Passes = Shaped(PASSES, "a number of minutes, hours or days such as 10m, 2h or 1d");
const Until = Shaped("^([01]?\\d|2[0-3]):[0-5]\\d$", "a time such as 20:00");

/** When a call that is not answered is placed again. */
export const Retry = Keys({
  after: Type.Union([Passes, Type.Array(Passes, { minItems: 1 })]),
  until: Type.Optional(Until),
});
export type Retry = Static<typeof Retry>;

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** The minutes of a time that passes: 120 for `2h`. */
export function minutesIn(text: string): number {
  return Number.parseInt(text, 10) * (MINUTES[text.slice(-1)] ?? 1);
}

const Unanswered = SideStep("unanswered");
/** What follows a call that was placed and not answered. */
export const OnUnanswered = Type.Union([
  Unanswered,
  Keys({ step: Type.Optional(Unanswered), retry: Type.Optional(Retry) }, { minProperties: 1 }),
]);
export type OnUnanswered = Static<typeof OnUnanswered>;

/** A flow's file without its steps. */
export const Settings = Keys({
  description: Type.Optional(Type.String()),
  voice: Type.Optional(Voice),
  language: Type.Optional(LanguageTag),
  timezone: Type.Optional(Zone),
  start: Type.Optional(Exit),
  onError: Type.Optional(Exit),
  onHangup: Type.Optional(SideStep("hangup")),
  onMessage: Type.Optional(SideStep("message")),
  allow: Type.Optional(AllowNumbers),
  onMachine: Type.Optional(Exit),
  onUnanswered: Type.Optional(OnUnanswered),
  recordings: Type.Optional(Keys({ keep: Passes })),
  apology: Type.Optional(Prompt),
  advice: Type.Optional(AdviceSetting),
  promises: Type.Optional(Type.Array(PromiseSetting, { minItems: 1 })),
  takes: Type.Optional(Names),
  gives: Type.Optional(Names),
  destinations: Type.Optional(Type.Record(Type.String({ pattern: NAME }), Destination, names)),
  hours: Type.Optional(Type.Record(Type.String({ pattern: NAME }), HoursSetting, names)),
  variables: Type.Optional(Type.Record(Type.String({ pattern: IDENTIFIER }), VariableSetting, identifiers)),
});
export type Settings = Static<typeof Settings>;

/** A description of each setting, for the language page. */
export const SETTING_DOCS: Record<keyof Settings | "steps", string> = {
  description: "What the flow is for. Not spoken.",
  voice: "The voice of every prompt without its own. Can be a map by language.",
  language: "The language of prompts and recognition until the call chooses another. `en-US` if left out.",
  timezone:
    "The time zone of dates and times, such as `America/New_York`, and of hours without their own. That of the first hours " +
    "if left out.",
  start: "The step that a call begins at. The first in the file if left out.",
  onError: "The step to take after a failure. The apology and a hang-up if left out.",
  onHangup:
    "The step to run if the caller hangs up before the end of the flow. It is silent: it can branch, set, request and " +
    "send text messages, on a copy of the variables, and ends at `return`.",
  onMessage:
    "The step that answers a text message to the number. It can branch, set, request, send text messages, ask by text message, and " +
    "run flows that do; it ends at `return`. An `sms` step to the sender is the reply.",
  allow:
    "The numbers that [calls can be placed to](#placing-calls) with this flow: countries such as `US`, and patterns such as " +
    "`+1415*`. None if left out.",
  onMachine:
    "The step at which a placed call continues if an answering machine is detected while the flow already speaks.",
  onUnanswered:
    "The step to run if a placed call is busy, not picked up or cannot be connected. It is silent, as `onHangup` is. " +
    '`{ step, retry: { after: [10m, 2h], until: "20:00" } }` places the call again first.',
  recordings:
    "`{ keep: 30d }` deletes the recordings that this flow makes, with their transcripts, after so many minutes, hours or days.",
  apology: "What the caller hears before the hang-up if nothing else can be done.",
  advice:
    "What the checker advises: `many-options: 7` sets a threshold, `many-options: false` turns the advice off. All of it is in " +
    "[Findings](findings.md#advice).",
  promises:
    "What is true of every call, such as `{ never: closed, while: 'isOpen(\"office\")' }`: `check --promises` proves or " +
    "refutes it. [Promises](#promises) has all of them.",
  takes:
    "Variables that are set from outside: by a flow that runs this one, with `with`, or by the [parameters](#parameters) of a " +
    "call's first webhook.",
  gives: "Variables that a flow that runs this one can store, by `save`.",
  destinations: "The destinations to dial, by name.",
  hours: "Opening hours, by name.",
  variables: "What a call remembers, by name.",
  steps: "The steps, by name.",
};
