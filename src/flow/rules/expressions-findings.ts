/** The findings that expressions can have, with an example each. */
import { errorDoc, type FindingDoc } from "../language/diagnostic.ts";

const say = (text: string, before = ""): string =>
  `${before}steps:\n  greet:\n    say: "${text}"\n    next: hangup\n`;
const when = (condition: string, before = ""): string =>
  `${before}steps:\n  decide:\n    branch:\n      - when: ${condition}\n        next: hangup\n      - next: greet\n  greet:\n    say: Hello.\n    next: hangup\n`;
const OFFICE = `hours:\n  office:\n    timezone: America/New_York\n    open: { mon-fri: "08:00-18:00" }\n`;
const TRIES = "variables:\n  tries: { type: int }\n";
const LIST = "variables:\n  names: { type: list }\n";
const SECRET = "variables:\n  pin: { type: string, sensitive: true }\n";

export const FINDINGS: readonly FindingDoc[] = [
  errorDoc(
    "bad-expression",
    "An expression that CEL cannot read.",
    when("vars.tries <", TRIES),
    when("vars.tries < 3", TRIES),
  ),
  errorDoc(
    "unknown-variable",
    "A name that no variable has.",
    when("vars.tires < 3", TRIES),
    when("vars.tries < 3", TRIES),
  ),
  errorDoc(
    "unknown-field",
    "A field that `caller`, `call` or `input` does not have.",
    say("{{ caller.nmae }}"),
    say("{{ caller.name }}"),
  ),
  errorDoc(
    "unknown-function",
    "A function that there is not.",
    when('isOpn("office")', OFFICE),
    when('isOpen("office")', OFFICE),
  ),
  errorDoc(
    "type-mismatch",
    "Types that do not go together, or not where they stand.",
    when("vars.tries", TRIES),
    when("vars.tries > 0", TRIES),
  ),
  errorDoc(
    "unknown-hours",
    "`isOpen` and `holiday` name hours that are not declared.",
    when('isOpen("ofice")', OFFICE),
    when('isOpen("office")', OFFICE),
  ),
  errorDoc(
    "unknown-timezone",
    "A time zone that there is not.",
    when('now("New York").hour < 12'),
    when('now("America/New_York").hour < 12'),
  ),
  errorDoc(
    "bad-pattern",
    "A pattern that is no regular expression, or is not written out.",
    when('caller.number.matches("[0-9")'),
    when('caller.number.matches("[+0-9]*")'),
  ),
  errorDoc(
    "slow-pattern",
    "A regular expression that could take very long on a wrong answer.",
    when('caller.number.matches("(a+)+b")'),
    when('caller.number.matches("a+b")'),
  ),
  errorDoc(
    "nested-macro",
    "A list function inside another: it could take very long.",
    when("vars.names.exists(n, vars.names.exists(m, m == n))", LIST),
    when('vars.names.exists(n, n == "Ada")', LIST),
  ),
  errorDoc(
    "sensitive-leak",
    "A sensitive variable would be heard or sent.",
    say("Your PIN is {{ vars.pin }}.", SECRET),
    say("Your PIN is {{ digits(reveal(vars.pin)) }}.", SECRET),
  ),
  errorDoc(
    "misplaced-secret",
    "One of the Worker's secrets where somebody could hear or see it.",
    say("{{ secrets.TOKEN }}"),
    when("input.digits == secrets.PIN"),
  ),
];
