/** The functions of expressions besides CEL's own: for "did you mean", and for the language page. */

/** A function. */
export interface FunctionDoc {
  name: string;
  /** An example call with its parameters. */
  call: string;
  /** Its result, in a sentence of Markdown. */
  gives: string;
  /** An expression, and its value as JSON; left out where it depends on the call. */
  example?: { text: string; value: string };
}

/** Every function, in the order of the page. */
export const functionDocs: readonly FunctionDoc[] = [
  { name: "isOpen", call: 'isOpen("office")', gives: "whether these [hours](#opening-hours) are open" },
  {
    name: "holiday",
    call: 'holiday("office")',
    gives: "whether today is one of their `closed` dates, and not a `special` one",
  },
  {
    name: "now",
    call: 'now("America/New_York")',
    gives:
      "the time in a zone: `.hour`, `.minute`, `.weekday` (Sunday is 0), `.day`, `.month`, `.year`, `.date` (`2026-11-26`)",
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
    name: "reveal",
    call: "reveal(value)",
    gives: "the value itself, to show that something `sensitive` is meant to be spoken or sent",
    example: { text: 'reveal("1234")', value: '"1234"' },
  },
];
