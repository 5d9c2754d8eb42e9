/** What stands beside `steps` in a flow's file: its defaults, destinations, hours and variables. */
import Type, { type Static } from "typebox";
import {
  Destination,
  Exit,
  IDENTIFIER,
  Keys,
  LanguageTag,
  NAME,
  OneOf,
  Prompt,
  Shaped,
  Text,
  Value,
  Whole,
} from "./schema.ts";

const RANGE = "^([01]?\\d|2[0-4]):[0-5]\\d\\s*-\\s*([01]?\\d|2[0-4]):[0-5]\\d$";
const RangeText = Shaped(RANGE, "a time span such as 08:00-18:00");
const Ranges = Type.Union([RangeText, Type.Array(RangeText)]);

const DAYS = "(mon|tue|wed|thu|fri|sat|sun)";
const DAY_LIST = `^(daily|${DAYS}(-${DAYS})?(\\s*,\\s*${DAYS}(-${DAYS})?)*)$`;
const DATE = "^(\\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$";
const DateText = Shaped(DATE, "a date such as 2026-11-26, or 12-25 for every year");

const closedMap = { additionalProperties: false };

/** Opening hours as an author writes them. */
export const HoursSetting = Keys({
  timezone: Type.String({ minLength: 1 }),
  open: Type.Record(Type.String({ pattern: DAY_LIST }), Ranges, closedMap),
  closed: Type.Optional(Type.Array(DateText)),
  special: Type.Optional(Type.Record(Type.String({ pattern: DATE }), Ranges, closedMap)),
});
export type HoursSetting = Static<typeof HoursSetting>;

/** A variable as an author declares it. */
export const VariableSetting = Keys({
  type: OneOf("string", "int", "number", "bool", "list", "map", "recording"),
  default: Type.Optional(Value),
  maxLength: Type.Optional(Whole(1, 4000)),
  sensitive: Type.Optional(Type.Boolean()),
});
export type VariableSetting = Static<typeof VariableSetting>;

const named = { additionalProperties: false };

/** A flow's file without its steps. */
export const Settings = Keys({
  description: Type.Optional(Type.String()),
  voice: Type.Optional(Text),
  language: Type.Optional(LanguageTag),
  start: Type.Optional(Exit),
  onError: Type.Optional(Exit),
  apology: Type.Optional(Prompt),
  destinations: Type.Optional(Type.Record(Type.String({ pattern: NAME }), Destination, named)),
  hours: Type.Optional(Type.Record(Type.String({ pattern: NAME }), HoursSetting, named)),
  variables: Type.Optional(Type.Record(Type.String({ pattern: IDENTIFIER }), VariableSetting, named)),
});
export type Settings = Static<typeof Settings>;

/** What each setting is for, for the language page. */
export const SETTING_DOCS: Record<keyof Settings | "steps", string> = {
  description: "What the flow is for. Nobody hears it.",
  voice: "The voice of every prompt that names none. May differ by language.",
  language: "The language of prompts and recognition until the call chooses another. `en-US` if left out.",
  start: "The first step. The first in the file if left out.",
  onError: "The step where a failure leads. The apology and a hang-up if left out.",
  apology: "What is heard before the hang-up when nothing else can be done.",
  destinations: "Who may be dialled, by name.",
  hours: "Opening hours, by name.",
  variables: "What a call remembers, by name.",
  steps: "The steps, by name.",
};
