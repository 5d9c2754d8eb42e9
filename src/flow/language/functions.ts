/** The functions of expressions besides CEL's own: for "did you mean", and for the language page. */

/** A function. */
interface FunctionDoc {
  name: string;
  /** An example call with its parameters. */
  call: string;
  /** Its result, in a sentence of Markdown. */
  gives: string;
  /** An expression, and its value as JSON; left out where it depends on the call. */
  example?: { text: string; value: string };
  /** What its first argument names, if it is a name. */
  names?: "hours" | "zone";
}

/** Every function, in the order of the page. */
export const functionDocs: readonly FunctionDoc[] = [
  {
    name: "isOpen",
    call: 'isOpen("office")',
    gives: "whether these [hours](#opening-hours) are open",
    names: "hours",
  },
  {
    name: "holiday",
    call: 'holiday("office")',
    gives: "whether today is one of their closed days, and has no `special` hours",
    names: "hours",
  },
  {
    name: "nextOpen",
    call: 'nextOpen("office")',
    gives:
      "the [date and time](#dates-and-times) at which they open next, on their own clock; now if they are open, and an empty " +
      "text if they do not open within a year",
    names: "hours",
  },
  {
    name: "now",
    call: 'now("America/New_York")',
    gives:
      "the time in a zone: `.hour`, `.minute`, `.weekday` (Sunday is 0), `.day`, `.month`, `.year`, `.date` (`2026-11-26`), " +
      "`.time` (`15:30`); `now()` and an unknown zone give that of the flow's zone",
    names: "zone",
  },
  {
    name: "today",
    call: "today()",
    gives: "today's date in the flow's zone, as a text such as `2026-11-26`",
  },
  {
    name: "date",
    call: "date(text)",
    gives: "the parts of a [date](#dates-and-times), the same as those of `now`",
    example: { text: 'date("2026-11-26T15:30").weekday', value: "4" },
  },
  {
    name: "isDate",
    call: "isDate(text)",
    gives: "whether a text is a date; every other function fails if it is not",
    example: { text: 'isDate("2026-02-30")', value: "false" },
  },
  {
    name: "addDays",
    call: "addDays(date, n)",
    gives: "the date n days later, at the same time",
    example: { text: 'addDays("2026-12-31", 1)', value: '"2027-01-01"' },
  },
  {
    name: "daysBetween",
    call: "daysBetween(from, to)",
    gives: "how many days `to` is after `from`, whatever their times",
    example: { text: 'daysBetween("2026-11-26", "2026-12-24")', value: "28" },
  },
  {
    name: "spokenDate",
    call: "spokenDate(date)",
    gives: "the date [in the call's language](#values-read-aloud), with the year if it is not this one",
    example: { text: 'spokenDate("2026-11-26")', value: '"Thursday, November 26, 2026"' },
  },
  {
    name: "spokenTime",
    call: "spokenTime(time)",
    gives: "the time of a date, or a time such as `15:30`, in the call's language",
    example: { text: 'spokenTime("2026-11-26T15:30")', value: '"3:30 PM"' },
  },
  {
    name: "spokenNumber",
    call: "spokenNumber(n)",
    gives: "the number in the call's language, with at most three decimals",
    example: { text: "spokenNumber(2.5)", value: '"2.5"' },
  },
  {
    name: "money",
    call: 'money(amount, "USD")',
    gives: "the amount in the call's language; the currency is three letters",
    example: { text: 'money(12.5, "USD")', value: '"$12.50"' },
  },
  {
    name: "ordinal",
    call: "ordinal(n)",
    gives: "the number of a place in a row, in the call's language",
    example: { text: "ordinal(3)", value: '"3rd"' },
  },
  {
    name: "plural",
    call: "plural(n, one, other)",
    gives: "the form of the text that goes with the number, which replaces `{n}`; for more forms, a map",
    example: { text: 'plural(2, "one unit", "{n} units")', value: '"2 units"' },
  },
  {
    name: "round",
    call: "round(n)",
    gives: "the nearest whole number; `round(n, 2)` is a number with two decimals",
    example: { text: "round(2.5)", value: "3" },
  },
  {
    name: "digits",
    call: "digits(text)",
    gives: "its digits, spoken one by one",
    example: { text: 'digits("4-15")', value: '"4 1 5"' },
  },
  {
    name: "spell",
    call: "spell(text)",
    gives: "its letters and digits, spoken one by one",
    example: { text: 'spell("AB-1")', value: '"A B 1"' },
  },
  {
    name: "lower",
    call: "lower(text)",
    gives: "the text in lower case",
    example: { text: 'lower("YES")', value: '"yes"' },
  },
  {
    name: "trim",
    call: "trim(text)",
    gives: "the text without surrounding spaces",
    example: { text: 'trim(" yes ")', value: '"yes"' },
  },
  {
    name: "replace",
    call: "replace(text, from, to)",
    gives: "the text with every `from` replaced",
    example: { text: 'replace("1-2-3", "-", ".")', value: '"1.2.3"' },
  },
  {
    name: "number",
    call: "number(text, otherwise)",
    gives:
      "the text as a number, or `otherwise` if it is not one; the type of `otherwise` is the type of the result",
    example: { text: 'number("12", 0) + 1', value: "13" },
  },
  { name: "random", call: "random(n)", gives: "a whole number from 0 to n − 1" },
  {
    name: "link",
    call: 'link(recording, "7d")',
    gives:
      "a URL that plays a [recording](#recordings-of-callers) for so long (`s`, `m`, `h` or `d`); an empty text if there is " +
      "none",
  },
  {
    name: "reveal",
    call: "reveal(value)",
    gives: "the value itself, to show that something `sensitive` is meant to be spoken or sent",
    example: { text: 'reveal("1234")', value: '"1234"' },
  },
];
